import type { Range } from '../../protocol/job.ts'
import type { Packed } from '../../protocol/packed.ts'
import type { Edge, Gate, Watch } from '../records/gate.ts'
import type { Run } from '../records/run.ts'
import type { Part, Segment, StoredSegment } from '../records/segment.ts'
import type { SubmissionRow } from '../records/submission.ts'

/** What a store tells after the fact, at least once and in any order: as a stream of a table's changes does. */
export type Change =
  /** `payloads`: those that came with this write, where the store has them at hand. */
  | { readonly kind: 'run'; readonly run: Run; readonly payloads?: Part }
  | { readonly kind: 'gate'; readonly gate: Gate }
  | { readonly kind: 'kill'; readonly segment: number }

export interface NewSegment {
  readonly segment: Segment
  readonly args: Packed
}

export interface RunPut {
  /** Its version is one above that of the stored one. */
  readonly run: Run
  /** Payloads of the jobs that this write finishes: kept if and only if the run is. */
  readonly payloads?: Part
}

export interface Tomb {
  readonly segment: number
  /** One byte a job of the segment: 0, or the final status of a job that is deleted with this. */
  readonly statuses: Uint8Array
}

/**
 * Port: the records. Every verb takes many, in ranges, and is strongly consistent. Compare-and-set is by version: a put is kept
 * if the stored version is one less (0 = absent), and the answer says for each whether it was.
 */
export interface JobStore {
  /** Hands out whole fresh blocks of jids and returns the first jid; `count` is a multiple of 100. */
  lease(params: { count: number }): Promise<number>
  /** The highest jid ever handed out. */
  leased(): Promise<number>

  /** Puts each segment if absent; answers, for each, the one that was there. Bytes are copied. */
  insert(params: { segments: readonly NewSegment[] }): Promise<readonly (Segment | undefined)[]>
  /** Segments that overlap the ranges, in the order of the ranges, with the runs that overlap them. */
  read(params: { ranges: readonly Range[]; args?: boolean; payloads?: boolean }): Promise<readonly StoredSegment[]>
  putRuns(params: { puts: readonly RunPut[] }): Promise<readonly boolean[]>
  /** Adds kill marks: a byte a job of the segment; the greater one stays. */
  markKilled(params: { segment: number; kills: Uint8Array }): Promise<void>
  /** Forgets payloads, arguments and runs of deleted jobs, and keeps their final status. Only of finished jobs. */
  bury(params: { tombs: readonly Tomb[] }): Promise<void>

  getGates(params: { ids: readonly number[] }): Promise<readonly (Gate | undefined)[]>
  putGate(params: { gate: Gate }): Promise<boolean>
  /** What lets a sweeper find gates that still have something to do. */
  putPointer(params: { gate: number }): Promise<void>
  deletePointer(params: { gate: number }): Promise<void>
  pointers(params: { after: number; limit: number }): Promise<readonly number[]>
  putWatch(params: { watch: Watch }): Promise<void>
  deleteWatches(params: { watches: readonly Watch[] }): Promise<void>
  putEdges(params: { edges: readonly Edge[] }): Promise<void>
  /** Who watches a job in these ranges of these submissions, and whose edges overlap them. */
  dependents(params: {
    of: readonly { readonly submission: number; readonly ranges: readonly Range[] }[]
  }): Promise<{ readonly watches: readonly Watch[]; readonly edges: readonly Edge[] }>

  getSubmissions(params: { ids: readonly number[] }): Promise<readonly (SubmissionRow | undefined)[]>
  putSubmissions(params: { rows: readonly SubmissionRow[] }): Promise<readonly boolean[]>
  /** Newest first, from the row after `before` on. */
  listSubmissions(params: {
    label?: string | undefined
    since?: number | undefined
    before?: { readonly created: number; readonly id: number } | undefined
    limit: number
  }): Promise<readonly SubmissionRow[]>
  /** That a job made this submission; the same again changes nothing. */
  putChildren(params: { children: readonly { readonly parent: number; readonly submission: number }[] }): Promise<void>
  /** The submissions that jobs in these ranges made. */
  children(params: { ranges: readonly Range[] }): Promise<readonly number[]>

  /** Where the adapter can tell of changes in this process: calls the listener after each verb that made any. */
  listen?(listener: (changes: readonly Change[]) => void): void
}

/** The verbs of gates and of what watches jobs: adapters keep these records apart from those of jobs. */
export type GateVerbs = Pick<
  JobStore,
  | 'getGates'
  | 'putGate'
  | 'putPointer'
  | 'deletePointer'
  | 'pointers'
  | 'putWatch'
  | 'deleteWatches'
  | 'putEdges'
  | 'dependents'
>
