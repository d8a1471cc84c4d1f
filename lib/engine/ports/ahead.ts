import type { JobStore } from './job-store.ts'
import type { Ports } from './ports.ts'
import type { ChunkMessage, Queue } from './queue.ts'

export type AheadStore = Pick<JobStore, 'insert' | 'read' | 'putRuns' | 'getSubmissions' | 'putSubmissions'>

/**
 * `soon`: who asks has a few milliseconds, and expects more to be written that is better kept together with what was.
 * Should the process die meanwhile, all of it is gone.
 */
export type Haste = 'now' | 'soon'

/**
 * The store and the queue of jobs, running ahead: a verb resolves once the next one sees what it did, which may not be kept yet.
 * Where many writes are kept at once anyway, nobody has to wait for one before the next. All that is done without waiting for
 * anything but these verbs is kept in its order, and where a part of it can't be, nothing that comes after that part is.
 */
export interface Ahead {
  readonly store: AheadStore
  readonly jobs: Queue<ChunkMessage>
  /**
   * To be called before the first verb. What it returns, called after the last: resolves once all that was done since is kept,
   * rejects if some of it may not be. Nobody may be told of it before. Default: now.
   */
  begin(): (haste?: Haste) => Promise<void>
}

const kept = Promise.resolve()

/** Where the ports have none, each verb of theirs is kept by itself. */
export function aheadOf({ ahead, store, jobs }: Pick<Ports, 'ahead' | 'store' | 'jobs'>): Ahead {
  return ahead ?? { store, jobs, begin: () => () => kept }
}
