import type { Range } from '../../protocol/job.ts'

/** One submission, for listings and for finding all jobs of it. */
export interface SubmissionRow {
  /** The jid of its first job. */
  readonly id: number
  /** In the order in which they came; adjacent ones joined. */
  readonly ranges: readonly Range[]
  /** More parts may follow. Once `touched` is an hour ago, no more. */
  readonly open: boolean
  readonly gated: boolean
  readonly label: string | undefined
  /** The function's name. */
  readonly name: string
  /** Epoch milliseconds. */
  readonly created: number
  readonly touched: number
  /** The job that made it. */
  readonly parent: number | undefined
  readonly depth: number
  /** The key under which it was handed in, by itself or by a job. */
  readonly key?: number
  readonly version: number
}

/** The ranges with one more, joined where they meet; the same part again changes nothing. */
export function withRange(ranges: readonly Range[], [first, count]: Range): readonly Range[] {
  for (const [from, many] of ranges) if (first >= from && first + count <= from + many) return ranges
  const last = ranges.at(-1)
  if (last !== undefined && last[0] + last[1] === first) return [...ranges.slice(0, -1), [last[0], last[1] + count]]
  return [...ranges, [first, count]]
}
