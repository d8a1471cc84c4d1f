import type { JobStore } from '../engine/ports/job-store.ts'
import type { SubmissionRow } from '../engine/records/submission.ts'
import type { Access, Database } from './database.ts'
import { insertSubmission, submissionValues } from './submission-records.ts'
import { writtenFirst } from './written-first.ts'

type Put = Pick<JobStore, 'putSubmissions'>

/** Rows of one put, and of one transaction, up to which none is written before the turn is over. */
const FEW = 10
const MAX_FRESH = 100

/**
 * Rows of submissions that the open transaction made, and which are surely new, as they are above all others: they are written
 * while nobody waits, when the turn is over and jobs that came with them run, or else before the commit and before anybody
 * looks at the table.
 */
export interface FreshSubmissions {
  /** An access for all verbs that look at submissions. */
  behind(access: Access): Access
  /** This verb, for what is surely new; for others `rows`, which are to go through `behind`. */
  before(access: Access, rows: Put): Put
}

export function createFreshSubmissions(database: Database): FreshSubmissions {
  const add = database.prepare(insertSubmission)
  const getLast = database.prepare('SELECT max(id) FROM submissions')
  const fresh = new Map<number, SubmissionRow>()
  /** No row has a higher id. */
  let last: number | undefined
  const unwritten = {
    get size() {
      return fresh.size
    },
    write() {
      for (const row of fresh.values()) add.run(...submissionValues(row))
      fresh.clear()
    },
  }
  const pending = { write: unwritten.write, idle: unwritten.write, forget: () => fresh.clear() }

  /** Above all others, in their order; from now on nothing is that is not above these. */
  function areNewest(rows: readonly SubmissionRow[]): boolean {
    let highest = last ?? Number(getLast.get()?.[0] ?? 0)
    let areNew = true
    for (const { id, version } of rows) {
      areNew &&= version === 1 && id > highest
      highest = Math.max(highest, id)
    }
    last = highest
    return areNew
  }

  return {
    behind: access => writtenFirst(access, unwritten),
    before: (access, behind) => ({
      putSubmissions({ rows }) {
        const areFew = rows.length <= FEW && fresh.size + rows.length <= MAX_FRESH
        if (!areNewest(rows) || !areFew) return behind.putSubmissions({ rows })
        return access.write(() => {
          access.join(pending)
          for (const row of rows) fresh.set(row.id, row)
          return rows.map(() => true)
        })
      },
    }),
  }
}
