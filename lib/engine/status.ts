import type { Range } from '../protocol/job.ts'
import type { StatusAnswer, StatusRequest } from '../protocol/routes.ts'
import { PAGE_BLOCKS } from './dependency.ts'
import type { JobStore } from './job-store.ts'
import { pages } from './ranges.ts'
import { deletedJob, unknownJob } from './refuse.ts'
import { statusOf } from './status-code.ts'
import { type Held, UNACCEPTED, type View, viewsOf } from './view.ts'

/** Refuses `unknown-job` and `deleted-job`, naming the first. */
export async function status(store: JobStore, held: Held, { ranges }: StatusRequest): Promise<StatusAnswer> {
  const statuses: { first: number; count: number; code: number }[] = []
  for (const page of pages(ranges, PAGE_BLOCKS)) {
    const views = await viewsOf(store, held, { ranges: page })
    for (const { jid, code } of eachJob(page, views)) {
      const last = statuses.at(-1)
      if (last !== undefined && last.code === code && last.first + last.count === jid) last.count++
      else statuses.push({ first: jid, count: 1, code })
    }
  }
  return { statuses: statuses.map(({ first, count, code }) => ({ first, count, status: statusOf(code) })) }
}

export interface JobView {
  readonly jid: number
  readonly code: number
  readonly view: View
  /** From the segment's first job. */
  readonly offset: number
}

/** Every job of the ranges, in their order, in the views that were read for them. Refuses unknown and deleted ones. */
export function* eachJob(ranges: readonly Range[], views: readonly View[]): Generator<JobView> {
  let at = 0
  for (const [first, count] of ranges) {
    let jid = first
    while (jid < first + count) {
      const view = views[at++]
      if (view === undefined || view.stored.segment.first > jid) throw unknownJob(jid)
      const { segment, tombs } = view.stored
      const end = Math.min(first + count, segment.first + segment.count)
      if (jid >= end) throw unknownJob(jid)
      for (; jid < end; jid++) {
        const offset = jid - segment.first
        const code = view.statuses[offset] as number
        if (code === UNACCEPTED) throw unknownJob(jid)
        if (tombs !== undefined && tombs[offset] !== 0) throw deletedJob(jid)
        yield { jid, code, view, offset }
      }
    }
  }
}
