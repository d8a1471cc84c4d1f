import { test as check } from '@fast-check/vitest'
import { Cron } from 'croner'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { firesAt, nextFire, nextFires, previousFire } from '../../lib/cron/fire-times.ts'
import { parseSchedule } from '../../lib/cron/parse.ts'
import type { Schedule } from '../../lib/cron/schedule.ts'
import { dayMatches, expressions, matches, type Reference, referenceOf } from './reference.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const at = (text: string): number => Date.parse(`${text}Z`)
const shown = (moment: number | undefined): string | undefined =>
  moment === undefined ? undefined : new Date(moment).toISOString().slice(0, 16)

describe('next and previous', () => {
  test.each([
    ['* * * * *', '2026-11-22T20:30', '2026-11-22T20:31', '2026-11-22T20:30'],
    ['30 20 * * *', '2026-11-22T20:30', '2026-11-23T20:30', '2026-11-22T20:30'],
    ['30 20 * * *', '2026-11-22T20:29:59.999', '2026-11-22T20:30', '2026-11-21T20:30'],
    ['0 0 1 1 *', '2026-12-31T23:59', '2027-01-01T00:00', '2026-01-01T00:00'],
    ['59 23 31 12 *', '2026-12-31T23:59', '2027-12-31T23:59', '2026-12-31T23:59'],
    ['0 12 29 2 *', '2026-01-01T00:00', '2028-02-29T12:00', '2024-02-29T12:00'],
    // 2100 is no leap year.
    ['0 12 29 2 *', '2097-01-01T00:00', '2104-02-29T12:00', '2096-02-29T12:00'],
    // The 29th of February, and a Sunday: both, as a star with a step is a star.
    ['0 0 29 2 */7', '2026-01-01T00:00', '2032-02-29T00:00', '2004-02-29T00:00'],
    ['0 0 1 * 1', '2026-11-01T00:00', '2026-11-02T00:00', '2026-11-01T00:00'],
    ['0 0 1 * */7', '2026-11-01T00:00', '2027-08-01T00:00', '2026-11-01T00:00'],
    ['0 0 * * 0', '1969-12-31T23:59', '1970-01-04T00:00', '1969-12-28T00:00'],
  ])('%s from %s: %s, and %s', (text, from, next, previous) => {
    const schedule = parseSchedule(text)
    expect(shown(nextFire(schedule, at(from)))).toBe(next)
    expect(shown(previousFire(schedule, at(from)))).toBe(previous)
  })

  test('the next few are in order', () => {
    const found = nextFires(parseSchedule('0 6,18 * * sat'), at('2026-11-28T06:00'), 3)
    expect(found.map(shown)).toEqual(['2026-11-28T18:00', '2026-12-05T06:00', '2026-12-05T18:00'])
  })
})

/** None when the expression may never fire. */
function scheduleOf(text: string): Schedule | undefined {
  try {
    return parseSchedule(text)
  } catch {
    return undefined
  }
}

/** Whether it fires nowhere strictly between these minutes. */
function isSilent(reference: Reference, from: number, to: number): boolean {
  for (let moment = from; moment < to; moment += MINUTE) {
    // A day that doesn't match is stepped over.
    if (moment % DAY === 0 && !dayMatches(reference, new Date(moment))) moment += DAY - MINUTE
    else if (matches(reference, new Date(moment))) return false
  }
  return true
}

const minutes = fc.integer({ min: at('1999-12-30T00:00') / MINUTE, max: at('2101-01-05T00:00') / MINUTE })

check.prop([expressions, minutes, fc.nat(MINUTE - 1)], { numRuns: 1_000 })(
  'between a moment, the next and the previous one nothing fires',
  (text, minute, ms) => {
    const schedule = scheduleOf(text)
    fc.pre(schedule !== undefined)
    const reference = referenceOf(text)
    const now = minute * MINUTE
    const next = nextFire(schedule, now + ms) as number
    const previous = previousFire(schedule, now + ms) as number
    expect(matches(reference, new Date(next))).toBe(true)
    expect(matches(reference, new Date(previous))).toBe(true)
    expect(next).toBeGreaterThan(now + ms)
    expect(previous).toBeLessThanOrEqual(now + ms)
    expect(isSilent(reference, now + MINUTE, next)).toBe(true)
    expect(isSilent(reference, previous + MINUTE, now + MINUTE)).toBe(true)
    expect(firesAt(schedule, now + ms)).toBe(matches(reference, new Date(now)))
  },
)

check.prop([expressions, minutes], { numRuns: 500 })(
  'croner says the same, where it reads what BSD’s does',
  (text, minute) => {
    const schedule = scheduleOf(text)
    fc.pre(schedule !== undefined)
    const [, , days = '', , weekdays = ''] = text.split(' ')
    // To croner only a lone star is one; and steps go from 0 to 6 in a week.
    fc.pre([days, weekdays].every(field => field === '*' || !field.includes('*')) && !weekdays.includes('/'))
    // A Sunday by name that ends a range is its 7, so that this is the whole week to it, and a Sunday to BSD.
    fc.pre(!/sun-sun/i.test(weekdays))
    let other: Cron | undefined
    try {
      other = new Cron(text, { timezone: 'UTC', sloppyRanges: true, paused: true })
    } catch {
      // It refuses steps that are larger than their field.
    }
    const next = other?.nextRun(new Date(minute * MINUTE))
    // It gives up after some years.
    fc.pre(next != null)
    expect(shown(nextFire(schedule, minute * MINUTE))).toBe(shown(next?.getTime()))
  },
)
