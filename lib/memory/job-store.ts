import type { Change, JobStore } from '../engine/ports/job-store.ts'
import { createGateRecords } from './gate-records.ts'
import { createSegmentRecords } from './segment-records.ts'
import { createSubmissionRecords } from './submission-records.ts'

/** The job store of one process: forgotten with it. Listeners hear of a change before the verb that made it resolves. */
export function createJobStore(): JobStore {
  const listeners: ((changes: readonly Change[]) => void)[] = []
  const emit = (changes: readonly Change[]): void => {
    for (const listener of listeners) listener(changes)
  }
  return {
    ...createSegmentRecords(emit),
    ...createGateRecords(emit),
    ...createSubmissionRecords(),
    listen(listener) {
      listeners.push(listener)
    },
  }
}
