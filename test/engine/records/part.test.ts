import { expect, test } from 'vitest'
import { consecutive, joined } from '../../../lib/engine/records/part.ts'
import type { Part } from '../../../lib/engine/records/segment.ts'
import { pack, unpack } from '../../../lib/protocol/packed.ts'

/** Of consecutive jobs, each with its offset as often as its offset modulo 5 says. */
function partOf(from: number, count: number): Part {
  const payloads = Array.from({ length: count }, (_, nth) => new Uint8Array((from + nth) % 5).fill(from + nth))
  return { offsets: consecutive(from, count), packed: pack(payloads) }
}

test.each([
  ['in their order', [0, 3, 10]],
  ['in another', [10, 0, 3]],
])('parts %s become one in the order of the jobs', (_, firsts) => {
  const counts = new Map([
    [0, 2],
    [3, 4],
    [10, 1],
  ])
  const { offsets, packed } = joined(firsts.map(first => partOf(first, counts.get(first) ?? 0)))
  const expected = [0, 1, 3, 4, 5, 6, 10]
  expect([...offsets]).toEqual(expected)
  expect(expected.map((_, index) => [...unpack(packed, index)])).toEqual(
    expected.map(offset => Array.from({ length: offset % 5 }, () => offset)),
  )
})

test.each([0, 7])('a lone part is a copy: job %d', offset => {
  const bytes = Uint8Array.of(1, 2, 3)
  const { offsets, packed } = joined([{ offsets: consecutive(offset, 1), packed: pack([bytes]) }])
  expect([[...offsets], [...packed.ends], [...packed.bytes]]).toEqual([[offset], [3], [1, 2, 3]])
  expect(packed.bytes.buffer).not.toBe(bytes.buffer)
})
