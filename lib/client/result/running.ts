import type { Range } from '../../protocol/job.ts'
import { MAX_REQUEST_RANGES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import { joined } from '../../protocol/range.ts'
import type { StatusAnswer } from '../../protocol/routes.ts'
import type { Session } from '../connect/session.ts'
import { portions } from '../jids/jids.ts'

/** Jobs of one wait up to which those that run are counted: of more, it would cost the service more than the bar is worth. */
export const MAX_COUNTED_JOBS = 10_000

/** Asks how many of these jobs run right now. Undefined: they are too many to be counted again and again. */
export function runningOf({ transport }: Session, ranges: readonly Range[]): (() => Promise<number>) | undefined {
  const jobs = ranges.reduce((sum, [, count]) => sum + count, 0)
  if (jobs > MAX_COUNTED_JOBS) return undefined
  return async () => {
    let running = 0
    for (const portion of portions(joined(ranges), MAX_REQUEST_RANGES, Number.POSITIVE_INFINITY)) {
      const { statuses } = await transport.json<StatusAnswer>('POST', paths.status, { ranges: portion })
      for (const { count, status } of statuses) if (status === 'processing') running += count
    }
    return running
  }
}
