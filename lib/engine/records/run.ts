import type { Usage } from '../../protocol/job.ts'
import { DONE, QUEUED } from './status-code.ts'

/**
 * The record of a chunk that was claimed, or killed before it was: what happened to each of its jobs. Never changed in
 * place: `transition` makes the next one, and a store keeps it if the version is still the one that it came from.
 */
export interface Run {
  readonly first: number
  readonly count: number
  readonly submission: number
  /** Counts the writes of this record; 0 = never stored. */
  readonly version: number
  /** Counts the claims: the fence. */
  readonly attempt: number
  /** Claims that ended with a machine lost. */
  readonly losses: number
  readonly phase: 'queued' | 'processing' | 'finished'
  /** While processing: until when the claim holds without being renewed. Epoch milliseconds. */
  readonly lease: number
  /** While queued: no claim before. Epoch milliseconds. */
  readonly notBefore: number
  /** What the start times in `rows` count from: epoch milliseconds of the first claim. */
  readonly epoch: number
  /** Jobs that are not terminal. */
  readonly unfinished: number
  /** What a second of each job costs, since the last claim: picodollars. Undefined, and not kept, where nobody bills. */
  readonly rate?: number | undefined
  /**
   * Columns: a byte a job of status and flags, a byte of tries that ended in a retry, two of the attempt that the job ended
   * under, and its usage as five little-endian 32-bit words. One buffer, so that the record of 38 jobs takes a kilobyte.
   */
  readonly rows: Uint8Array
}

export const ROW_BYTES = 24
/** The bits of a row's first byte that are the status. */
export const STATUS = 0x07
/** The job printed something: there is an output blob. */
export const OUTPUT = 0x08
/** There is a profile blob. */
export const PROFILE = 0x10

// As no run is changed in place, all chunks of one length begin with the same rows.
const freshRows: (Uint8Array | undefined)[] = []

export function freshRun({ first, count, submission }: Pick<Run, 'first' | 'count' | 'submission'>): Run {
  const rows = freshRows[count] ?? new Uint8Array(count * ROW_BYTES).fill(QUEUED, 0, count)
  freshRows[count] = rows
  return {
    first,
    count,
    submission,
    version: 0,
    attempt: 0,
    losses: 0,
    phase: 'queued',
    lease: 0,
    notBefore: 0,
    epoch: 0,
    unfinished: count,
    rows,
  }
}

/** QUEUED, PROCESSING, DONE, ERROR or KILLED. */
export function statusAt(run: Run, offset: number): number {
  return (run.rows[offset] as number) & STATUS
}

export function isFinishedAt(run: Run, offset: number): boolean {
  return statusAt(run, offset) >= DONE
}

export function finishedOffsets(run: Run): number[] {
  const offsets: number[] = []
  for (let offset = 0; offset < run.count; offset++) if (isFinishedAt(run, offset)) offsets.push(offset)
  return offsets
}

/** Jobs that are finished in a later state of the run, and were not before. */
export function finishedSince(before: Run, after: Run): number[] {
  return finishedOffsets(after).filter(offset => !isFinishedAt(before, offset))
}

export function flagsAt(run: Run, offset: number): number {
  return (run.rows[offset] as number) & ~STATUS
}

/** Tries of this job that failed and were followed by another. */
export function retriesAt(run: Run, offset: number): number {
  return run.rows[run.count + offset] as number
}

/** The attempt that a finished job ended under. */
export function attemptAt({ rows, count }: Run, offset: number): number {
  const at = 2 * (count + offset)
  return (rows[at] as number) | ((rows[at + 1] as number) << 8)
}

export function setAttempt(rows: Uint8Array, count: number, offset: number, attempt: number): void {
  const at = 2 * (count + offset)
  rows[at] = attempt
  rows[at + 1] = attempt >> 8
}

// Words of a row go through these two views of one buffer: a DataView for each run would cost more than the whole write.
const words = new Float32Array(1)
const integer = new Uint32Array(words.buffer)
const bytes = new Uint8Array(words.buffer)

function store(rows: Uint8Array, at: number): void {
  rows[at] = bytes[0] as number
  rows[at + 1] = bytes[1] as number
  rows[at + 2] = bytes[2] as number
  rows[at + 3] = bytes[3] as number
}

function load(rows: Uint8Array, at: number): void {
  bytes[0] = rows[at] as number
  bytes[1] = rows[at + 1] as number
  bytes[2] = rows[at + 2] as number
  bytes[3] = rows[at + 3] as number
}

export function setUsage(run: Pick<Run, 'rows' | 'count' | 'epoch'>, offset: number, usage: Usage): void {
  const { rows, count, epoch } = run
  const at = 4 * count + 20 * offset
  // Counted from 1, so that 0 means that the job never started. 49 days fit.
  integer[0] = Math.min(0xffff_ffff, Math.max(1, Math.round(usage.started - epoch) + 1))
  store(rows, at)
  words[0] = usage.finished - usage.started
  store(rows, at + 4)
  words[0] = usage.cpuUser
  store(rows, at + 8)
  words[0] = usage.cpuSystem
  store(rows, at + 12)
  words[0] = usage.memory
  store(rows, at + 16)
}

/** What the job's last try used, to seven digits; undefined of a job that never ended a try. */
export function usageAt({ rows, count, epoch }: Run, offset: number): Usage | undefined {
  const at = 4 * count + 20 * offset
  load(rows, at)
  if (integer[0] === 0) return undefined
  const started = epoch + (integer[0] as number) - 1
  load(rows, at + 4)
  const finished = started + (words[0] as number)
  load(rows, at + 8)
  const cpuUser = words[0] as number
  load(rows, at + 12)
  const cpuSystem = words[0] as number
  load(rows, at + 16)
  return { started, finished, cpuUser, cpuSystem, memory: words[0] as number }
}
