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
/** Words that both threads of a child see: where the records end, and how often they were taken. */
const END = 0
const TAKEN = 1
const WORDS_BYTES = 8
/** Bytes of ended jobs that can be held. */
const HELD_BYTES = 64 * 1024

/** Memory for the ends of jobs that wait for a write, shared between the threads of a child. */
export function sharedHold(): SharedArrayBuffer {
  return new SharedArrayBuffer(WORDS_BYTES + HELD_BYTES)
}

/** Collects the ends of jobs until they are worth a write. The other thread can read them while this one is stuck. */
export class DoneWriter {
  readonly #words: Int32Array
  readonly #bytes: Buffer
  #at = START
  count = 0

  constructor(hold: SharedArrayBuffer) {
    this.#words = new Int32Array(hold, 0, WORDS_BYTES / 4)
    this.#bytes = Buffer.from(hold, WORDS_BYTES)
    Atomics.store(this.#words, END, START)
  }

  get size(): number {
    return this.#at
  }

  /** False: there is no room for it before what is held is taken. */
  add(ended: Ended): boolean {
    const end = this.#at + RECORD + ended.payload.byteLength
    if (end > this.#bytes.byteLength) return false
    writeRecord(this.#bytes, this.#at, ended)
    this.#at = end
    this.count++
    Atomics.store(this.#words, END, end)
    return true
  }

  /** The frame, as a view that the next `add` overwrites. */
  take(used: Used): Buffer {
    const frame = this.#bytes.subarray(0, this.#at)
    writeHead(frame, used)
    Atomics.add(this.#words, TAKEN, 1)
    Atomics.store(this.#words, END, START)
    this.#at = START
    this.count = 0
    return frame
  }
}

/** One end that is too large to be held. */
export function encodeDone(ended: Ended, used: Used): Buffer {
  const frame = Buffer.allocUnsafeSlow(START + RECORD + ended.payload.byteLength)
  writeHead(frame, used)
  writeRecord(frame, START, ended)
  return frame
}

/** For the other thread: what is held now. Undefined when there is nothing, or when it is being written at this moment. */
export function copyHeld(hold: SharedArrayBuffer): Buffer | undefined {
  const words = new Int32Array(hold, 0, WORDS_BYTES / 4)
  const taken = Atomics.load(words, TAKEN)
  const end = Atomics.load(words, END)
  if (end <= START) return undefined
  const copy = Buffer.from(Buffer.from(hold, WORDS_BYTES, end))
  if (Atomics.load(words, TAKEN) !== taken) return undefined
  writeHead(copy, { cpuUser: 0, cpuSystem: 0, memory: 0 })
  return copy
}

function writeHead(frame: Buffer, { cpuUser, cpuSystem, memory }: Used): void {
  frame.writeUInt32LE(frame.byteLength, 0)
  frame.writeUInt32LE(frameKind.done, 4)
  frame.writeDoubleLE(cpuUser, FRAME_HEADER_BYTES)
  frame.writeDoubleLE(cpuSystem, FRAME_HEADER_BYTES + 8)
  frame.writeDoubleLE(memory, FRAME_HEADER_BYTES + 16)
}

function writeRecord(bytes: Buffer, at: number, { sequence, ending, carriage, marks, ...ended }: Ended): void {
  bytes.writeUInt32LE(sequence, at)
  bytes[at + 4] = ending
  bytes[at + 5] = carriage
  bytes[at + 6] = marks
  bytes[at + 7] = 0
  bytes.writeDoubleLE(ended.started, at + 8)
  bytes.writeDoubleLE(ended.took, at + 16)
  bytes.writeUInt32LE(ended.payload.byteLength, at + 24)
  bytes.writeUInt32LE(0, at + 28)
  bytes.set(ended.payload, at + RECORD)
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
