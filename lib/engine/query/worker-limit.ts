import type { JobFacts, WaitsFor, WorkerLimit } from '../../protocol/info.ts'
import type { Custody } from '../dispatch/custody.ts'
import { type Jobs, jobsOf } from '../dispatch/running.ts'
import type { Clock } from '../ports/clock.ts'
import type { JobStore } from '../ports/job-store.ts'
import type { Launcher } from '../ports/launcher.ts'
import type { Backlog, ChunkMessage, Queue } from '../ports/queue.ts'
import type { Settings } from '../ports/settings.ts'
import type { Segment } from '../records/segment.ts'
import { busyElsewhere } from './busy-elsewhere.ts'
import type { Held } from './view.ts'
import type { Obstacle } from './waits-for.ts'

/** Jids of an answer that names who is busy. */
const NAMED = 20

/** Where jobs run, as far as this process knows. */
export interface Workplace {
  readonly held: Held
  /** What it runs itself. */
  readonly custodies: () => Iterable<Custody>
  readonly launcher: Pick<Launcher, 'workers' | 'waiting'> | undefined
  readonly jobs: Pick<Queue<ChunkMessage>, 'backlog'>
  readonly store: JobStore
  readonly clock: Clock
  readonly settings: Pick<Settings, 'executors'>
}

/** What is known of who works, at one moment. */
export interface Busy {
  /** Undefined where the queue can't say. */
  readonly backlog: Backlog | undefined
  /** Of the class that was asked about; undefined where jobs run in this process's children. */
  readonly executors: { readonly max: number; readonly highCpu: boolean; readonly jids: readonly number[] } | undefined
  /** Children of this process, and how many of their jobs wait for others; undefined where it runs none. */
  readonly children: { readonly workers: number; readonly waiting: number } | undefined
  readonly here: Jobs
}

const nobody: Busy = {
  backlog: undefined,
  executors: undefined,
  children: undefined,
  here: { running: [], next: [] },
}

/**
 * @param waiting some of one class, if classes have machines of their own
 */
async function busyAt(workplace: Workplace, waiting: readonly [Waiting, ...Waiting[]]): Promise<Busy> {
  const { launcher, jobs, settings, custodies } = workplace
  const highCpu = waiting.some(one => one.highCpu)
  const { workers, waiting: lent = 0 } = launcher ?? {}
  const backlog = await jobs.backlog?.({ chunks: [...new Set(waiting.map(({ chunk }) => chunk))], highCpu })
  const children = workers === undefined ? undefined : { workers, waiting: lent }
  const max = settings.executors?.[highCpu ? 'highCpu' : 'ordinary']
  const executors = max === undefined ? undefined : { max, highCpu, jids: await executed(workplace, waiting[0]) }
  return { backlog, executors, children, here: jobsOf(custodies()) }
}

async function executed(workplace: Workplace, { facts: { jid }, segment, highCpu }: Waiting): Promise<number[]> {
  return await busyElsewhere(workplace, { jid, segment, highCpu, most: NAMED })
}

/** Pure. A job that waits for others lends its worker to them: it runs, and is not busy. */
export function limitOf({ backlog, executors, children, here }: Busy): WorkerLimit | null {
  if (executors !== undefined) return { of: 'executors', ...executors, busy: backlog?.inFlight ?? 0 }
  if (children === undefined) return null
  const { workers, waiting } = children
  const busy = Math.min(workers, Math.max(0, here.running.length - waiting))
  return { of: 'workers', max: workers, busy, jids: here.running.slice(0, NAMED) }
}

/**
 * What the job waits for, with who is busy. Pure.
 * @param chunk the first jid of the job's
 */
export function explained(obstacle: Obstacle, busy: Busy, chunk: number, jid: number): WaitsFor {
  const { backlog, here } = busy
  if (obstacle.kind !== 'worker' && obstacle.kind !== 'chunk') return obstacle
  const taken = here.next.indexOf(jid)
  if (obstacle.kind === 'chunk' && taken < 0) return obstacle
  const limit = limitOf(busy)
  if (backlog === undefined) return { kind: 'worker', limit, queue: null }
  const ahead = backlog.before.get(chunk)
  const behind = ahead === undefined ? null : here.next.length + ahead + jid - chunk
  return { kind: 'worker', limit, queue: { messages: backlog.waiting, before: taken < 0 ? behind : taken } }
}

export interface Waiting {
  readonly facts: JobFacts & { jid: number }
  readonly obstacle: Obstacle
  /** The first jid of its chunk. */
  readonly chunk: number
  readonly segment: Pick<Segment, 'submission' | 'created'>
  /** Whether it asked for more processor. */
  readonly highCpu: boolean
}

/** Says of each what it waits for: who is busy is looked at once for all that run on the same machines. */
export async function explainAll(workplace: Workplace, waiting: readonly Waiting[]): Promise<void> {
  const isApart = workplace.settings.executors !== undefined
  const classes = isApart ? [waiting.filter(one => one.highCpu), waiting.filter(one => !one.highCpu)] : [waiting]
  for (const some of classes) {
    const limited = some.filter(({ obstacle }) => obstacle.kind === 'worker' || obstacle.kind === 'chunk')
    const [first, ...more] = limited
    const busy = first === undefined ? nobody : await busyAt(workplace, [first, ...more])
    for (const { facts, obstacle, chunk } of some) facts.waitsFor = explained(obstacle, busy, chunk, facts.jid)
  }
}
