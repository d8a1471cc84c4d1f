/**
 * Marks in a child's output say which job printed what. The child writes one before the first and one after the last
 * output of a job that prints; each starts with a token that only this child knows, so that nothing else looks like it.
 *
 *   token (TOKEN_CHARS of ASCII) · `b` or `e` · the job's sequence number in 8 hex digits
 */
const MARK_SUFFIX = 9

export type MarkKind = 'begin' | 'end'

export function markOf(token: string, kind: MarkKind, sequence: number): string {
  return `${token}${kind === 'begin' ? 'b' : 'e'}${sequence.toString(16).padStart(8, '0')}`
}

export interface MarkListener {
  text(bytes: Buffer): void
  mark(kind: MarkKind, sequence: number): void
}

/** Cuts the marks out of a child's output, wherever its chunks end. */
export class OutputMarks {
  readonly #token: Buffer
  readonly #listener: MarkListener
  #rest: Buffer | undefined

  constructor(token: string, listener: MarkListener) {
    this.#token = Buffer.from(token, 'latin1')
    this.#listener = listener
  }

  push(chunk: Buffer): void {
    let bytes = this.#rest === undefined ? chunk : Buffer.concat([this.#rest, chunk])
    this.#rest = undefined
    for (;;) {
      const at = bytes.indexOf(this.#token)
      if (at < 0) break
      if (at > 0) this.#listener.text(bytes.subarray(0, at))
      const end = at + this.#token.byteLength + MARK_SUFFIX
      if (bytes.byteLength < end) {
        this.#rest = Buffer.from(bytes.subarray(at))
        return
      }
      const suffix = bytes.toString('latin1', end - MARK_SUFFIX, end)
      this.#listener.mark(suffix[0] === 'b' ? 'begin' : 'end', Number.parseInt(suffix.slice(1), 16))
      bytes = bytes.subarray(end)
    }
    const held = this.#startOfToken(bytes)
    if (held < bytes.byteLength) this.#rest = Buffer.from(bytes.subarray(held))
    if (held > 0) this.#listener.text(bytes.subarray(0, held))
  }

  /** No more will come: what looked like the start of a mark was output. */
  end(): void {
    const rest = this.#rest
    this.#rest = undefined
    if (rest !== undefined) this.#listener.text(rest)
  }

  /** Where the token might begin that the next chunk would complete. */
  #startOfToken(bytes: Buffer): number {
    const token = this.#token
    let at = bytes.indexOf(token[0] as number, Math.max(0, bytes.byteLength - token.byteLength + 1))
    while (at >= 0) {
      if (token.subarray(0, bytes.byteLength - at).equals(bytes.subarray(at))) return at
      at = bytes.indexOf(token[0] as number, at + 1)
    }
    return bytes.byteLength
  }
}
