/** A queue with workers, alone with its store, both started for it and gone with it. All jobs are no-ops. */
export interface JobQueue {
  /** Hands in so many jobs together; resolves once all have run. */
  bulk(count: number): Promise<void>
  /** One job there and its result back; absent where a queue gives no results. */
  one?(value: number): Promise<unknown>
  close(): Promise<void>
}

export type MakeQueue = (workers: number) => Promise<JobQueue>

/** Counts the jobs that have run, and tells when all have that were handed in. */
export function createCounter() {
  let left = 0
  let resolve: (() => void) | undefined
  return {
    expect(count: number): Promise<void> {
      left = count
      return new Promise(done => {
        resolve = done
      })
    },
    ran(): void {
      if (--left === 0) resolve?.()
    },
  }
}
