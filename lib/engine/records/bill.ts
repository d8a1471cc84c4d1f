import type { Usage } from '../../protocol/job.ts'

/** Rates are whole numbers of picodollars, so that a run's record takes few bytes for one. */
const PICODOLLARS = 1e12
/** Milliseconds that a runtime may be off by, as it is kept in seven digits: no reason to bill one more. */
const ROUNDING_MS = 0.001

export interface Hire {
  /** USD that a second of the machine costs. */
  readonly price: number
  /** Jobs that it runs at once. Default: one. */
  readonly workers: number | undefined
  /** Jobs of the chunk that it took. */
  readonly count: number
}

/** What a second of a job costs, in picodollars (1e-12 USD): the machine's, shared evenly by as many jobs of its chunk as run at once. */
export function rateOf({ price, workers = 1, count }: Hire): number {
  return Math.round((price / Math.max(1, Math.min(workers, count))) * PICODOLLARS)
}

/** Seconds that are billed of a try: its runtime, rounded up to the millisecond. */
export function billedOf({ started, finished }: Usage): number {
  return Math.max(0, Math.ceil(finished - started - ROUNDING_MS)) / 1_000
}

/** USD of a try. */
export function costOf(usage: Usage, rate: number): number {
  return (billedOf(usage) * rate) / PICODOLLARS
}
