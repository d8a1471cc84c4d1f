/** What a frame of a stream starts with: u32 size of the whole · u32 word of its own; little-endian. Its body follows. */
export const FRAME_HEADER_BYTES = 8

/** Cuts a byte stream into frames, wherever the stream's chunks end. */
export class FrameReader {
  readonly #take: (word: number, body: Buffer) => void
  readonly #most: number
  /** The start of a frame whose end has not come yet. */
  #parts: Buffer[] = []
  #size = 0

  /** @param most bytes of one frame. Default: any number of them, from a process that is trusted */
  constructor(take: (word: number, body: Buffer) => void, most = Number.POSITIVE_INFINITY) {
    this.#take = take
    this.#most = most
  }

  /** Bodies are views of `chunk` where they lie in it whole. Throws `RangeError` for a size that no frame has. */
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
      const size = this.#checked(rest.readUInt32LE(at))
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
    if (first.byteLength >= 4) return this.#checked(first.readUInt32LE(0))
    const joined = this.#joined()
    this.#parts = [joined]
    return this.#checked(joined.readUInt32LE(0))
  }

  #checked(size: number): number {
    if (size >= FRAME_HEADER_BYTES && size <= this.#most) return size
    throw new RangeError(
      `A frame of ${size} bytes is none: it has at least ${FRAME_HEADER_BYTES}, here at most ${this.#most}.`,
    )
  }
}
