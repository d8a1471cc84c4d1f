/**
 * Which environments lie unpacked on this machine, what they take, and in which order they were used: decides which go.
 * One is *held* while a job needs it, and then never goes.
 */
export class Unpacked {
  /** Bytes by hash; the one that was used last comes last. */
  readonly #bytes = new Map<string, number>()
  readonly #holders = new Map<string, number>()
  #total = 0

  /** Bytes of all. */
  get total(): number {
    return this.#total
  }

  has(hash: string): boolean {
    return this.#bytes.has(hash)
  }

  add(hash: string, bytes: number): void {
    this.remove(hash)
    this.#bytes.set(hash, bytes)
    this.#total += bytes
  }

  remove(hash: string): void {
    this.#total -= this.#bytes.get(hash) ?? 0
    this.#bytes.delete(hash)
  }

  /** For as long as a job needs it, there or not yet; as often as it is let go. */
  hold(hash: string): void {
    this.#holders.set(hash, (this.#holders.get(hash) ?? 0) + 1)
  }

  letGo(hash: string): void {
    const left = (this.#holders.get(hash) ?? 0) - 1
    if (left > 0) this.#holders.set(hash, left)
    else this.#holders.delete(hash)
    const bytes = this.#bytes.get(hash)
    if (bytes === undefined) return
    this.#bytes.delete(hash)
    this.#bytes.set(hash, bytes)
  }

  /** Those to delete so that all take no more than `limit` bytes: the least recently used first, and none that is held. */
  excess(limit: number): string[] {
    const found: string[] = []
    let total = this.#total
    for (const [hash, bytes] of this.#bytes) {
      if (total <= limit) break
      if (this.#holders.has(hash)) continue
      found.push(hash)
      total -= bytes
    }
    return found
  }
}
