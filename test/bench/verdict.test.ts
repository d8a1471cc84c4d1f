import { expect, test } from 'vitest'
import type { Bound, Metrics } from '../../bench/harness/goal.ts'
import { judge, median, standingOf } from '../../bench/harness/verdict.ts'

const bound = (limits: Pick<Bound, 'atLeast' | 'atMost'>): Bound => ({ what: '', metric: 'm', noise: 0.1, ...limits })

test.each([
  { limits: { atLeast: 8 }, value: 8, standing: 'met' },
  { limits: { atLeast: 8 }, value: 100, standing: 'met' },
  { limits: { atLeast: 8 }, value: 7.99, standing: 'within noise' },
  { limits: { atLeast: 8 }, value: 7.2, standing: 'within noise' },
  { limits: { atLeast: 8 }, value: 7.19, standing: 'short' },
  { limits: { atMost: 1 }, value: 1, standing: 'met' },
  { limits: { atMost: 1 }, value: 0, standing: 'met' },
  { limits: { atMost: 1 }, value: 1.1, standing: 'within noise' },
  { limits: { atMost: 1 }, value: 1.11, standing: 'short' },
  { limits: { atMost: 1 }, value: Number.NaN, standing: 'short' },
  { limits: { atLeast: 8 }, value: Number.POSITIVE_INFINITY, standing: 'met' },
  { limits: { atMost: 1 }, value: Number.POSITIVE_INFINITY, standing: 'short' },
])('$value against $limits is $standing', ({ limits, value, standing }) => {
  expect(standingOf(value, bound(limits))).toBe(standing)
})

test.each([
  { values: [3], middle: 3 },
  { values: [9, 1, 5], middle: 5 },
  { values: [10, 9, 1, 2], middle: 5.5 },
  { values: [], middle: Number.NaN },
])('the median of $values is $middle', ({ values, middle }) => {
  expect(median(values)).toBe(middle)
})

const figures = new Map<string, readonly Metrics[]>([
  ['cloud.mp', [{ m: 10 }, { m: 30 }, { m: 20 }]],
  ['peer', [{ m: 4 }, { m: 5 }, { m: 100 }]],
])

test('a bound with a peer is about the ratio of medians', () => {
  const { value, standing } = judge(1, { ...bound({ atLeast: 4 }), against: 'peer' }, figures)
  expect({ value, standing }).toEqual({ value: 4, standing: 'met' })
})

test('a bound without one is about the median in its unit', () => {
  const seconds = new Map([['cloud.mp', [{ m: 0.00002 }]]])
  expect(judge(5, { ...bound({ atMost: 20 }), unit: 'µs' }, seconds).value).toBeCloseTo(20)
})

test('a metric that nobody measured falls short', () => {
  expect(judge(1, { ...bound({ atMost: 1 }), metric: 'other' }, figures).standing).toBe('short')
})

test('what is compared with a contestant that could not run falls short, and says what both keep', () => {
  const durability = { 'cloud.mp': 'process', absent: 'power' }
  const { standing, durability: kept } = judge(7, { ...bound({ atLeast: 4 }), against: 'absent' }, figures, durability)
  expect({ standing, kept }).toEqual({ standing: 'short', kept: 'process / power' })
})
