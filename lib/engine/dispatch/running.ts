import { isFinishedAt } from '../records/run.ts'
import type { Custody } from './custody.ts'

/** Jobs of chunks that are held here: by their jids, in the order in which they came. */
export interface Jobs {
  readonly running: readonly number[]
  /** Those that have not begun. */
  readonly next: readonly number[]
}

/** What these chunks' jobs do at this moment. */
export function jobsOf(custodies: Iterable<Custody>): Jobs {
  const running: number[] = []
  const next: number[] = []
  for (const custody of custodies) {
    const { run, outcomes } = custody
    const ended = new Set(outcomes.map(({ offset }) => offset))
    for (let offset = 0; offset < run.count; offset++) {
      if (isFinishedAt(run, offset) || ended.has(offset)) continue
      const jobs = custody.isStarted(offset) ? running : next
      jobs.push(run.first + offset)
    }
  }
  return { running, next }
}
