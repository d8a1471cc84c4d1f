import type { ErrorCode } from '../../protocol/errors.ts'
import type { Usage } from '../../protocol/job.ts'
import type { WireOptions } from '../../protocol/options.ts'
import { type Packed, unpack } from '../../protocol/packed.ts'
import type { PlacedFunction } from '../records/placed.ts'

/** The jobs of a claimed chunk that are to run now. `offset` counts from `first`; so does the index into `args`. */
export interface Work {
  readonly first: number
  /** Of the run: the fence. Results and output are stored under it. */
  readonly attempt: number
  readonly jobs: readonly { readonly offset: number; readonly tries: number }[]
  readonly function: PlacedFunction
  readonly options: WireOptions
  /** A payload a job: see protocol/payload. */
  readonly args: Packed
  /** How many jobs stand above these: 0 for jobs that no job started. */
  readonly depth: number
  /** The key for which they run. */
  readonly key?: number | undefined
}

/** How one job of the work ended. `payload` is a result's payload when `done`, else a Failure as JSON. */
export interface Outcome {
  readonly offset: number
  readonly status: 'done' | 'error' | 'killed'
  /** Why, where it is not `done`: decides about retries. */
  readonly code?: ErrorCode
  readonly payload: Uint8Array
  readonly usage: Usage
  /** A V8 CPU profile as JSON text, where one was asked for. */
  readonly profile?: string
}

/** The last characters of a job's output so far, and how many came before them. */
export interface Output {
  readonly stdout: string
  readonly stderr: string
  readonly stdoutDropped: number
  readonly stderrDropped: number
}

/** Consecutive jobs of the work that returned: all `done`, without a profile. What most jobs come to, told of many at once. */
export interface Returned {
  readonly offset: number
  readonly count: number
  /** Results' payloads. To be copied by who keeps them. */
  readonly payloads: Packed
  usage(nth: number): Usage
}

/** What the launcher tells while it works. Each job is reported finished or returned exactly once, unless the launch is abandoned. */
export interface Reports {
  started(offsets: readonly number[], at: number): void
  /** While the job runs, at most twice a second, and once before it is finished; never for jobs that print nothing. */
  output(offset: number, output: Output): void
  finished(outcomes: readonly Outcome[]): void
  returned(jobs: Returned): void
}

export interface Launch {
  /** Settles, never rejects, when every job was reported or the launch was abandoned. */
  readonly done: Promise<void>
  /** A user's kill: `job.signal` aborts, 1 s of grace, then the process group dies; reported as `killed`. */
  kill(offset: number): void
  /** The lease is lost: stop at once, report nothing more. */
  abandon(): void
}

/** Port: runs user code. On one machine a pool of child processes; user code never runs in the launcher's own process. */
export interface Launcher {
  /** How many more jobs it would start or keep ready now; the dispatcher claims no more while this is ≤ 0. */
  readonly wanted: number
  /** Jobs that it runs at once, not counting those that wait for others; undefined where that is not a fixed number. */
  readonly workers?: number
  /** Jobs that it has and that wait for others: meanwhile it may run some of those. Default 0. */
  readonly waiting?: number
  /** Called whenever `wanted` may have risen above 0. */
  onWanted(listener: () => void): void
  launch(work: Work, reports: Reports): Launch
  /** Ends every child; running jobs are abandoned. */
  close(): Promise<void>
}

/** The same launcher, with another way to launch. */
export function withLaunch(launcher: Launcher, launch: Launcher['launch']): Launcher {
  return {
    get wanted() {
      return launcher.wanted
    },
    get waiting() {
      return launcher.waiting ?? 0
    },
    ...(launcher.workers !== undefined && { workers: launcher.workers }),
    onWanted: listener => launcher.onWanted(listener),
    close: () => launcher.close(),
    launch,
  }
}

/** The same as outcomes. */
export function outcomesOf({ offset, count, payloads, usage }: Returned): Outcome[] {
  const outcomes: Outcome[] = []
  for (let nth = 0; nth < count; nth++) {
    outcomes.push({ offset: offset + nth, status: 'done', payload: unpack(payloads, nth), usage: usage(nth) })
  }
  return outcomes
}
