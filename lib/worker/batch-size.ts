/** How many jobs of one code to give a child at once, and how much to keep ready. Pure: the pool asks, and acts. */

/** Microseconds of work that one batch should hold: long against a write and a wake-up (15 µs), short against a person. */
export const BATCH_US = 2_000
/** Jobs in one batch at most. */
export const MAX_BATCH = 512
/** Microseconds from which a job is long: it is sent alone, and nothing is queued behind it. */
export const LONG_US = 1_000
/** Batches that lie in a child at once, so that it never waits for the next one. */
export const PIPELINE = 2
/** Jobs to keep ready for a child while jobs are short. */
export const READY_JOBS = 2_048

export interface BatchQuestion {
  /** Microseconds that a job of this code takes, undefined until one has ended. */
  readonly estimate: number | undefined
  /** Jobs of this code that wait for a child. */
  readonly pending: number
  /** Children that could take some of them. */
  readonly children: number
  /** Batches that lie in this child already. */
  readonly inChild: number
  /** One at a time whatever they take. */
  readonly alone: boolean
}

/** 0 = give it nothing now. The last jobs are spread evenly over the children. */
export function batchSize({ estimate, pending, children, inChild, alone }: BatchQuestion): number {
  if (pending === 0) return 0
  const short = !alone && estimate !== undefined && estimate < LONG_US
  if (!short) return inChild === 0 ? 1 : 0
  if (inChild >= PIPELINE) return 0
  const even = Math.ceil(pending / (children * PIPELINE))
  return Math.max(1, Math.min(MAX_BATCH, even, Math.floor(BATCH_US / Math.max(1, estimate))))
}

/** Jobs to have claimed at any time: enough to keep all children busy until the next ones are fetched, no hoard. */
export function readyTarget(workers: number, estimate: number | undefined): number {
  if (estimate === undefined || estimate >= LONG_US) return 2 * workers
  return workers * Math.max(2, Math.min(READY_JOBS, Math.ceil((10 * BATCH_US) / Math.max(1, estimate))))
}

/** A running mean that forgets: recent jobs count more, and one long job shows at once. */
export function nextEstimate(estimate: number | undefined, tookUs: number): number {
  if (estimate === undefined || tookUs > 4 * estimate + LONG_US) return tookUs
  return estimate + (tookUs - estimate) / 8
}
