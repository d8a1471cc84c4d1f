import type { Range } from '../../protocol/job.ts'
import { unknownJob } from '../records/refuse.ts'
import type { View } from './view.ts'

/** The jobs of one range that are in one segment: offsets from the segment's first. */
export interface Span {
  readonly view: View
  readonly from: number
  readonly to: number
}

/** All jobs of the ranges, in their order, in the views that were read for them. Refuses `unknown-job`, naming the first. */
export function* spansOf(ranges: readonly Range[], views: readonly View[]): Generator<Span> {
  let at = 0
  for (const [first, count] of ranges) {
    let jid = first
    while (jid < first + count) {
      const view = views[at++]
      if (view === undefined) throw unknownJob(jid)
      const { segment } = view.stored
      const end = Math.min(first + count, segment.first + segment.count)
      if (segment.first > jid || end <= jid || !view.isAccepted) throw unknownJob(jid)
      yield { view, from: jid - segment.first, to: end - segment.first }
      jid = end
    }
  }
}

export function isBuried({ stored: { tombs } }: View, offset: number): boolean {
  return tombs !== undefined && tombs[offset] !== 0
}
