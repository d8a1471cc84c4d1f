import { expect, test } from 'vitest'
import { MAX_LIST, namesIn } from '../../lib/closure/packages/export-value.ts'

test('what holds functions is looked into, what is data is not', () => {
  expect(namesIn({ a: 1, b: 2 })).toEqual(['a', 'b'])
  expect(namesIn(new Array(MAX_LIST).fill(0))).toHaveLength(MAX_LIST + 1)
  expect(namesIn(new Array(MAX_LIST + 1).fill(0))).toEqual([])
  expect(namesIn(new Uint8Array(3))).toEqual([])
  // V8 itself gives none of so many.
  expect(namesIn(new Uint8Array(2 ** 25))).toEqual([])
})
