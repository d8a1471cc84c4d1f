import type { Range } from '../protocol/job.ts'
import { BLOCK, blockOf } from './segment.ts'

/** In the order of their jids, each jid once, as few ranges as can be. */
export function joined(ranges: readonly Range[]): readonly Range[] {
  if (ranges.length < 2) return ranges
  const sorted = [...ranges].sort((a, b) => a[0] - b[0])
  const result: [number, number][] = []
  for (const [first, count] of sorted) {
    const last = result.at(-1)
    if (last !== undefined && first <= last[0] + last[1]) last[1] = Math.max(last[1], first + count - last[0])
    else result.push([first, count])
  }
  return result
}

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
