import type { Range } from '../../protocol/job.ts'
import type { StatusAnswer, StatusRequest } from '../../protocol/routes.ts'
import type { JobStore } from '../ports/job-store.ts'
import { pages } from '../records/ranges.ts'
import { deletedJob } from '../records/refuse.ts'
import { statusOf } from '../records/status-code.ts'
import { PAGE_BLOCKS } from '../submit/dependency.ts'
import { isBuried, spansOf } from './spans.ts'
import { type Held, type View, viewsOf } from './view.ts'

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
  for (const { view, from, to } of spansOf(ranges, views)) {
    for (let offset = from; offset < to; offset++) {
      const jid = view.stored.segment.first + offset
      if (isBuried(view, offset)) throw deletedJob(jid)
      yield { jid, code: view.statuses[offset] as number, view, offset }
    }
  }
}
