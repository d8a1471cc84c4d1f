import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BACK_OFF_MS, backOff, isToBeTriedAgain, MAX_BACK_OFF_MS } from '../../../lib/engine/records/retry.ts'
import { type ErrorCode, errorCodes } from '../../../lib/protocol/errors.ts'

const curable = ['exception', 'exit', 'oom', 'timeout', 'crash', 'lost']

it.each(Object.keys(errorCodes) as ErrorCode[])('%s is tried again only if another try may cure it', code => {
  expect(isToBeTriedAgain({ status: 'error', code, retries: 0, allowed: 1 })).toBe(curable.includes(code))
})

it.each([
  ['error', 0, 0, false],
  ['error', 0, 1, true],
  ['error', 1, 1, false],
  ['error', 99, 100, true],
  ['error', 100, 100, false],
  ['done', 0, 5, false],
  ['killed', 0, 5, false],
] as const)('%s after %i retries of %i: %s', (status, retries, allowed, expected) => {
  expect(isToBeTriedAgain({ status, code: 'exception', retries, allowed })).toBe(expected)
})

it('tries nothing again that failed without a code', () => {
  expect(isToBeTriedAgain({ status: 'error', retries: 0, allowed: 1 })).toBe(false)
})

it.each([
  [0, 0, BACK_OFF_MS / 2],
  [0, 1, BACK_OFF_MS],
  [1, 0, BACK_OFF_MS],
  [3, 1, BACK_OFF_MS * 8],
  [100, 1, MAX_BACK_OFF_MS],
  [100, 0, MAX_BACK_OFF_MS / 2],
])('backs off after %i retries, chance %d: %d ms', (retries, random, expected) => {
  expect(backOff({ retries, random })).toBe(expected)
})

it('never backs off longer than its maximum or less than half of what is due', () => {
  fc.assert(
    fc.property(fc.nat(200), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (retries, random) => {
      const ms = backOff({ retries, random })
      expect(ms).toBeGreaterThanOrEqual(BACK_OFF_MS / 2)
      expect(ms).toBeLessThanOrEqual(MAX_BACK_OFF_MS)
    }),
  )
})
