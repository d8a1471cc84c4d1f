import type { Change, JobStore } from '../engine/ports/job-store.ts'
import type { Database } from './database.ts'
import { createGateRecords } from './gate-records.ts'
import { createRunRecords } from './run-records.ts'
import { createSegmentRecords } from './segment-records.ts'
import { createSubmissionRecords } from './submission-records.ts'

/** Calls the listeners once what is being written is kept, and before its writer is told. */
export type Emit = (changes: readonly Change[]) => void

/** The job store in a database that this process has for itself. */
export function createJobStore(database: Database): JobStore {
  const listeners: ((changes: readonly Change[]) => void)[] = []
  const emit: Emit = changes => {
    if (changes.length === 0) return
    database.afterwards(() => {
      for (const listener of listeners) listener(changes)
    })
  }
  return {
    ...createSegmentRecords(database, emit),
    ...createRunRecords(database, emit),
    ...createGateRecords(database, emit),
    ...createSubmissionRecords(database),
    listen(listener) {
      listeners.push(listener)
    },
  }
}
