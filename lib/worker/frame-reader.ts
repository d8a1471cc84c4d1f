import { FRAME_HEADER_BYTES } from './wire.ts'

/** Cuts a byte stream into frames, wherever the stream's chunks end. */
export class FrameReader {
  readonly #take: (kind: number, body: Buffer) => void
  /** The start of a frame whose end has not come yet. */
  #parts: Buffer[] = []
  #size = 0

  constructor(take: (kind: number, body: Buffer) => void) {
    this.#take = take
  }

  /** Bodies are views of `chunk` where they lie in it whole. */
  push(chunk: Buffer): void {
    let rest = chunk
    if (this.#size > 0) {
      this.#parts.push(chunk)
      this.#size += chunk.byteLength
      if (this.#size < FRAME_HEADER_BYTES || this.#size < this.#expected()) return
      rest = this.#joined()
      this.#parts = []
      this.#size = 0
    }
    let at = 0
    while (rest.byteLength - at >= FRAME_HEADER_BYTES) {
      const size = rest.readUInt32LE(at)
      if (rest.byteLength - at < size) break
      this.#take(rest.readUInt32LE(at + 4), rest.subarray(at + FRAME_HEADER_BYTES, at + size))
      at += size
    }
    if (at === rest.byteLength) return
    this.#parts = [rest.subarray(at)]
    this.#size = rest.byteLength - at
  }

  #joined(): Buffer {
    return this.#parts.length === 1 ? (this.#parts[0] as Buffer) : Buffer.concat(this.#parts, this.#size)
  }

  #expected(): number {
    const first = this.#parts[0] as Buffer
    if (first.byteLength >= 4) return first.readUInt32LE(0)
    const joined = this.#joined()
    this.#parts = [joined]
    return joined.readUInt32LE(0)
  }
}
