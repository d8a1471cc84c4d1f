import { encodeFailure } from '../../protocol/failure.ts'
import type { Packed } from '../../protocol/packed.ts'
import {
  type Launch,
  type Launcher,
  type Outcome,
  type Output,
  outcomesOf,
  type Reports,
  type Returned,
  type Work,
} from '../ports/launcher.ts'
import type { Receipt } from '../ports/queue.ts'
import { isToBeTriedAgain } from '../records/retry.ts'
import { isFinishedAt, type Run, retriesAt } from '../records/run.ts'
import { chunkArgs, type Segment, type StoredSegment } from '../records/segment.ts'
import { jobsOf, triesAt } from './jobs-to-run.ts'

/** Who writes for a custody: one keeper for many, so that many writes are one. */
export interface Keeper {
  readonly launcher: Launcher
  /** There is something to write. */
  flushSoon(custody: Custody): void
  /** Its launcher gave up on it. */
  drop(custody: Custody): void
}

/** `over`: the executor ends, and what ran in it has had its time. `stopping`: what runs may run again elsewhere. */
export type Expiry = 'over' | 'stopping'

const OPEN = 1
const DOOMED = 2

/**
 * A chunk that this executor holds, from its claim until it is finished, given back or lost.
 *
 * holding: each job is with the launcher, or finished, or waits in `retries` for its next try. What the launcher reports is
 *   collected in `outcomes` until the keeper writes it; `writing` from then until its write is kept.
 * gone: no report counts any more. Entered by `leave`, when the run is finished or given back, and by `abandon`, when the
 *   lease was lost.
 */
export class Custody implements Reports {
  run: Run
  readonly segment: Segment
  receipt: Receipt
  /** When the lease was last set, and when kill marks were last looked for. */
  renewed: number
  looked: number
  writing = false
  gone = false
  /** It was taken in while others waited here, or late: another executor would have more time for it. */
  guest = false
  /** Why nothing more begins here: the executor's time is over, or its service stops. */
  expired: Expiry | undefined
  outcomes: Outcome[] = []
  /** Likewise, of many jobs each. */
  returns: Returned[] = []
  /** Started since the last write. */
  fresh: number[] = []
  /** Epoch milliseconds at which each job was last started; 0 = it was not. */
  readonly startedAt: number[]
  /** The output so far of jobs that print. */
  outputs: Map<number, Output> | undefined
  /** Jobs that printed since their output was last kept. */
  unshown: Set<number> | undefined
  /** What is being kept of them: their last output is to come after it. */
  showing: Promise<void> | undefined
  /** Jobs that wait for their next try, and when that is due. */
  retries: Map<number, number> | undefined
  /** Jobs that the launcher has. */
  launched = 0
  /** Of the chunk's jobs, by offset. */
  readonly args: Packed
  readonly #keeper: Keeper
  /** One byte a job: OPEN while the launcher has it, DOOMED once it was told to kill it. */
  readonly #open: Uint8Array
  #launch: Launch | undefined
  /** Of jobs that were launched again. */
  #later: Map<number, Launch> | undefined
  /** Before the launch. */
  #killed: number[] | undefined

  constructor(keeper: Keeper, stored: StoredSegment, run: Run, receipt: Receipt, now: number) {
    const { segment } = stored
    this.#keeper = keeper
    this.segment = segment
    this.run = run
    this.receipt = receipt
    this.renewed = now
    this.looked = now
    this.startedAt = run.count === 1 ? [0] : new Array<number>(run.count).fill(0)
    this.#open = new Uint8Array(run.count)
    this.args = chunkArgs(stored, run)
  }

  /** Before, another may hold the chunk. */
  get isLaunched(): boolean {
    return this.#launch !== undefined
  }

  /** Once the claim is kept. */
  launch(): void {
    this.#launch = this.#start(jobsOf(this.run))
    for (const offset of this.#killed ?? []) this.kill(offset)
    if (this.expired !== undefined) this.expire(this.expired)
  }

  /** Once its next try is due. */
  relaunch(offset: number): void {
    if (this.gone || this.expired !== undefined || this.retries?.delete(offset) !== true) return
    this.startedAt[offset] = 0
    this.#later ??= new Map()
    this.#later.set(offset, this.#start([{ offset, tries: triesAt(this.run, offset) }]))
  }

  #start(jobs: Work['jobs']): Launch {
    for (const { offset } of jobs) this.#open[offset] = OPEN
    this.launched += jobs.length
    const { function: reference, options, depth, key } = this.segment
    const { first, attempt } = this.run
    const work = { first, attempt, jobs, function: reference, options, args: this.args, depth, key }
    const launch = this.#keeper.launcher.launch(work, this)
    void launch.done.then(() => this.#end(jobs))
    return launch
  }

  /** A launcher that closes leaves jobs unreported: the lease runs out, and another executor takes over. */
  #end(jobs: Work['jobs']): void {
    if (!this.gone && jobs.some(({ offset }) => this.#open[offset] !== 0)) this.#keeper.drop(this)
  }

  /** A user's kill: the launcher reports it as any other end. */
  kill(offset: number): void {
    if (this.gone || isFinishedAt(this.run, offset)) return
    if (this.#launch === undefined) this.#killed = [...(this.#killed ?? []), offset]
    else if (this.#open[offset] === OPEN) {
      this.#open[offset] = DOOMED
      const launch = this.#later?.get(offset) ?? this.#launch
      launch.kill(offset)
    } else if (this.retries?.delete(offset) === true) {
      this.#open[offset] = OPEN
      this.launched++
      const at = this.startedAt[offset] as number
      const usage = { started: at, finished: at, cpuUser: 0, cpuSystem: 0, memory: 0 }
      this.finished([{ offset, status: 'killed', code: 'killed', payload: new Uint8Array(), usage }])
    }
  }

  /** The kill marks of its segment. */
  killMarked(kills: Uint8Array | undefined): void {
    if (kills === undefined) return
    const at = this.run.first - this.segment.first
    for (let offset = 0; offset < this.run.count; offset++) if (kills[at + offset] !== 0) this.kill(offset)
  }

  /** What runs and may not move ends as an error; the rest waits in `retries`, to be given back. */
  expire(why: Expiry): void {
    this.expired = why
    for (const [offset, state] of this.#open.entries()) {
      if (state === OPEN) (this.#later?.get(offset) ?? this.#launch)?.kill(offset)
    }
  }

  started(offsets: readonly number[], at: number): void {
    for (const offset of offsets) {
      this.startedAt[offset] = at
      this.fresh.push(offset)
    }
  }

  output(offset: number, output: Output): void {
    this.outputs ??= new Map()
    this.outputs.set(offset, output)
    this.unshown ??= new Set()
    this.unshown.add(offset)
  }

  finished(outcomes: readonly Outcome[]): void {
    if (this.gone) return
    for (const outcome of outcomes) {
      const { offset } = outcome
      const state = this.#open[offset]
      if (!state) continue
      this.#open[offset] = 0
      this.launched--
      const cut = this.expired !== undefined && state === OPEN && outcome.status === 'killed'
      if (cut && (!this.isStarted(offset) || this.#mayMove)) {
        this.retries ??= new Map()
        this.retries.set(offset, 0)
      } else this.outcomes.push(cut ? cutOff(outcome, this.run.first + offset, this.expired) : outcome)
    }
    if (this.outcomes.length > 0 || this.expired !== undefined) this.#keeper.flushSoon(this)
  }

  returned(jobs: Returned): void {
    if (this.gone) return
    const { offset, count } = jobs
    const end = offset + count
    for (let at = offset; at < end; at++) if (!this.#open[at]) return this.finished(outcomesOf(jobs))
    this.#open.fill(0, offset, end)
    this.launched -= count
    this.returns.push(jobs)
    this.#keeper.flushSoon(this)
  }

  get #mayMove(): boolean {
    return (this.guest || this.expired === 'stopping') && this.mayRunAgain
  }

  get mayRunAgain(): boolean {
    return this.segment.options.restartable !== false
  }

  /** The store may not know yet. */
  isStarted(offset: number): boolean {
    return this.startedAt[offset] !== 0 && this.retries?.has(offset) !== true
  }

  isToBeTriedAgain({ status, code, offset }: Outcome): boolean {
    const { retries: allowed = 0 } = this.segment.options
    return allowed > 0 && isToBeTriedAgain({ status, code, retries: retriesAt(this.run, offset), allowed })
  }

  leave(): void {
    this.gone = true
  }

  abandon(): void {
    if (this.gone) return
    this.gone = true
    this.#launch?.abandon()
    for (const launch of this.#later?.values() ?? []) launch.abandon()
  }
}

function cutOff({ profile: _, ...outcome }: Outcome, jid: number, why: Expiry | undefined): Outcome {
  const code = why === 'stopping' ? 'lost' : 'timeout'
  const message =
    why === 'stopping'
      ? `Job ${jid} was cut off when its service stopped, and may not run twice.`
      : `Job ${jid} ran into the end of the time that its executor has.`
  return { ...outcome, status: 'error', code, payload: encodeFailure({ code, message }) }
}
