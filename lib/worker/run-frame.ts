import { FRAME_HEADER_BYTES, frameKind } from './wire.ts'

/** One job of a batch as the child gets it. */
export interface JobToRun {
  readonly jid: number
  /** Which Spec it runs under; the spec's own frame came before. */
  readonly spec: number
  /** Of the job: 1 the first time. */
  readonly tries: number
  readonly carriage: number
  /** The encoded arguments, or the path of a file that holds them. */
  readonly args: Uint8Array
}

/**
 * Body: u32 sequence number of the first job · u32 count · for each job f64 jid, u32 spec, u32 tries, u32 carriage,
 * u32 bytes of arguments · the arguments end to end. Sequence numbers count a child's jobs from 0.
 */
const HEAD = 8
const RECORD = 24

export function encodeRun(sequence: number, jobs: readonly JobToRun[]): Buffer {
  let size = FRAME_HEADER_BYTES + HEAD + RECORD * jobs.length
  let to = size
  for (const { args } of jobs) size += args.byteLength
  const bytes = Buffer.allocUnsafe(size)
  bytes.writeUInt32LE(size, 0)
  bytes.writeUInt32LE(frameKind.run, 4)
  bytes.writeUInt32LE(sequence, FRAME_HEADER_BYTES)
  bytes.writeUInt32LE(jobs.length, FRAME_HEADER_BYTES + 4)
  let at = FRAME_HEADER_BYTES + HEAD
  for (const { jid, spec, tries, carriage, args } of jobs) {
    bytes.writeDoubleLE(jid, at)
    bytes.writeUInt32LE(spec, at + 8)
    bytes.writeUInt32LE(tries, at + 12)
    bytes.writeUInt32LE(carriage, at + 16)
    bytes.writeUInt32LE(args.byteLength, at + 20)
    bytes.set(args, to)
    at += RECORD
    to += args.byteLength
  }
  return bytes
}

/** The arguments are views of `body`. */
export function decodeRun(body: Buffer): { readonly sequence: number; readonly jobs: readonly JobToRun[] } {
  const count = body.readUInt32LE(4)
  const jobs: JobToRun[] = []
  let at = HEAD
  let to = HEAD + RECORD * count
  for (let index = 0; index < count; index++) {
    const size = body.readUInt32LE(at + 20)
    jobs.push({
      jid: body.readDoubleLE(at),
      spec: body.readUInt32LE(at + 8),
      tries: body.readUInt32LE(at + 12),
      carriage: body.readUInt32LE(at + 16),
      args: body.subarray(to, to + size),
    })
    at += RECORD
    to += size
  }
  return { sequence: body.readUInt32LE(0), jobs }
}
