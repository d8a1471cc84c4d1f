import type { Usage } from '../../protocol/job.ts'
import { type Run, retriesAt, STATUS, setAttempt, setUsage, statusAt } from './run.ts'
import { DONE, ERROR, KILLED, PROCESSING, QUEUED } from './status-code.ts'

/*
 * The life of a run. No other place knows these rules; a store only compares versions.
 *
 * queued: nobody holds the chunk; a message will bring it up. A chunk begins so, without a record. It returns here from
 *   processing by `release`, when all that is left of it is to be tried again later than its holder cares to wait. Left by
 *   `claim`, not before `notBefore`, and by `kill` when no job of it is left.
 * processing: one executor holds it until `lease`, which it renews, and alone writes it: each event carries its attempt, and
 *   an older one is refused (`fenced`). Its jobs are queued, started or terminal one by one. Left by `finish` with the last
 *   job, by `release`, and once the lease is over by anybody's `claim`: that counts a machine as lost, and starts the rest
 *   again, or, where it may not be run again or was lost too often, ends the rest as `error` without a payload ("lost").
 * finished: every job is terminal. Never left; `forget` (deletion) does not concern the run but the segment's tombstones.
 *
 * A job: queued → started → done | error | killed, back from started to queued by a retry, a release or a lost machine.
 * Terminal jobs never change, whatever comes.
 */

export type Event = Claim | Renew | Finish | Release | Kill

export interface Claim {
  readonly type: 'claim'
  /** Until when it holds: epoch milliseconds. */
  readonly lease: number
  readonly restartable: boolean
  /** How many lost machines a job may cost. */
  readonly maxLosses: number
  /** The segment's kill marks, and where this chunk begins in them. Marked jobs end here. */
  readonly kills: Uint8Array | undefined
  readonly at: number
  /** Whether the jobs count as started at once. */
  readonly starts: boolean
  /** What a second of each job costs where it now runs: picodollars. Undefined where nobody bills. */
  readonly rate?: number | undefined
}

interface Held {
  readonly attempt: number
  /** Jobs that the launcher started since the last write. */
  readonly started: readonly number[]
}

export interface Renew extends Held {
  readonly type: 'renew'
  readonly lease: number
}

export interface Finish extends Held {
  readonly type: 'finish'
  readonly ended: readonly Ended[]
}

/** How a try ended. QUEUED: it is to be tried again. */
export interface Ended {
  readonly offset: number
  readonly status: typeof DONE | typeof ERROR | typeof KILLED | typeof QUEUED
  /** OUTPUT and PROFILE. */
  readonly flags: number
  readonly usage: Usage | undefined
}

/** The holder gives the chunk back. */
export interface Release {
  readonly type: 'release'
  readonly attempt: number
  readonly notBefore: number
}

/** Of a chunk that nobody holds. */
export interface Kill {
  readonly type: 'kill'
  readonly offsets: readonly number[]
  /** ERROR: given up instead, which without a payload reads as `lost`. */
  readonly status?: typeof KILLED | typeof ERROR
}

/** `finished`: nothing is left to do. `held`: another holds it. `early`: not before `notBefore`. `fenced`: the lease is lost. */
export type Refusal = 'finished' | 'held' | 'early' | 'fenced'

/** The next run, or why there is none. Pure: the same for the same arguments, and no argument is changed. */
export function transition(run: Run, event: Event, now: number): Run | Refusal {
  switch (event.type) {
    case 'claim':
      return claim(run, event, now)
    case 'kill':
      return kill(run, event)
    case 'renew':
      if (isFenced(run, event)) return 'fenced'
      return next(run, { lease: event.lease, rows: withStarted(run, event.started) })
    case 'finish':
      return isFenced(run, event) ? 'fenced' : finish(run, event)
    case 'release':
      if (isFenced(run, event)) return 'fenced'
      return next(run, { phase: 'queued', lease: 0, notBefore: event.notBefore, rows: withoutStarted(run) })
  }
}

function next(run: Run, change: Partial<Run>): Run {
  return { ...run, ...change, version: run.version + 1 }
}

function isFenced(run: Run, event: { readonly attempt: number }): boolean {
  return run.phase !== 'processing' || run.attempt !== event.attempt
}

function claim(run: Run, event: Claim, now: number): Run | Refusal {
  if (run.phase === 'finished') return 'finished'
  if (run.phase === 'queued' && run.notBefore > now) return 'early'
  if (run.phase === 'processing' && run.lease > now) return 'held'
  const lost = run.phase === 'processing'
  const losses = lost ? run.losses + 1 : run.losses
  const givenUp = lost && (!event.restartable || losses > event.maxLosses)
  const { rows, unfinished } = claimedRows(run, event, givenUp)
  const epoch = run.epoch === 0 ? now : run.epoch
  // Also where nothing is left to run: the one who held the chunk may live, and must not take this write for its own.
  const attempt = run.attempt + 1
  if (unfinished === 0) return next(run, { phase: 'finished', lease: 0, attempt, losses, epoch, unfinished, rows })
  const held = { phase: 'processing', lease: event.lease, notBefore: 0, rate: event.rate } as const
  return next(run, { ...held, attempt, losses, epoch, unfinished, rows })
}

/** Each job that is not over begins anew, unless it is marked, or the chunk is given up. */
function claimedRows(run: Run, { kills, at, starts }: Claim, givenUp: boolean): Pick<Run, 'rows' | 'unfinished'> {
  // The first time that is what its rows say.
  if (run.version === 0 && kills === undefined && !starts) return run
  const rows = run.rows.slice()
  let { unfinished } = run
  for (let offset = 0; offset < run.count; offset++) {
    if (statusAt(run, offset) >= DONE) continue
    const killed = kills !== undefined && kills[at + offset] !== 0
    if (killed || givenUp) {
      rows[offset] = killed ? KILLED : ERROR
      setAttempt(rows, run.count, offset, run.attempt)
      unfinished--
    } else rows[offset] = starts ? PROCESSING : QUEUED
  }
  return { rows, unfinished }
}

function finish(run: Run, event: Finish): Run {
  const rows = withStarted(run, event.started)
  let { unfinished } = run
  for (const { offset, status, flags, usage } of event.ended) {
    if (offset >= run.count || isOver(rows, offset)) continue
    if (usage !== undefined) setUsage({ rows, count: run.count, epoch: run.epoch }, offset, usage)
    rows[offset] = status | flags
    if (status === QUEUED) rows[run.count + offset] = retriesAt(run, offset) + 1
    else {
      setAttempt(rows, run.count, offset, run.attempt)
      unfinished--
    }
  }
  return unfinished === 0
    ? next(run, { phase: 'finished', lease: 0, unfinished, rows })
    : next(run, { unfinished, rows })
}

function kill(run: Run, { offsets, status = KILLED }: Kill): Run | Refusal {
  if (run.phase === 'processing') return 'held'
  const rows = run.rows.slice()
  let { unfinished } = run
  for (const offset of offsets) {
    if (offset >= run.count || isOver(rows, offset)) continue
    rows[offset] = status
    setAttempt(rows, run.count, offset, run.attempt)
    unfinished--
  }
  if (unfinished === run.unfinished) return 'finished'
  return next(run, { rows, unfinished, phase: unfinished === 0 ? 'finished' : run.phase })
}

function isOver(rows: Uint8Array, offset: number): boolean {
  return ((rows[offset] as number) & STATUS) >= DONE
}

function withStarted(run: Run, started: readonly number[]): Uint8Array {
  const rows = run.rows.slice()
  for (const offset of started) if (statusAt(run, offset) === QUEUED) rows[offset] = PROCESSING
  return rows
}

function withoutStarted(run: Run): Uint8Array {
  const rows = run.rows.slice()
  for (let offset = 0; offset < run.count; offset++) if (statusAt(run, offset) === PROCESSING) rows[offset] = QUEUED
  return rows
}
