import type { Range } from '../../protocol/job.ts'
import type { WireOptions } from '../../protocol/options.ts'
import type { Packed } from '../../protocol/packed.ts'
import type { PlacedFunction } from './placed.ts'
import type { Run } from './run.ts'

/** Jids are leased and kept in blocks of 100: block 0 holds the jids 1 to 100. A segment never leaves its block. */
export const BLOCK = 100

export function blockOf(jid: number): number {
  return Math.floor((jid - 1) / BLOCK)
}

/** ≤ 100 consecutive jobs that were submitted together. Written once; what happens to them later is in the runs. */
export interface Segment {
  readonly first: number
  readonly count: number
  /** Id of its submission: the jid of that one's first job. */
  readonly submission: number
  readonly function: PlacedFunction
  readonly options: WireOptions
  /** Jobs of one message and one run, but for the last chunk. */
  readonly chunkSize: number
  /** Epoch milliseconds. */
  readonly created: number
  /** Whether a gate of its submission holds, or held, these jobs back. */
  readonly gated: boolean
  /** The job that made this submission. */
  readonly parent: number | undefined
  /** How many jobs stand above these. */
  readonly depth: number
  /** The key under which it was handed in, by itself or by a job. */
  readonly key?: number
  /** Whether an argument tuple among these is a blob, to be deleted when its job is terminal. */
  readonly uploads: boolean
}

/** A kill that was asked for. It becomes a fact in the run: at once, or by whoever claims or holds the chunk. */
export const KILL = 1
/** The same, and of all that the job spawns. */
export const KILL_TREE = 2

/** A segment as a store reads it, strongly consistent. */
export interface StoredSegment {
  readonly segment: Segment
  /** One byte a job: 0, KILL or KILL_TREE. Absent where nothing is marked. */
  readonly kills: Uint8Array | undefined
  /** One byte a job: 0, or the final status of a deleted job. Absent where nothing was deleted. */
  readonly tombs: Uint8Array | undefined
  /** Only where asked for, and only while some job may still need them. Of jobs outside of the ranges perhaps nothing. */
  readonly args: Packed | undefined
  /** The runs of the chunks that were asked for and have one, in the order of their jids. */
  readonly runs: readonly StoredRun[]
}

export interface StoredRun {
  readonly run: Run
  /** Payloads of its finished jobs, where asked for. */
  readonly payloads: readonly Part[]
}

/** Payloads of some jobs of a chunk; `offsets` count from the run's first jid. */
export interface Part {
  readonly offsets: Uint8Array
  readonly packed: Packed
}

/** First jid and length of the chunk that holds `jid`. */
export function chunkOf(segment: Pick<Segment, 'first' | 'count' | 'chunkSize'>, jid: number): Range {
  const { first, count, chunkSize } = segment
  const start = first + Math.floor((jid - first) / chunkSize) * chunkSize
  return [start, Math.min(chunkSize, first + count - start)]
}

export function* chunksOf(segment: Pick<Segment, 'first' | 'count' | 'chunkSize'>): Generator<Range> {
  const end = segment.first + segment.count
  for (let first = segment.first; first < end; first += segment.chunkSize) {
    yield [first, Math.min(segment.chunkSize, end - first)]
  }
}

const nothing: Packed = { ends: new Uint32Array(), bytes: new Uint8Array() }

/** The arguments of one chunk: those of the segment, where that is one chunk. */
export function chunkArgs({ segment, args = nothing }: StoredSegment, chunk: Pick<Run, 'first' | 'count'>): Packed {
  if (chunk.count === segment.count) return args
  return sliceOf(args, chunk.first - segment.first, chunk.count)
}

/** Some of the items, as a view. */
export function sliceOf(packed: Packed, from: number, count: number): Packed {
  const { ends, bytes } = packed
  if (from === 0 && count === ends.length) return packed
  const start = from === 0 ? 0 : (ends[from - 1] as number)
  const part = ends.slice(from, from + count)
  const end = count === 0 ? start : (part[count - 1] as number)
  for (let index = 0; index < count; index++) part[index] = (part[index] as number) - start
  return { ends: part, bytes: bytes.subarray(start, end) }
}
