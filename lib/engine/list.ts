import type { Range } from '../protocol/job.ts'
import { MAX_LIST_ROWS } from '../protocol/limits.ts'
import type { ListAnswer, ListRequest } from '../protocol/routes.ts'
import { PAGE_BLOCKS } from './dependency.ts'
import type { JobStore } from './job-store.ts'
import { overlap, pages } from './ranges.ts'
import { invalid } from './refuse.ts'
import { codeOf, statusOf } from './status-code.ts'
import type { SubmissionRow } from './submission.ts'
import { type Held, UNACCEPTED, type View, viewsOf } from './view.ts'

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
  const { label, since, limit = MAX_LIST_ROWS } = request
  const wanted = request.status === undefined ? undefined : codeOf(request.status)
  const from = request.cursor === undefined ? undefined : placeOf(request.cursor)
  const jobs: ListAnswer['jobs'] = []
  let before = from && { created: from.created, id: from.id + 1 }
  for (;;) {
    const rows = await store.listSubmissions({ label, since, before, limit: ROWS })
    for (const row of rows) {
      const start = row.id === from?.id ? from.jid : 0
      for await (const { first, count, code } of stretches(store, held, row, start)) {
        if (wanted !== undefined && code !== wanted) continue
        if (jobs.length >= limit) return { jobs, cursor: `${row.created}.${row.id}.${first}` }
        const { name, created } = row
        jobs.push({ first, count, status: statusOf(code), label: row.label ?? null, function: name, created })
      }
    }
    before = rows.at(-1)
    if (before === undefined) return { jobs }
  }
}

interface Stretch {
  first: number
  count: number
  code: number
}

async function* stretches(store: JobStore, held: Held, row: SubmissionRow, start: number): AsyncGenerator<Stretch> {
  let last: Stretch | undefined
  const ranges = row.ranges.flatMap(([first, count]): Range[] => {
    const from = Math.max(first, start)
    return from < first + count ? [[from, first + count - from]] : []
  })
  for (const page of pages(ranges, PAGE_BLOCKS)) {
    for (const view of await viewsOf(store, held, { ranges: page })) {
      if (view.stored.segment.submission !== row.id) continue
      for (const { jid, code } of listed(view, page)) {
        if (last !== undefined && last.code === code && last.first + last.count === jid) last.count++
        else {
          if (last !== undefined) yield last
          last = { first: jid, count: 1, code }
        }
      }
    }
  }
  if (last !== undefined) yield last
}

function* listed({ stored: { segment, tombs }, statuses }: View, ranges: readonly Range[]) {
  for (let offset = 0; offset < segment.count; offset++) {
    const code = statuses[offset] as number
    const jid = segment.first + offset
    if (code === UNACCEPTED || (tombs !== undefined && tombs[offset] !== 0)) continue
    if (ranges.some(range => overlap(range, [jid, 1]))) yield { jid, code }
  }
}

function placeOf(cursor: string): Place {
  const parts = /^([0-9]{1,15})\.([0-9]{1,15})\.([0-9]{1,15})$/.exec(cursor)
  if (parts === null) throw invalid('This listing’s cursor is none of ours.', 'Start again without one.')
  return { created: Number(parts[1]), id: Number(parts[2]), jid: Number(parts[3]) }
}
