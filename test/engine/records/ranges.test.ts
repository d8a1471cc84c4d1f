import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { pages } from '../../../lib/engine/records/ranges.ts'
import { blockOf, chunkOf, chunksOf, sliceOf } from '../../../lib/engine/records/segment.ts'
import { withRange } from '../../../lib/engine/records/submission.ts'
import { edgesOf } from '../../../lib/engine/release/edges.ts'
import type { Range } from '../../../lib/protocol/job.ts'
import { pack, unpack } from '../../../lib/protocol/packed.ts'
import { joined } from '../../../lib/protocol/range.ts'
import { segmentOf } from '../../contract/sample.ts'

const rangeList = fc.array(fc.tuple(fc.integer({ min: 1, max: 2_000 }), fc.integer({ min: 1, max: 400 })), {
  maxLength: 12,
})
const jids = (ranges: readonly Range[]): number[] =>
  ranges.flatMap(([first, count]) => Array.from({ length: count }, (_, nth) => first + nth))

describe('ranges', () => {
  it('joined: the same jids, each once, in order, none adjacent', () => {
    fc.assert(
      fc.property(rangeList, ranges => {
        const result = joined(ranges)
        expect(jids(result)).toEqual([...new Set(jids(ranges))].sort((a, b) => a - b))
        for (const [nth, [first]] of result.entries()) {
          const before = result[nth - 1]
          if (before !== undefined) expect(first).toBeGreaterThan(before[0] + before[1])
        }
      }),
    )
  })

  it('pages: the same jids in the same order, in bounded steps', () => {
    fc.assert(
      fc.property(rangeList, fc.integer({ min: 1, max: 5 }), (ranges, blocks) => {
        const result = [...pages(ranges, blocks)]
        expect(jids(result.flat())).toEqual(jids(ranges))
        for (const page of result) {
          let touched = 0
          for (const [first, count] of page) touched += blockOf(first + count - 1) - blockOf(first) + 1
          expect(touched).toBeGreaterThan(0)
          expect(touched).toBeLessThanOrEqual(blocks)
        }
      }),
    )
  })

  it.each<[readonly Range[], Range, readonly Range[]]>([
    [[[1, 10]], [11, 5], [[1, 15]]],
    [
      [[1, 10]],
      [21, 5],
      [
        [1, 10],
        [21, 5],
      ],
    ],
    [[[1, 10]], [3, 5], [[1, 10]]],
    [
      [
        [1, 10],
        [21, 5],
      ],
      [1, 10],
      [
        [1, 10],
        [21, 5],
      ],
    ],
  ])('withRange: %j and %j are %j', (ranges, range, expected) => {
    expect(withRange(ranges, range)).toEqual(expected)
  })

  it('withRange: the very same list, when the range is in it', () => {
    const ranges: readonly Range[] = [[1, 10]]
    expect(withRange(ranges, [1, 10])).toBe(ranges)
  })
})

describe('chunks', () => {
  it.each([[1], [3], [7], [100]])('of %i jobs cover a segment, and hold each of its jids', chunkSize => {
    const { segment } = segmentOf(201, 50, { chunkSize })
    const chunks = [...chunksOf(segment)]
    expect(jids(chunks)).toEqual(jids([[201, 50]]))
    for (const chunk of chunks) for (const jid of jids([chunk])) expect(chunkOf(segment, jid)).toEqual(chunk)
  })

  it('slices of a packed list are what was packed', () => {
    const items = fc.array(fc.uint8Array({ maxLength: 5 }), { minLength: 1, maxLength: 20 })
    fc.assert(
      fc.property(items, fc.nat(19), fc.nat(20), (list, at, many) => {
        const from = at % list.length
        const count = Math.min(many, list.length - from)
        const slice = sliceOf(pack(list), from, count)
        const found = Array.from({ length: count }, (_, index) => [...unpack(slice, index)])
        expect(found).toEqual(list.slice(from, from + count).map(item => [...item]))
      }),
    )
  })

  it.each([
    [100, 0],
    [101, 1],
    [1, 0],
    [200, 1],
    [201, 2],
  ])('jid %i lies in block %i', (jid, block) => {
    expect(blockOf(jid)).toBe(block)
  })
})

describe('edges', () => {
  it('are one for each stretch of a range within one submission', () => {
    const segments = [
      segmentOf(1, 100, { submission: 1 }),
      segmentOf(101, 50, { submission: 1 }),
      segmentOf(151, 1, { submission: 151 }),
      segmentOf(152, 49, { submission: 152 }),
    ].map(one => one.segment)
    expect(
      edgesOf(
        9,
        [
          [50, 110],
          [180, 3],
        ],
        segments,
      ),
    ).toEqual([
      { submission: 1, range: [50, 101], gate: 9 },
      { submission: 151, range: [151, 1], gate: 9 },
      { submission: 152, range: [152, 8], gate: 9 },
      { submission: 152, range: [180, 3], gate: 9 },
    ])
  })
})
