import type { JobName } from './jobs.ts'

/** What the benchmark asks of each peer, in the peer's own words as directly as they allow. */
export interface Pool {
  run(job: JobName, argument?: unknown): Promise<unknown>
  close(): Promise<unknown>
}

/** Makes the pool, with its workers started. */
export type MakePool = (workers: number) => Promise<Pool>
