import { test as check } from '@fast-check/vitest'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseSchedule } from '../../lib/cron/parse.ts'
import { allowsDay, type Schedule } from '../../lib/cron/schedule.ts'
import { wordsOf } from '../../lib/cron/words.ts'
import { expressions } from './reference.ts'

test.each([
  ['* * * * *', 'every minute'],
  ['*/15 * * * *', 'every 15 minutes'],
  ['0-59/1 * * * 1-5', 'every minute, on Monday to Friday'],
  ['*/10 9-17 * * *', 'every 10 minutes in hour 9 to 17 UTC'],
  ['5 * * * *', 'at minute 5 of every hour'],
  ['1,2,7 * * * *', 'at minute 1, 2 and 7 of every hour'],
  ['*/7 * * * *', 'at minute 0, 7, 14, 21, 28, 35, 42, 49 and 56 of every hour'],
  ['0 3 * * *', 'at 03:00 UTC every day'],
  ['0,30 3,15 * * *', 'at 03:00, 03:30, 15:00 and 15:30 UTC every day'],
  ['0 3 * * 0', 'at 03:00 UTC, on Sunday'],
  ['0 3 1,15 * *', 'at 03:00 UTC, on day 1 and 15 of the month'],
  ['0 3 13 * 5', 'at 03:00 UTC, on day 13 of the month and on Friday'],
  ['0 3 13 * */5', 'at 03:00 UTC, on day 13 of the month, if that is Sunday or Friday'],
  ['0 3 * jan,mar *', 'at 03:00 UTC every day, in January and March'],
  ['0 0 1 1 *', 'at 00:00 UTC, on day 1 of the month, in January'],
])('%s: %s', (text, words) => {
  expect(wordsOf(parseSchedule(text))).toBe(words)
})

/** All that decides when it fires. */
function meaningOf(schedule: Schedule): string {
  const days: boolean[] = []
  for (const month of [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]) {
    for (let day = 1; day <= 31; day++)
      for (let weekday = 0; weekday < 7; weekday++) days.push(allowsDay(schedule, { month, day, weekday }))
  }
  return JSON.stringify([schedule.minutes, schedule.hours, days.map(Number).join('')])
}

check.prop([fc.array(expressions, { minLength: 50, maxLength: 50 })], { numRuns: 20 })(
  'other words for what fires at other times, and only then',
  texts => {
    const meanings = new Map<string, string>()
    for (const text of texts) {
      let schedule: Schedule
      try {
        schedule = parseSchedule(text)
      } catch {
        continue
      }
      const words = wordsOf(schedule)
      const meaning = meaningOf(schedule)
      expect([words, meanings.get(words) ?? meaning]).toEqual([words, meaning])
      meanings.set(words, meaning)
    }
  },
)
