import type { AheadStore } from '../engine/ports/ahead.ts'
import type { Change, JobStore } from '../engine/ports/job-store.ts'
import type { Access, Database } from './database.ts'
import { createFreshJobs } from './fresh-jobs.ts'
import { createFreshSubmissions } from './fresh-submissions.ts'
import { createGateRecords } from './gate-records.ts'
import { createRunRecords } from './run-records.ts'
import { createSegmentRecords } from './segment-records.ts'
import { createHeads } from './segment-row.ts'
import { createSubmissionRecords } from './submission-records.ts'

/** Calls the listeners once what is being written is kept, and before its writer is told. */
export type Emit = (changes: readonly Change[]) => void

export interface LocalJobStore extends JobStore {
  /** The same records, by verbs that run ahead of what is kept. Changes are told once they are. */
  readonly ahead: AheadStore
}

/** The job store in a database that this process has for itself. */
export function createJobStore(database: Database): LocalJobStore {
  const listeners: ((changes: readonly Change[]) => void)[] = []
  const emit: Emit = changes => {
    if (changes.length === 0) return
    database.afterwards(() => {
      for (const listener of listeners) listener(changes)
    })
  }
  const heads = createHeads()
  const fresh = createFreshJobs(database, heads, emit)
  const freshSubmissions = createFreshSubmissions(database)
  const jobs = (access: Access) => {
    const behind = fresh.behind(access)
    const segments = createSegmentRecords(behind, emit, heads)
    const runs = createRunRecords(behind, emit)
    const submissions = createSubmissionRecords(freshSubmissions.behind(access))
    return {
      ...segments,
      ...runs,
      ...fresh.before(access, { ...segments, ...runs }),
      ...submissions,
      ...freshSubmissions.before(access, submissions),
    }
  }
  return {
    ...jobs(database),
    ...createGateRecords(database, emit),
    ahead: jobs(database.ahead),
    listen(listener) {
      listeners.push(listener)
    },
  }
}
