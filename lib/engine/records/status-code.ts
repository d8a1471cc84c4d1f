import { type Status, statuses } from '../../protocol/job.ts'

/** A status as one byte: its index in the protocol's list. Terminal ones are ≥ DONE; 0 in a tombstone means "not deleted". */
export const WAITING = 0
export const QUEUED = 1
export const PROCESSING = 2
export const DONE = 3
export const ERROR = 4
export const KILLED = 5
export const STALLED = 6

export function statusOf(code: number): Status {
  return statuses[code] as Status
}

export function codeOf(status: Status): number {
  return statuses.indexOf(status)
}
