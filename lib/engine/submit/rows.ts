import type { JobStore } from '../ports/job-store.ts'
import { conflict, unknownJob } from '../records/refuse.ts'
import { type SubmissionRow, withRange } from '../records/submission.ts'
import type { Plan } from './plan.ts'

type Rows = Pick<JobStore, 'getSubmissions' | 'putSubmissions'>

/**
 * Keeps the rows of these submissions, or what a further part adds to them, and tells which are gated. The row goes before the
 * headers: who finds a job finds its submission.
 */
export async function keepRows(store: Rows, plans: readonly Plan[], seal: number): Promise<ReadonlySet<number>> {
  const gated = new Set<number>()
  const firsts = plans.filter(isFirstPart)
  const kept = await store.putSubmissions({ rows: firsts.map(({ row }) => row) })
  for (let index = 0; index < firsts.length; index++) {
    const { row } = firsts[index] as Plan
    if (kept[index] !== true) await extend(store, row, seal)
    if (row.gated) gated.add(row.id)
  }
  if (firsts.length === plans.length) return gated
  for (const plan of plans) {
    if (isFirstPart(plan)) continue
    const whole = await extend(store, plan.row, seal)
    if (whole.gated) gated.add(whole.id)
  }
  return gated
}

/** Whether the plan is the submission's first part, which carries its dependencies. */
export function isFirstPart({ row }: Pick<Plan, 'row'>): boolean {
  return row.ranges[0]?.[0] === row.id
}

/** The stored row with this part in it. Refuses `conflict` once it is sealed: by its last part, or by time. */
async function extend(store: Rows, part: SubmissionRow, seal: number): Promise<SubmissionRow> {
  for (;;) {
    const [row] = await store.getSubmissions({ ids: [part.id] })
    if (row === undefined) throw unknownJob(part.id)
    const ranges = part.ranges.reduce(withRange, row.ranges)
    if (ranges === row.ranges && (part.open || !row.open)) return row
    if (!row.open || part.touched - row.touched > seal) throw conflict(part.ranges[0]?.[0] ?? part.id)
    const next = { ...row, ranges, open: part.open, touched: part.touched, version: row.version + 1 }
    const [kept] = await store.putSubmissions({ rows: [next] })
    if (kept === true) return next
  }
}
