import { FRAME_HEADER_BYTES } from '../../protocol/frame-reader.ts'
import type { Packed } from '../../protocol/packed.ts'
import { frameKind } from './wire.ts'

/** Consecutive jobs of one launch as their child gets them. */
export interface JobsToRun {
  /** Of the first. */
  readonly jid: number
  /** Which Spec they run under; the spec's own frame came before. */
  readonly spec: number
  /** Of each: 1 the first time. */
  readonly tries: number
  readonly carriage: number
  /** The encoded arguments of each, or the path of a file that holds them. */
  readonly args: Packed
}

/** What jobs of one batch have in common, and where they stand in it. */
export interface Sent extends JobsToRun {
  /** Of the first. Sequence numbers count a child's jobs from 0. */
  readonly sequence: number
}

/**
 * Body: u32 sequence number of the first job · u32 how many groups · for each f64 jid, u32 spec, u32 tries, u32 carriage,
 * u32 jobs · then for each the ends of its arguments (u32 a job) and the arguments themselves.
 */
const HEAD = 8
const RECORD = 24

export function encodeRun(sequence: number, groups: readonly JobsToRun[]): Buffer {
  let size = FRAME_HEADER_BYTES + HEAD + RECORD * groups.length
  let to = size
  for (const { args } of groups) size += args.ends.byteLength + args.bytes.byteLength
  const bytes = Buffer.allocUnsafe(size)
  bytes.writeUInt32LE(size, 0)
  bytes.writeUInt32LE(frameKind.run, 4)
  bytes.writeUInt32LE(sequence, FRAME_HEADER_BYTES)
  bytes.writeUInt32LE(groups.length, FRAME_HEADER_BYTES + 4)
  let at = FRAME_HEADER_BYTES + HEAD
  for (const { jid, spec, tries, carriage, args } of groups) {
    const { ends } = args
    bytes.writeDoubleLE(jid, at)
    bytes.writeUInt32LE(spec, at + 8)
    bytes.writeUInt32LE(tries, at + 12)
    bytes.writeUInt32LE(carriage, at + 16)
    bytes.writeUInt32LE(ends.length, at + 20)
    at += RECORD
    for (let index = 0; index < ends.length; index++) to = bytes.writeUInt32LE(ends[index] as number, to)
    bytes.set(args.bytes, to)
    to += args.bytes.byteLength
  }
  return bytes
}

/** The arguments are views of `body`. */
export function decodeRun(body: Buffer): readonly Sent[] {
  const count = body.readUInt32LE(4)
  const groups: Sent[] = []
  let sequence = body.readUInt32LE(0)
  let at = HEAD
  let from = HEAD + RECORD * count
  for (let index = 0; index < count; index++) {
    const jobs = body.readUInt32LE(at + 20)
    const start = from + 4 * jobs
    const ends = new Uint32Array(jobs)
    for (let nth = 0; nth < jobs; nth++) ends[nth] = body.readUInt32LE(from + 4 * nth)
    from = start + (ends[jobs - 1] ?? 0)
    groups.push({
      sequence,
      jid: body.readDoubleLE(at),
      spec: body.readUInt32LE(at + 8),
      tries: body.readUInt32LE(at + 12),
      carriage: body.readUInt32LE(at + 16),
      args: { ends, bytes: body.subarray(start, from) },
    })
    sequence += jobs
    at += RECORD
  }
  return groups
}
