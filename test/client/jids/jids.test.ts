import { describe, expect, test } from 'vitest'
import type { Jids } from '../../../lib/client/api.ts'
import { JidRange } from '../../../lib/client/jids/jid-range.ts'
import { portions, rangesOf, shapeOf } from '../../../lib/client/jids/jids.ts'
import { joined } from '../../../lib/protocol/range.ts'

describe('shapeOf', () => {
  test('one jid is one', () => {
    expect(shapeOf(7)).toEqual({ kind: 'one', jid: 7 })
  })

  test('a map’s jids stay a range, however many', () => {
    expect(shapeOf(new JidRange([[1, 1_000_000]]))).toEqual({
      kind: 'range',
      ranges: [[1, 1_000_000]],
      count: 1_000_000,
    })
  })

  test('consecutive jids of a list stand together, in the order given', () => {
    expect(shapeOf([5, 6, 7, 3, 3])).toEqual({ kind: 'range', ranges: [[5, 3], [3, 1], [3, 1]], count: 5 }) // biome-ignore format: one line
  })

  test('lists nest', () => {
    expect(shapeOf([1, new JidRange([[5, 2]]), 9])).toEqual({
      kind: 'list',
      items: [
        { kind: 'one', jid: 1 },
        { kind: 'range', ranges: [[5, 2]], count: 2 },
        { kind: 'one', jid: 9 },
      ],
    })
  })

  test('an empty list is an empty range', () => {
    expect(shapeOf([])).toEqual({ kind: 'range', ranges: [], count: 0 })
  })

  test.each([0, -1, 1.5, Number.NaN, '7', null, undefined, {}, ['7'], [1, [null]]])('%j is refused', jids => {
    expect(() => shapeOf(jids as Jids)).toThrow(TypeError)
  })
})

describe('JidRange', () => {
  const range = new JidRange([[1, 3], [10, 2]]) // biome-ignore format: one line

  test('is walked over all of its ranges', () => {
    expect([...range].map(Number)).toEqual([1, 2, 3, 10, 11])
    expect(range.first).toBe(1)
    expect(range.count).toBe(5)
  })

  test.each([
    [0, 1],
    [3, 10],
    [4, 11],
    [-1, 11],
    [-5, 1],
    [5, undefined],
    [-6, undefined],
  ])('at(%d) is %s', (index, jid) => {
    expect(range.at(index)).toBe(jid)
  })

  test('an empty one has no first', () => {
    expect([...new JidRange([])]).toEqual([])
    expect(new JidRange([]).first).toBe(0)
  })
})

test('joined joins what touches or overlaps', () => {
  expect(joined([[5, 2], [1, 2], [3, 1], [6, 4], [20, 1]])).toEqual([[1, 3], [5, 5], [20, 1]]) // biome-ignore format: one line
})

test('portions keep to both limits and lose nothing', () => {
  const pieces = [...portions([[1, 10], [20, 1], [30, 1]], 2, 6)] // biome-ignore format: one line
  expect(pieces).toEqual([[[1, 6]], [[7, 4], [20, 1]], [[30, 1]]]) // biome-ignore format: one line
  expect(rangesOf(shapeOf([]))).toEqual([])
})
