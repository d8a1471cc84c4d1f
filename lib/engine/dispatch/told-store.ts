import type { Range, Status } from '../../protocol/job.ts'
import type { AheadStore } from '../ports/ahead.ts'
import type { JobStore, RunPut } from '../ports/job-store.ts'
import type { Gate } from '../records/gate.ts'
import { freshRun, type Run, statusAt } from '../records/run.ts'
import { statusOf } from '../records/status-code.ts'

/** Jobs of one chunk or one submission that came to a status together. */
export interface Transition {
  readonly status: Status
  /** Which; of a whole submission that is released, its first job alone is named. */
  readonly ranges: readonly Range[]
  readonly submission: number
  /** The attempt of their run, once it was claimed. */
  readonly attempt?: number
  /** The function's name, when they are handed in. */
  readonly function?: string
}

/** Calls back once what is done now is kept. */
export type Later = (callback: () => void) => void
/** With `later` the jobs are told of before they are kept. */
type Tell = (transition: Transition, later?: Later) => void

/** Stores that tell of every job that they put in a new status: for logs and counts. */
export interface Told {
  /** The same store. What it tells was kept; what a process that dies in between kept is told by nobody. */
  store(store: JobStore): JobStore
  /** The same for one that runs ahead. */
  ahead(store: AheadStore, later: Later): AheadStore
}

/** Runs that are not finished are remembered, to tell what is new in them: by all its stores, which are ways to the same records. */
export function createTold(tell: Tell): Told {
  const known = new Map<number, Run>()
  return {
    store: store => ({ ...store, ...toldJobs(store, known, tell), putGate: toldGates(store, tell) }),
    ahead: (store, later) => ({ ...store, ...toldJobs(store, known, transition => tell(transition, later)) }),
  }
}

type JobVerbs = Pick<JobStore, 'insert' | 'read' | 'putRuns'>

function toldJobs(store: JobVerbs, known: Map<number, Run>, tell: Tell): Pick<JobStore, 'insert' | 'putRuns'> {
  /** The run as it was before this write; one from before this process is read. */
  async function before({ run }: RunPut): Promise<Run> {
    const remembered = known.get(run.first)
    if (remembered?.version === run.version - 1) return remembered
    if (run.version === 1) return freshRun(run)
    const [stored] = await store.read({ ranges: [[run.first, run.count]] })
    return stored?.runs.find(one => one.run.first === run.first)?.run ?? freshRun(run)
  }

  function tellRun(old: Run, run: Run): void {
    const changed = new Map<number, [number, number][]>()
    for (let offset = 0; offset < run.count; offset++) {
      const status = statusAt(run, offset)
      if (status === statusAt(old, offset)) continue
      const ranges = changed.get(status) ?? []
      changed.set(status, ranges)
      const last = ranges.at(-1)
      if (last !== undefined && last[0] + last[1] === run.first + offset) last[1]++
      else ranges.push([run.first + offset, 1])
    }
    const { submission, attempt } = run
    for (const [status, ranges] of changed) tell({ status: statusOf(status), ranges, submission, attempt })
    if (run.phase === 'finished') known.delete(run.first)
    else known.set(run.first, run)
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
        else known.delete(run.first)
      }
      return kept
    },
  }
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
