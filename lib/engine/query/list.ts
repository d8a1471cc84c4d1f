import type { Range } from '../../protocol/job.ts'
import { MAX_LIST_ROWS } from '../../protocol/limits.ts'
import { joined } from '../../protocol/range.ts'
import type { ListAnswer, ListRequest } from '../../protocol/routes.ts'
import type { JobStore } from '../ports/job-store.ts'
import { overlap, pages } from '../records/ranges.ts'
import { invalid } from '../records/refuse.ts'
import { codeOf, statusOf } from '../records/status-code.ts'
import type { SubmissionRow } from '../records/submission.ts'
import { PAGE_BLOCKS } from '../submit/dependency.ts'
import { isBuried } from './spans.ts'
import { type Held, type View, viewsOf } from './view.ts'

/** Submission rows read at once. */
const ROWS = 100

/** Where a listing goes on: with this job of this submission. */
interface Place {
  readonly created: number
  readonly id: number
  readonly jid: number
}

/** Newest submissions first, within one by jid; consecutive jobs of one status are one row. */
export async function list(store: JobStore, held: Held, request: ListRequest): Promise<ListAnswer> {
  const { limit = MAX_LIST_ROWS } = request
  const wanted = request.status === undefined ? undefined : codeOf(request.status)
  const from = request.cursor === undefined ? undefined : placeOf(request.cursor)
  const jobs: ListAnswer['jobs'] = []
  for await (const row of rowsOf(store, request, from)) {
    for await (const { first, count, code } of stretches(store, held, row, row.id === from?.id ? from.jid : 0)) {
      if (wanted !== undefined && code !== wanted) continue
      if (jobs.length >= limit) return { jobs, cursor: `${row.created}.${row.id}.${first}` }
      const { name, created, label = null } = row
      jobs.push({ first, count, status: statusOf(code), label, function: name, created })
    }
  }
  return { jobs }
}

async function* rowsOf(
  store: JobStore,
  { label, since }: ListRequest,
  from: Place | undefined,
): AsyncGenerator<SubmissionRow> {
  let before: { created: number; id: number } | undefined = from && { created: from.created, id: from.id + 1 }
  for (;;) {
    const rows = await store.listSubmissions({ label, since, before, limit: ROWS })
    yield* rows
    before = rows.at(-1)
    if (before === undefined) return
  }
}

interface Stretch {
  first: number
  count: number
  code: number
}

async function* stretches(store: JobStore, held: Held, row: SubmissionRow, start: number): AsyncGenerator<Stretch> {
  // A cursor names a jid, and parts of a map may have come in another order than their jids.
  const ranges = joined(row.ranges).flatMap(([first, count]): Range[] => {
    const from = Math.max(first, start)
    return from < first + count ? [[from, first + count - from]] : []
  })
  let last: Stretch | undefined
  for (const page of pages(ranges, PAGE_BLOCKS)) {
    const views = await viewsOf(store, held, { ranges: page })
    const own = views.filter(view => view.stored.segment.submission === row.id)
    for (const { jid, code } of own.flatMap(view => [...listed(view, page)])) {
      if (last?.code === code && last.first + last.count === jid) {
        last.count++
        continue
      }
      if (last !== undefined) yield last
      last = { first: jid, count: 1, code }
    }
  }
  if (last !== undefined) yield last
}

function* listed(view: View, ranges: readonly Range[]) {
  const { segment } = view.stored
  if (!view.isAccepted) return
  for (let offset = 0; offset < segment.count; offset++) {
    const code = view.statuses[offset] as number
    const jid = segment.first + offset
    if (isBuried(view, offset)) continue
    if (ranges.some(range => overlap(range, [jid, 1]))) yield { jid, code }
  }
}

function placeOf(cursor: string): Place {
  const parts = /^([0-9]{1,15})\.([0-9]{1,15})\.([0-9]{1,15})$/.exec(cursor)
  if (parts === null) throw invalid('This listing’s cursor is none of ours.', 'Start again without one.')
  return { created: Number(parts[1]), id: Number(parts[2]), jid: Number(parts[3]) }
}
