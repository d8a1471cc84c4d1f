import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { endsSection, pack, packedFrom, unpack } from '../../lib/protocol/packed.ts'

const items = fc.array(fc.uint8Array({ maxLength: 300 }), { maxLength: 30 })

describe('pack', () => {
  test.prop([fc.array(items, { maxLength: 20 })])('keeps every item of every list, small lists side by side', lists => {
    const packed = lists.map(pack)
    for (const [index, list] of lists.entries()) {
      const read = packedFrom(endsSection(packed[index] as never), (packed[index] as { bytes: Uint8Array }).bytes)
      expect(read.ends.length).toBe(list.length)
      expect(list.map((_, at) => [...unpack(read, at)])).toEqual(list.map(item => [...item]))
    }
  })

  test('an item that is not there is refused', () => {
    expect(() => unpack(pack([new Uint8Array(1)]), 1)).toThrow(expect.objectContaining({ code: 'decode' }))
  })

  test.each([
    ['no multiple of four', [1, 2, 3], 1],
    ['backwards', [2, 0, 0, 0, 1, 0, 0, 0], 1],
    ['beyond the bytes', [2, 0, 0, 0], 1],
    ['short of the bytes', [1, 0, 0, 0], 2],
  ])('an index that is %s is refused', (_, ends, size) => {
    expect(() => packedFrom(Uint8Array.from(ends), new Uint8Array(size))).toThrow(
      expect.objectContaining({ code: 'decode' }),
    )
  })
})
