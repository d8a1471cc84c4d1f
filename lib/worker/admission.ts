/** Whether one more job may start. Pure: the crew counts, and acts. */

/** Milliseconds without any progress after which jobs that stand no deeper than a waiting one may overtake it. */
export const PARKED_MS = 100

export interface AdmissionQuestion {
  /** Jobs that may run at once. */
  readonly workers: number
  /** Jobs that run and wait for nothing. */
  readonly running: number
  /** Jobs that wait for other jobs. */
  readonly waiting: number
  /** How many jobs stand above the one in question, and above the highest of those that wait. */
  readonly depth: number
  readonly shallowest: number
  /** Milliseconds since any job began, ended, or began to wait. */
  readonly quiet: number
}

/**
 * A job that waits lends its worker to another, so that a parent can't starve its own children. Those below a waiting job
 * go first: they may be what it waits for. Others would only come to wait as well, and are *parked* until nothing moves.
 */
export function mayStart({ workers, running, waiting, depth, shallowest, quiet }: AdmissionQuestion): boolean {
  if (running >= workers) return false
  return running + waiting < workers || depth > shallowest || quiet >= PARKED_MS
}
