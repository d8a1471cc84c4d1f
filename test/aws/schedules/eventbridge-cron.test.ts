import { test as check } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { eventBridgeCron } from '../../../lib/aws/schedules/eventbridge-cron.ts'
import { parseSchedule } from '../../../lib/cron/parse.ts'
import { allowsDay, type Schedule } from '../../../lib/cron/schedule.ts'
import { dayMatches, expressions, referenceOf } from '../../cron/reference.ts'
import { readEventBridge } from '../read-eventbridge.ts'

/** Characters of a schedule's expression: Scheduler's limit. */
const MAX_EXPRESSION = 256

test.each([
  ['* * * * *', 'cron(* * * * ? *)', false],
  ['*/15 9-17 * * 1-5', 'cron(0,15,30,45 9-17 ? * 2-6 *)', false],
  ['0 3 * * 0', 'cron(0 3 ? * 1 *)', false],
  ['0 3 * * 7', 'cron(0 3 ? * 1 *)', false],
  ['0 3 * * 5-7', 'cron(0 3 ? * 1,6-7 *)', false],
  ['0 3 1,15 * *', 'cron(0 3 1,15 * ? *)', false],
  ['0 3 */2 2 *', 'cron(0 3 1,3,5,7,9,11,13,15,17,19,21,23,25,27,29,31 2 ? *)', false],
  // Either day is enough: both restricted, and none a star.
  ['0 3 13 * 5', 'cron(0 3 * * ? *)', true],
  ['0 3 1-31 * 5', 'cron(0 3 * * ? *)', false],
  ['0 3 13 * 0-6', 'cron(0 3 * * ? *)', false],
  // Both are needed, as one is a star.
  ['0 3 13 * */5', 'cron(0 3 * * ? *)', true],
  ['0 3 */2 * 1', 'cron(0 3 * * ? *)', true],
  ['0 3 */1 * 1', 'cron(0 3 ? * 2 *)', false],
  ['@yearly', 'cron(0 0 1 1 ? *)', false],
])('%s is %s', (text, expression, firesTooOften) => {
  expect(eventBridgeCron(parseSchedule(text))).toEqual({ expression, firesTooOften })
})

/** Two years and a month, a leap year among them. */
const days = Array.from({ length: 760 }, (_, at) => new Date(Date.UTC(2027, 11, 1 + at)))

describe('of any expression', () => {
  check.prop([expressions], { numRuns: 3_000 })('it fires when BSD’s cron does', text => {
    const reference = referenceOf(text)
    let schedule: Schedule
    try {
      schedule = parseSchedule(text)
    } catch {
      // Days that no year has.
      return
    }
    const { expression, firesTooOften } = eventBridgeCron(schedule)
    expect(expression.length).toBeLessThanOrEqual(MAX_EXPRESSION)
    const read = readEventBridge(expression)
    const allowed = (index: number, size: number): number[] =>
      Array.from({ length: size }, (_, value) => value).filter(value => reference.tables[index]?.[value])
    expect([...read.minutes]).toEqual(allowed(0, 60))
    expect([...read.hours]).toEqual(allowed(1, 24))
    const wrong = days.filter(date => {
      const [month, day, weekday] = [date.getUTCMonth() + 1, date.getUTCDate(), date.getUTCDay()]
      const called = read.months.has(month) && read.days.has(day) && read.weekdays.has(weekday + 1)
      const fires = called && (!firesTooOften || allowsDay(schedule, { month, day, weekday }))
      return fires !== dayMatches(reference, date)
    })
    expect(wrong, `${text}: ${expression}`).toEqual([])
  })
})

test('the longest fits', () => {
  const pairs = (from: number, to: number): string =>
    Array.from({ length: to - from + 1 }, (_, at) => from + at)
      .filter(value => (value - from) % 3 < 2)
      .join(',')
  const { expression } = eventBridgeCron(
    parseSchedule(`${pairs(0, 59)} ${pairs(0, 23)} ${pairs(1, 31)} ${pairs(1, 12)} *`),
  )
  expect(expression.length).toBeGreaterThan(200)
  expect(expression.length).toBeLessThanOrEqual(MAX_EXPRESSION)
})
