import type { Range } from '../../protocol/job.ts'

/** A set of jids, kept as ascending intervals. Adding at the end and removing at the front, as jobs do, cost least. */
export class RangeSet {
  #firsts: number[] = []
  #ends: number[] = []

  get isEmpty(): boolean {
    return this.#firsts.length === 0
  }

  /** How many intervals. */
  get length(): number {
    return this.#firsts.length
  }

  add(first: number, count: number): void {
    let start = first
    let end = first + count
    const from = this.#firstEndingAtOrAfter(start)
    let to = from
    while (to < this.#firsts.length && (this.#firsts[to] as number) <= end) {
      start = Math.min(start, this.#firsts[to] as number)
      end = Math.max(end, this.#ends[to] as number)
      to++
    }
    this.#replace(from, to, start, end)
  }

  remove(first: number, count: number): void {
    const end = first + count
    const from = this.#firstEndingAtOrAfter(first + 1)
    let to = from
    while (to < this.#firsts.length && (this.#firsts[to] as number) < end) to++
    if (to === from) return
    const left = this.#firsts[from] as number
    const right = this.#ends[to - 1] as number
    this.#firsts.splice(from, to - from)
    this.#ends.splice(from, to - from)
    if (right > end) this.#replace(from, from, end, right)
    if (left < first) this.#replace(from, from, left, first)
  }

  /** Takes out what is here of these jids, and says what that was. */
  cut(first: number, count: number): Range[] {
    const end = first + count
    const found: Range[] = []
    for (let at = this.#firstEndingAtOrAfter(first + 1); at < this.#firsts.length; at++) {
      const from = Math.max(first, this.#firsts[at] as number)
      const to = Math.min(end, this.#ends[at] as number)
      if (from >= to) break
      found.push([from, to - from])
    }
    if (found.length > 0) this.remove(first, count)
    return found
  }

  clear(): void {
    this.#firsts = []
    this.#ends = []
  }

  has(jid: number): boolean {
    const at = this.#firstEndingAtOrAfter(jid + 1)
    return at < this.#firsts.length && (this.#firsts[at] as number) <= jid
  }

  /** Takes the first `limit` intervals out. */
  take(limit: number): Range[] {
    const firsts = this.#firsts.splice(0, limit)
    const ends = this.#ends.splice(0, limit)
    return firsts.map((first, index) => [first, (ends[index] as number) - first])
  }

  *[Symbol.iterator](): IterableIterator<Range> {
    for (let index = 0; index < this.#firsts.length; index++) {
      const first = this.#firsts[index] as number
      yield [first, (this.#ends[index] as number) - first]
    }
  }

  #replace(from: number, to: number, first: number, end: number): void {
    if (to === from + 1) {
      this.#firsts[from] = first
      this.#ends[from] = end
    } else if (from === this.#firsts.length) {
      this.#firsts.push(first)
      this.#ends.push(end)
    } else {
      this.#firsts.splice(from, to - from, first)
      this.#ends.splice(from, to - from, end)
    }
  }

  #firstEndingAtOrAfter(jid: number): number {
    const ends = this.#ends
    if (ends.length === 0 || (ends[ends.length - 1] as number) < jid) return ends.length
    let low = 0
    let high = ends.length - 1
    while (low < high) {
      const middle = (low + high) >> 1
      if ((ends[middle] as number) < jid) low = middle + 1
      else high = middle
    }
    return low
  }
}
