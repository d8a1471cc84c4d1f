import type { Range } from '../../protocol/job.ts'
import { BLOCK, blockOf } from './segment.ts'

/** The same jids in the same order, in pages that touch at most `blocks` blocks each. */
export function* pages(ranges: readonly Range[], blocks: number): Generator<readonly Range[]> {
  let page: Range[] = []
  let room = blocks
  for (const [first, count] of ranges) {
    const end = first + count
    for (let from = first; from < end; ) {
      const to = Math.min(end, (blockOf(from) + room) * BLOCK + 1)
      page.push([from, to - from])
      room -= blockOf(to - 1) - blockOf(from) + 1
      from = to
      if (room > 0) continue
      yield page
      page = []
      room = blocks
    }
  }
  if (page.length > 0) yield page
}

export function overlap([first, count]: Range, [other, many]: Range): boolean {
  return first < other + many && other < first + count
}
