import { describe, expect, test } from 'vitest'
import {
  ADDRESS_LIMIT,
  type Bucket,
  FailedSignIns,
  filled,
  KEY_LIMIT,
  MAX_BUCKETS,
  waitBefore,
} from '../../../lib/engine/service/failed-sign-ins.ts'

const now = 1_000_000
const limits = { address: ADDRESS_LIMIT, key: KEY_LIMIT }

describe.each(['address', 'key'] as const)('how long to wait before the next failure by one %s', kind => {
  const limit = limits[kind]
  const { failures: MAX_FAILURES, forgetMs: FORGET_MS } = limit
  test.each<[string, Bucket | undefined, number]>([
    ['nobody known', undefined, 0],
    ['one failure', { level: 1, at: now }, 0],
    ['one below the most', { level: MAX_FAILURES - 1, at: now }, 0],
    ['the most', { level: MAX_FAILURES, at: now }, FORGET_MS],
    ['the most, half a drop ago', { level: MAX_FAILURES, at: now - FORGET_MS / 2 }, FORGET_MS / 2],
    ['the most, a drop ago', { level: MAX_FAILURES, at: now - FORGET_MS }, 0],
    ['two more', { level: MAX_FAILURES + 2, at: now }, 3 * FORGET_MS],
    ['long ago', { level: 100, at: now - 100 * FORGET_MS }, 0],
    ['a clock that went back', { level: MAX_FAILURES, at: now + 5_000 }, FORGET_MS],
  ])('%s', (_, bucket, expected) => {
    expect(waitBefore(bucket, now, limit)).toBe(expected)
  })

  test.each<[string, Bucket | undefined, number]>([
    ['the first', undefined, 1],
    ['a second at once', { level: 1, at: now }, 2],
    ['a second, half a drop later', { level: 1, at: now - FORGET_MS / 2 }, 1.5],
    ['one when all is forgotten', { level: 5, at: now - 100 * FORGET_MS }, 1],
  ])('%s is counted', (_, bucket, level) => {
    expect(filled(bucket, now, limit)).toEqual({ level, at: now })
  })
})

test('callers are told apart, and one that failed long ago is forgotten for others', () => {
  const failed = new FailedSignIns<string>(ADDRESS_LIMIT)
  const { failures: MAX_FAILURES, forgetMs: FORGET_MS } = ADDRESS_LIMIT
  for (let nth = 0; nth < MAX_FAILURES; nth++) failed.add('a', now)
  expect([failed.waitOf('a', now), failed.waitOf('b', now)]).toEqual([FORGET_MS, 0])
  failed.takeBack('a')
  expect(failed.waitOf('a', now)).toBe(0)
  failed.add('a', now)
  for (let nth = 0; nth < MAX_BUCKETS - 1; nth++) failed.add(`other ${nth}`, now)
  expect(failed.waitOf('a', now)).toBe(FORGET_MS)
  failed.add('one more', now)
  expect(failed.waitOf('a', now)).toBe(0)
})
