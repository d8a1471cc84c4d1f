import type { Range, Status } from '../../protocol/job.ts'
import { MAX_SEGMENT_JOBS } from '../../protocol/limits.ts'
import type { AheadStore } from '../ports/ahead.ts'
import type { JobStore, RunPut } from '../ports/job-store.ts'
import { type Launcher, withLaunch } from '../ports/launcher.ts'
import type { Gate } from '../records/gate.ts'
import { freshRun, type Run, retriesAt, statusAt } from '../records/run.ts'
import { PROCESSING, QUEUED, statusOf } from '../records/status-code.ts'

/** Jobs of one chunk or one submission that came to a status together. */
export interface Transition {
  readonly status: Status
  /** Which; of a whole submission that is released, its first job alone is named. */
  readonly ranges: readonly Range[]
  readonly submission?: number
  /** The attempt of their run, once it was claimed. */
  readonly attempt?: number
  /** The function's name, when they are handed in. */
  readonly function?: string
}

/** Calls back once what is done now is kept. */
export type Later = (callback: () => void) => void
/** With `later` the jobs are told of before they are kept. */
type Tell = (transition: Transition, later?: Later) => void

/** What tells of every job that comes to a new status: for logs and counts. */
export interface Told {
  /** The same store. What it tells was kept; what a process that dies in between kept is told by nobody. */
  store(store: JobStore): JobStore
  /** The same for one that runs ahead. */
  ahead(store: AheadStore, later: Later): AheadStore
  /** The same launcher. That a job began is written with its end, or with a renewal of its lease: here it is told at once. */
  launcher(launcher: Launcher, later?: Later): Launcher
}

/** Runs that are not finished are remembered, to tell what is new in them: by all its stores, which are ways to the same records. */
export function createTold(tell: Tell): Told {
  const known = new Known()
  return {
    store: store => ({ ...store, ...toldJobs(store, known, tell), putGate: toldGates(store, tell) }),
    ahead: (store, later) => ({ ...store, ...toldJobs(store, known, transition => tell(transition, later)) }),
    launcher: (launcher, later) => toldLauncher(launcher, known, transition => tell(transition, later)),
  }
}

/** Runs that are not finished, as they were last kept, and which of their jobs were told to have begun since. */
class Known {
  readonly #runs = new Map<number, Run>()
  /** A flag a job, by offset. */
  readonly #begun = new Map<number, boolean[]>()

  run(first: number): Run | undefined {
    return this.#runs.get(first)
  }

  begun(first: number): readonly boolean[] {
    return this.#begun.get(first) ?? none
  }

  begin(first: number, offsets: readonly number[]): void {
    const begun = this.#begun.get(first) ?? new Array<boolean>(MAX_SEGMENT_JOBS).fill(false)
    this.#begun.set(first, begun)
    for (const offset of offsets) begun[offset] = true
  }

  /** Jobs of it may begin once more, or have ended. */
  end(first: number, offset: number): void {
    const begun = this.#begun.get(first)
    if (begun !== undefined) begun[offset] = false
  }

  keep(run: Run): void {
    if (run.phase === 'finished') return this.forget(run.first)
    if (run.attempt !== this.#runs.get(run.first)?.attempt) this.#begun.delete(run.first)
    this.#runs.set(run.first, run)
  }

  forget(first: number): void {
    this.#runs.delete(first)
    this.#begun.delete(first)
  }
}

const none: readonly boolean[] = []

function toldLauncher(launcher: Launcher, known: Known, tell: Tell): Launcher {
  return withLaunch(launcher, (work, reports) => {
    const { first, attempt } = work
    return launcher.launch(work, {
      output: (offset, output) => reports.output(offset, output),
      finished: outcomes => reports.finished(outcomes),
      returned: jobs => reports.returned(jobs),
      started(offsets, at) {
        known.begin(first, offsets)
        const submission = known.run(first)?.submission
        const ranges = rangesOf(first, offsets)
        tell({ status: 'processing', ranges, ...(submission !== undefined && { submission }), attempt })
        reports.started(offsets, at)
      },
    })
  })
}

type JobVerbs = Pick<JobStore, 'insert' | 'read' | 'putRuns'>

function toldJobs(store: JobVerbs, known: Known, tell: Tell): Pick<JobStore, 'insert' | 'putRuns'> {
  /** The run as it was before this write; one from before this process is read. */
  async function before({ run }: RunPut): Promise<Run> {
    const remembered = known.run(run.first)
    if (remembered?.version === run.version - 1) return remembered
    if (run.version === 1) return freshRun(run)
    const [stored] = await store.read({ ranges: [[run.first, run.count]] })
    return stored?.runs.find(one => one.run.first === run.first)?.run ?? freshRun(run)
  }

  function tellRun(old: Run, run: Run): void {
    const { first, submission, attempt } = run
    const begun = known.begun(first)
    const changed = new Map<number, number[]>()
    let [same, offsets] = [-1, [] as number[]]
    for (let offset = 0; offset < run.count; offset++) {
      if (!isNew(old, run, offset, begun[offset] === true)) continue
      const status = statusAt(run, offset)
      if (status !== same) {
        offsets = changed.get(status) ?? []
        changed.set(status, offsets)
        same = status
      }
      offsets.push(offset)
      if (status !== PROCESSING && run.unfinished > 0) known.end(first, offset)
    }
    for (const [status, offsets] of changed)
      tell({ status: statusOf(status), ranges: rangesOf(first, offsets), submission, attempt })
    known.keep(run)
  }

  return {
    async insert({ segments }) {
      const there = await store.insert({ segments })
      for (const [index, { segment }] of segments.entries()) {
        if (there[index] !== undefined) continue
        const { first, count, gated, submission } = segment
        const status = gated ? 'waiting' : 'queued'
        tell({ status, ranges: [[first, count]], submission, function: segment.function.name })
      }
      return there
    },
    async putRuns({ puts }) {
      const olds = await Promise.all(puts.map(before))
      const kept = await store.putRuns({ puts })
      for (const [index, { run }] of puts.entries()) {
        if (kept[index] === true) tellRun(olds[index] as Run, run)
        else known.forget(run.first)
      }
      return kept
    },
  }
}

/**
 * Whether this write brought the job to another status than was told. One that began may still be queued in a write that was on
 * its way then: it is queued anew only by a retry, or where its chunk is given back.
 */
function isNew(old: Run, run: Run, offset: number, begun: boolean): boolean {
  const [before, status] = [statusAt(old, offset), statusAt(run, offset)]
  if (status === PROCESSING) return before !== PROCESSING && !begun
  if (status !== QUEUED) return status !== before
  if (retriesAt(run, offset) > retriesAt(old, offset)) return true
  const isGivenBack = old.phase === 'processing' && run.phase === 'queued'
  return isGivenBack && (begun || before === PROCESSING)
}

/** Of offsets in their order. */
function rangesOf(first: number, offsets: readonly number[]): Range[] {
  const ranges: Range[] = []
  for (let from = 0, to = 1; from < offsets.length; from = to++) {
    const offset = offsets[from] as number
    while (offsets[to] === offset + to - from) to++
    ranges.push([first + offset, to - from])
  }
  return ranges
}

function toldGates(store: JobStore, tell: Tell): JobStore['putGate'] {
  async function tellGate({ id, state }: Gate): Promise<void> {
    if (state === 'waiting') return
    if (state === 'open') return tell({ status: 'queued', ranges: [[id, 1]], submission: id })
    const [row] = await store.getSubmissions({ ids: [id] })
    tell({ status: state, ranges: row?.ranges ?? [[id, 1]], submission: id })
  }

  return async ({ gate }) => {
    const [old] = gate.state === 'waiting' ? [] : await store.getGates({ ids: [gate.id] })
    const kept = await store.putGate({ gate })
    if (kept && old?.state !== gate.state) await tellGate(gate)
    return kept
  }
}
