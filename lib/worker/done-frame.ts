import { FRAME_HEADER_BYTES, frameKind } from './wire.ts'

/** How one job ended, as the child tells it. */
export interface Ended {
  readonly sequence: number
  /** One of `ending`. */
  readonly ending: number
  /** One of `carriage`. */
  readonly carriage: number
  /** Epoch milliseconds. */
  readonly started: number
  /** Milliseconds. */
  readonly took: number
  /** Bit 0: a mark follows on stdout, bit 1: on stderr; what was printed before it is this job's. */
  readonly marks: number
  /** The encoded result, the path of its file, or a Failure as JSON. */
  readonly payload: Uint8Array
}

/** What the child used over all jobs of one done frame: microseconds of CPU, bytes of resident memory. */
export interface Used {
  readonly cpuUser: number
  readonly cpuSystem: number
  readonly memory: number
}

/**
 * Body: f64 CPU user, f64 CPU system, f64 memory · then for each job u32 sequence number, u8 ending, u8 carriage,
 * u8 marks, u8 0, f64 started, f64 took, u32 bytes, u32 0 · payload. Jobs follow each other until the frame ends.
 */
const HEAD = 24
const RECORD = 32
const START = FRAME_HEADER_BYTES + HEAD

/** Collects the ends of jobs until they are worth a write. One buffer, used again and again. */
export class DoneWriter {
  #bytes = Buffer.allocUnsafeSlow(64 * 1024)
  #at = START
  count = 0

  get size(): number {
    return this.#at
  }

  add({ sequence, ending, carriage, started, took, marks, payload }: Ended): void {
    this.#reserve(RECORD + payload.byteLength)
    const bytes = this.#bytes
    const at = this.#at
    bytes.writeUInt32LE(sequence, at)
    bytes[at + 4] = ending
    bytes[at + 5] = carriage
    bytes[at + 6] = marks
    bytes[at + 7] = 0
    bytes.writeDoubleLE(started, at + 8)
    bytes.writeDoubleLE(took, at + 16)
    bytes.writeUInt32LE(payload.byteLength, at + 24)
    bytes.writeUInt32LE(0, at + 28)
    bytes.set(payload, at + RECORD)
    this.#at = at + RECORD + payload.byteLength
    this.count++
  }

  /** The frame, as a view that the next `add` overwrites. */
  take({ cpuUser, cpuSystem, memory }: Used): Buffer {
    const bytes = this.#bytes
    bytes.writeUInt32LE(this.#at, 0)
    bytes.writeUInt32LE(frameKind.done, 4)
    bytes.writeDoubleLE(cpuUser, FRAME_HEADER_BYTES)
    bytes.writeDoubleLE(cpuSystem, FRAME_HEADER_BYTES + 8)
    bytes.writeDoubleLE(memory, FRAME_HEADER_BYTES + 16)
    const frame = bytes.subarray(0, this.#at)
    this.#at = START
    this.count = 0
    return frame
  }

  #reserve(size: number): void {
    if (this.#at + size <= this.#bytes.byteLength) return
    const larger = Buffer.allocUnsafeSlow(2 * (this.#at + size))
    larger.set(this.#bytes.subarray(0, this.#at))
    this.#bytes = larger
  }
}

/** Payloads are views of `body`. */
export function decodeDone(body: Buffer): { readonly used: Used; readonly ended: readonly Ended[] } {
  const used = { cpuUser: body.readDoubleLE(0), cpuSystem: body.readDoubleLE(8), memory: body.readDoubleLE(16) }
  const ended: Ended[] = []
  for (let at = HEAD; at < body.byteLength; ) {
    const size = body.readUInt32LE(at + 24)
    ended.push({
      sequence: body.readUInt32LE(at),
      ending: body[at + 4] as number,
      carriage: body[at + 5] as number,
      marks: body[at + 6] as number,
      started: body.readDoubleLE(at + 8),
      took: body.readDoubleLE(at + 16),
      payload: body.subarray(at + RECORD, at + RECORD + size),
    })
    at += RECORD + size
  }
  return { used, ended }
}
