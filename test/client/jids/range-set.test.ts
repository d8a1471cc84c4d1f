import { fc, test } from '@fast-check/vitest'
import { describe, expect } from 'vitest'
import { RangeSet } from '../../../lib/client/jids/range-set.ts'

const jids = fc.integer({ min: 1, max: 60 })
const counts = fc.integer({ min: 1, max: 20 })
const steps = fc.array(
  fc.record({ kind: fc.constantFrom('add' as const, 'remove' as const, 'cut' as const), first: jids, count: counts }),
  { maxLength: 40 },
)

function numbersOf(set: Iterable<readonly [number, number]>): number[] {
  return [...set].flatMap(([first, count]) => Array.from({ length: count }, (_, index) => first + index))
}

describe('RangeSet', () => {
  test.prop([steps])('does as a set of numbers does, in as few intervals as there can be', all => {
    const set = new RangeSet()
    const model = new Set<number>()
    for (const { kind, first, count } of all) {
      const range = numbersOf([[first, count]])
      if (kind === 'add') {
        set.add(first, count)
        for (const jid of range) model.add(jid)
      } else {
        const here = range.filter(jid => model.has(jid))
        if (kind === 'cut') expect(numbersOf(set.cut(first, count))).toEqual(here)
        else set.remove(first, count)
        for (const jid of here) model.delete(jid)
      }
    }
    const sorted = [...model].sort((a, b) => a - b)
    expect(numbersOf(set)).toEqual(sorted)
    expect(set.length).toBe(sorted.filter(jid => !model.has(jid - 1)).length)
    expect(set.isEmpty).toBe(model.size === 0)
    for (let jid = 0; jid < 90; jid++) expect(set.has(jid)).toBe(model.has(jid))
  })

  test('take gives the first intervals away', () => {
    const set = new RangeSet()
    for (const first of [1, 10, 20]) set.add(first, 2)
    expect(set.take(2)).toEqual([
      [1, 2],
      [10, 2],
    ])
    expect([...set]).toEqual([[20, 2]])
  })
})
