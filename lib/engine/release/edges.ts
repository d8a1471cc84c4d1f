import type { Range } from '../../protocol/job.ts'
import type { Edge } from '../records/gate.ts'
import { overlap } from '../records/ranges.ts'
import type { Segment } from '../records/segment.ts'

/** One edge for each stretch of the ranges within one submission. Pure. `segments` are those that the ranges touch. */
export function edgesOf(gate: number, ranges: readonly Range[], segments: readonly Segment[]): readonly Edge[] {
  const edges: Edge[] = []
  for (const range of ranges) {
    for (const { first, count, submission } of segments) {
      if (!overlap(range, [first, count])) continue
      const from = Math.max(range[0], first)
      const end = Math.min(range[0] + range[1], first + count)
      const last = edges.at(-1)
      if (last?.submission === submission && last.range[0] + last.range[1] === from) {
        edges[edges.length - 1] = { ...last, range: [last.range[0], end - last.range[0]] }
      } else edges.push({ submission, range: [from, end - from], gate })
    }
  }
  return edges
}
