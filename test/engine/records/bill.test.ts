import { expect, test } from 'vitest'
import { billedOf, costOf, rateOf } from '../../../lib/engine/records/bill.ts'

const ran = (ms: number) => ({ started: 1_700_000_000_000, finished: 1_700_000_000_000 + ms, ...used })
const used = { cpuUser: 0, cpuSystem: 0, memory: 0 }

test.each([
  [0, 0],
  [0.25, 0.001],
  [1, 0.001],
  [1.01, 0.002],
  [1_500, 1.5],
  [899_999.5, 900],
])('%d ms are billed as %d s', (ms, seconds) => {
  expect(billedOf(ran(ms))).toBe(seconds)
})

test('what the seven digits of a runtime may be off by is not billed', () => {
  expect(billedOf(ran(20.000_5))).toBe(0.02)
})

test.each([
  ['a lone job pays for the machine', 4, 1, 1],
  ['on one worker each does in its time', 1, 10, 1],
  ['where nobody says how many run at once, one does', undefined, 10, 1],
  ['those that run at once share it', 4, 10, 4],
  ['no more than there are share it', 4, 3, 3],
])('%s', (_, workers, count, sharers) => {
  const rate = rateOf({ price: 2e-5, workers, count })
  expect(rate).toBe(Math.round(2e7 / sharers))
  expect(costOf(ran(1_500), rate)).toBeCloseTo((1.5 * 2e-5) / sharers, 12)
})

test('a rate is a whole number of few digits, also of the smallest machine and the largest', () => {
  for (const price of [(0.000_013_333_4 * 128) / 1_024, 0.000_016_666_7 * 10]) {
    const rate = rateOf({ price, workers: 1, count: 1 })
    expect(Number.isInteger(rate)).toBe(true)
    expect(String(rate).length).toBeLessThanOrEqual(9)
    expect(rate / 1e12 / price).toBeCloseTo(1, 6)
  }
})
