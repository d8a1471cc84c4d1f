import type { JobFacts, WaitsFor, WorkerLimit } from '../../protocol/info.ts'
import type { Custody } from '../dispatch/custody.ts'
import { type Jobs, jobsOf } from '../dispatch/running.ts'
import type { Launcher } from '../ports/launcher.ts'
import type { Backlog, ChunkMessage, Queue } from '../ports/queue.ts'
import type { Settings } from '../ports/settings.ts'
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
  readonly settings: Pick<Settings, 'executors'>
}

/** What is known of who works, at one moment. */
export interface Busy {
  /** Undefined where the queue can't say. */
  readonly backlog: Backlog | undefined
  /** Of the stack; undefined where jobs run in this process's children. */
  readonly executors: number | undefined
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

/** @param chunks whose place in the queue is asked for, by their first jid */
async function busyAt({ launcher, jobs, settings, custodies }: Workplace, chunks: readonly number[]): Promise<Busy> {
  const { workers, waiting = 0 } = launcher ?? {}
  const backlog = await jobs.backlog?.({ chunks })
  const children = workers === undefined ? undefined : { workers, waiting }
  return { backlog, executors: settings.executors, children, here: jobsOf(custodies()) }
}

/** Pure. A job that waits for others lends its worker to them: it runs, and is not busy. */
export function limitOf({ backlog, executors: max, children, here }: Busy): WorkerLimit | null {
  if (max !== undefined) return { of: 'executors', max, busy: backlog?.inFlight ?? 0, jids: [] }
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
}

/** Says of each what it waits for: who is busy is looked at once for all. */
export async function explainAll(workplace: Workplace, waiting: readonly Waiting[]): Promise<void> {
  const limited = waiting.filter(({ obstacle }) => obstacle.kind === 'worker' || obstacle.kind === 'chunk')
  const chunks = new Set(limited.map(({ chunk }) => chunk))
  const busy = limited.length === 0 ? nobody : await busyAt(workplace, [...chunks])
  for (const { facts, obstacle, chunk } of waiting) facts.waitsFor = explained(obstacle, busy, chunk, facts.jid)
}
