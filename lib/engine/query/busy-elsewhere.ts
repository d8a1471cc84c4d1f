import type { Range } from '../../protocol/job.ts'
import { joined } from '../../protocol/range.ts'
import type { Clock } from '../ports/clock.ts'
import type { JobStore } from '../ports/job-store.ts'
import { isFinishedAt, type Run } from '../records/run.ts'
import { BLOCK, blockOf, type Segment } from '../records/segment.ts'
import type { SubmissionRow } from '../records/submission.ts'

/** Submissions that are looked at: that of the job, and those before it. */
const ROWS = 50
/** Blocks that are read: each costs a read of the store. */
export const LOOKED_BLOCKS = 20
/** Of one submission: its first ones, and the last before the job. */
const END_BLOCKS = 4

export interface BusyElsewhereParams {
  /** A job that waits. */
  readonly jid: number
  readonly segment: Pick<Segment, 'submission' | 'created'>
  /** Whose machines are meant. */
  readonly highCpu: boolean
  /** Jids. */
  readonly most: number
}

/**
 * Jobs that other machines run, as their records say: of each message the first job that is unfinished, by jid. Nobody keeps a
 * list of them, so that the records of jobs near to one that waits are looked at, and of those that came before it: others may
 * run too.
 */
export async function busyElsewhere(
  { store, clock }: { readonly store: JobStore; readonly clock: Clock },
  { jid, segment: { submission, created }, highCpu, most }: BusyElsewhereParams,
): Promise<number[]> {
  const before = { created, id: submission + 1 }
  const ranges = near(await store.listSubmissions({ before, limit: ROWS }), jid, submission)
  if (ranges.length === 0) return []
  const now = clock.now()
  const found = new Set<number>()
  for (const { segment, runs } of await store.read({ ranges })) {
    if ((segment.options.highCpu ?? false) !== highCpu) continue
    for (const { run } of runs) if (run.phase === 'processing' && run.lease > now) found.add(firstUnfinished(run))
  }
  return [...found].sort((one, other) => one - other).slice(0, most)
}

function firstUnfinished(run: Run): number {
  let offset = 0
  while (offset < run.count - 1 && isFinishedAt(run, offset)) offset++
  return run.first + offset
}

/**
 * Where to look: a range a block. Pure.
 * @param rows newest first
 * @param jid of the submission `own`: what comes behind it there is left out
 */
export function near(rows: readonly SubmissionRow[], jid: number, own: number): readonly Range[] {
  const blocks = new Set<number>()
  for (const { id, ranges } of rows) {
    for (const block of endsOf(ranges, id === own ? jid : Number.POSITIVE_INFINITY)) {
      if (blocks.size < LOOKED_BLOCKS) blocks.add(block)
    }
  }
  return [...blocks].sort((one, other) => one - other).map(block => [block * BLOCK + 1, BLOCK])
}

/** The last blocks of the jobs up to this one, and the first. */
function endsOf(ranges: readonly Range[], jid: number): Set<number> {
  const stretches: [number, number][] = []
  for (const [first, count] of joined(ranges)) {
    if (first <= jid) stretches.push([blockOf(first), blockOf(Math.min(jid, first + count - 1))])
  }
  const last = new Set<number>()
  for (const [from, to] of stretches.toReversed()) {
    for (let block = to; block >= from && last.size < END_BLOCKS; block--) last.add(block)
  }
  const first = new Set<number>()
  for (const [from, to] of stretches) {
    for (let block = from; block <= to && first.size < END_BLOCKS; block++) first.add(block)
  }
  return last.union(first)
}
