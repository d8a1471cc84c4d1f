import { describe, expect, test } from 'vitest'
import { MAX_RUNS, SentNames } from '../../../lib/client/submit/sent-names.ts'
import { isRemembered, remember, sentFunction } from '../../../lib/closure/sent.ts'

describe('what jobs were sent with', () => {
  const first = () => 1
  const second = () => 1
  const one = remember('hash', [first])
  const other = remember('hash', [second])

  test('the first functions under a hash are remembered for all, others with their jobs', () => {
    expect([isRemembered(one), isRemembered(other)]).toEqual([true, false])
    expect(remember('hash', [first])).toBe(one)
    expect([sentFunction('hash', 0), sentFunction('hash', 0, [other]), sentFunction('none', 0)]).toEqual([
      first,
      second,
      undefined,
    ])
  })

  test('of the jobs that it was noted of, the last said', () => {
    const names = new SentNames()
    names.note(10, 5, [other])
    names.note(15, 5, [other])
    names.note(30, 1, [])
    expect([9, 10, 19, 20, 30].map(jid => names.of(jid).length)).toEqual([0, 1, 1, 0, 0])
    names.note(12, 1, [one, other])
    expect([11, 12, 13].map(jid => names.of(jid).length)).toEqual([1, 2, 1])
  })

  test('the oldest are forgotten, the latest never', () => {
    const names = new SentNames()
    const count = 2 * MAX_RUNS
    // Every second jid, so that no two are of one run.
    for (let at = 1; at < count; at++) names.note(2 * at, 1, [other])
    expect(names.of(2)).toEqual([other])
    names.note(2 * count, 1, [other])
    expect(names.of(2)).toEqual([])
    expect(names.of(2 * (count - MAX_RUNS + 1))).toEqual([other])
    expect(names.of(2 * count)).toEqual([other])
  })
})
