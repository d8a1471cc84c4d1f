import { FRAME_HEADER_BYTES } from '../../protocol/frame-reader.ts'
import type { Packed } from '../../protocol/packed.ts'
import { frameKind } from './wire.ts'

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
 * Body: f64 CPU user, f64 CPU system, f64 memory, u32 sequence number of the first job, u32 jobs · then a column each: f64 started
 * and f64 took of each job, u32 where its payload ends, a byte of flags (filled up to whole words) · the payloads.
 */
const HEAD = 32
const START = FRAME_HEADER_BYTES + HEAD
/** Words that both threads of a child see: how many jobs are held, the first one's number, how often they were taken. */
const COUNT = 0
const FIRST = 1
const TAKEN = 2
const WORDS_BYTES = 16
/** Jobs that can be held, and bytes of their payloads. */
const HELD_JOBS = 1_024
const HELD_BYTES = 64 * 1024
/** The bits of a flags byte: ending, carriage, two of marks. All clear: returned, with a small result, and printed nothing. */
const CARRIAGE_BIT = 1
const MARKS_BIT = 2

/** Memory for the ends of jobs that wait for a write, shared between the threads of a child. */
export function sharedHold(): SharedArrayBuffer {
  return new SharedArrayBuffer(WORDS_BYTES + 21 * HELD_JOBS + HELD_BYTES)
}

/** The columns of ended jobs, before they become a frame. */
class Columns {
  readonly times: Float64Array
  readonly ends: Uint32Array
  readonly flags: Uint8Array
  readonly bytes: Uint8Array

  /** @param room bytes for payloads */
  constructor(buffer: ArrayBufferLike, at: number, jobs: number, room: number) {
    this.times = new Float64Array(buffer, at, 2 * jobs)
    this.ends = new Uint32Array(buffer, at + 16 * jobs, jobs)
    this.flags = new Uint8Array(buffer, at + 20 * jobs, jobs)
    this.bytes = new Uint8Array(buffer, at + 20 * jobs + wholeWords(jobs), room)
  }

  set(index: number, start: number, { started, took, ending, carriage, marks, payload }: Ended): void {
    this.times[2 * index] = started
    this.times[2 * index + 1] = took
    this.ends[index] = start + payload.byteLength
    this.flags[index] = ending | (carriage << CARRIAGE_BIT) | (marks << MARKS_BIT)
    this.bytes.set(payload, start)
  }
}

/** Collects the ends of jobs until they are worth a write. The other thread can read them while this one is stuck. */
export class DoneWriter {
  readonly #words: Int32Array
  readonly #held: Columns
  #first = 0
  /** Bytes of the payloads that are held. */
  size = 0
  count = 0

  constructor(hold: SharedArrayBuffer) {
    this.#words = new Int32Array(hold, 0, WORDS_BYTES / 4)
    this.#held = new Columns(hold, WORDS_BYTES, HELD_JOBS, HELD_BYTES)
  }

  /** False: there is no room for it before what is held is taken, or it does not follow that. */
  add(ended: Ended): boolean {
    const { sequence, payload } = ended
    if (this.count === HELD_JOBS || this.size + payload.byteLength > HELD_BYTES) return false
    if (this.count === 0) {
      this.#first = sequence
      this.#words[FIRST] = sequence
    } else if (sequence !== this.#first + this.count) return false
    this.#held.set(this.count, this.size, ended)
    this.size += payload.byteLength
    this.count++
    Atomics.store(this.#words, COUNT, this.count)
    return true
  }

  take(used: Used): Buffer {
    const frame = frameOf(this.#held, this.#first, this.count, used)
    // In this order: who still saw the old count sees that they were taken.
    Atomics.store(this.#words, COUNT, 0)
    Atomics.add(this.#words, TAKEN, 1)
    this.size = 0
    this.count = 0
    return frame
  }
}

/** One end that is too large to be held. */
export function encodeDone(ended: Ended, used: Used): Buffer {
  const size = ended.payload.byteLength
  const columns = new Columns(new ArrayBuffer(24 + size), 0, 1, size)
  columns.set(0, 0, ended)
  return frameOf(columns, ended.sequence, 1, used)
}

/** For the other thread: what is held now. Undefined when there is nothing, or when it is being written at this moment. */
export function copyHeld(hold: SharedArrayBuffer): Buffer | undefined {
  const words = new Int32Array(hold, 0, WORDS_BYTES / 4)
  const taken = Atomics.load(words, TAKEN)
  const count = Atomics.load(words, COUNT)
  if (count === 0) return undefined
  const held = new Columns(hold, WORDS_BYTES, HELD_JOBS, HELD_BYTES)
  const copy = frameOf(held, words[FIRST] as number, count, { cpuUser: 0, cpuSystem: 0, memory: 0 })
  return Atomics.load(words, TAKEN) === taken ? copy : undefined
}

function frameOf({ times, ends, flags, bytes }: Columns, first: number, count: number, used: Used): Buffer {
  // While another thread writes they may be anything; what is made of them then is thrown away.
  const size = Math.min(count === 0 ? 0 : (ends[count - 1] as number), bytes.byteLength)
  const flagsAt = START + 20 * count
  const bytesAt = flagsAt + wholeWords(count)
  const frame = Buffer.allocUnsafe(bytesAt + size)
  frame.writeUInt32LE(frame.byteLength, 0)
  frame.writeUInt32LE(frameKind.done, 4)
  frame.writeDoubleLE(used.cpuUser, FRAME_HEADER_BYTES)
  frame.writeDoubleLE(used.cpuSystem, FRAME_HEADER_BYTES + 8)
  frame.writeDoubleLE(used.memory, FRAME_HEADER_BYTES + 16)
  frame.writeUInt32LE(first, FRAME_HEADER_BYTES + 24)
  frame.writeUInt32LE(count, FRAME_HEADER_BYTES + 28)
  let at = START
  for (let index = 0; index < 2 * count; index++) at = frame.writeDoubleLE(times[index] as number, at)
  for (let index = 0; index < count; index++) at = frame.writeUInt32LE(ends[index] as number, at)
  for (let index = 0; index < count; index++) frame[flagsAt + index] = flags[index] as number
  frame.set(bytes.subarray(0, size), bytesAt)
  return frame
}

/** What a child says of jobs that ended, in the order in which it ran them. Indexes count them from 0. */
export class Done {
  readonly used: Used
  /** The first one's sequence number. */
  readonly sequence: number
  readonly count: number
  /** Milliseconds that all of them took. */
  readonly took: number
  readonly #body: Buffer

  /** @param body is looked into as long as this is used */
  constructor(body: Buffer) {
    this.used = { cpuUser: body.readDoubleLE(0), cpuSystem: body.readDoubleLE(8), memory: body.readDoubleLE(16) }
    this.sequence = body.readUInt32LE(24)
    this.count = body.readUInt32LE(28)
    this.#body = body
    let took = 0
    for (let index = 0; index < this.count; index++) took += this.tookAt(index)
    this.took = took
  }

  startedAt(index: number): number {
    return this.#body.readDoubleLE(HEAD + 16 * index)
  }

  tookAt(index: number): number {
    return this.#body.readDoubleLE(HEAD + 16 * index + 8)
  }

  /** Whether these all returned, with results that are small, and printed nothing. */
  arePlain(from: number, count: number): boolean {
    for (let index = from; index < from + count; index++) if (this.#flagsAt(index) !== 0) return false
    return true
  }

  /** The payloads of some, as views. */
  payloads(from: number, count: number): Packed {
    const start = this.#start(from)
    const ends = new Uint32Array(count)
    for (let index = 0; index < count; index++) ends[index] = this.#start(from + index + 1) - start
    return { ends, bytes: this.#bytes(from, from + count) }
  }

  ended(index: number): Ended {
    const flags = this.#flagsAt(index)
    return {
      sequence: this.sequence + index,
      ending: flags & 1,
      carriage: (flags >> CARRIAGE_BIT) & 1,
      marks: (flags >> MARKS_BIT) & 3,
      started: this.startedAt(index),
      took: this.tookAt(index),
      payload: this.#bytes(index, index + 1),
    }
  }

  #flagsAt(index: number): number {
    return this.#body[HEAD + 20 * this.count + index] as number
  }

  /** Where the payload at this index begins among all of them. */
  #start(index: number): number {
    return index === 0 ? 0 : this.#body.readUInt32LE(HEAD + 16 * this.count + 4 * (index - 1))
  }

  /** The payloads of these, end to end: a view. */
  #bytes(from: number, to: number): Uint8Array {
    const { buffer, byteOffset } = this.#body
    const start = this.#start(from)
    const at = HEAD + 20 * this.count + wholeWords(this.count) + start
    return new Uint8Array(buffer, byteOffset + at, this.#start(to) - start)
  }
}

function wholeWords(bytes: number): number {
  return (bytes + 3) & ~3
}
