import { describe, expect, test } from 'vitest'
import type { Duration } from '../../../lib/client/api.ts'
import { milliseconds } from '../../../lib/client/submit/duration.ts'

describe('milliseconds', () => {
  test.each([
    [0, 0],
    [1, 1_000],
    [0.25, 250],
    ['250ms', 250],
    ['0ms', 0],
    ['2h', 7_200_000],
    ['5m', 300_000],
    ['90s', 90_000],
    ['1.5s', 1_500],
    ['.5s', 500],
  ] as [Duration, number][])('%s is %d', (duration, expected) => {
    expect(milliseconds(duration, 'timeout')).toBe(expected)
  })

  test.each(['30 seconds', '', '5', 's', '1e3s', '-1s', -1, Number.NaN, null, undefined, {}, '1d', '1ms2'])(
    '%s is refused, by the option’s name',
    duration => {
      expect(() => milliseconds(duration as Duration, 'timeout')).toThrow(TypeError)
      expect(() => milliseconds(duration as Duration, 'timeout')).toThrow(/^timeout is .*'250ms'/)
    },
  )

  test('infinity is a duration: for ever', () => {
    expect(milliseconds(Number.POSITIVE_INFINITY, 'timeout')).toBe(Number.POSITIVE_INFINITY)
  })
})
