import { test as check } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { parseSchedule } from '../../lib/cron/parse.ts'
import { MAX_SCHEDULE_CHARS } from '../../lib/protocol/limits.ts'
import { expressions, referenceOf } from './reference.ts'

const range = (from: number, to: number, step = 1): number[] => {
  const values: number[] = []
  for (let value = from; value <= to; value += step) values.push(value)
  return values
}

describe('a field', () => {
  test.each([
    ['*', range(0, 59)],
    ['5', [5]],
    ['05', [5]],
    ['3-6', [3, 4, 5, 6]],
    ['1,1,0', [0, 1]],
    ['*/20', [0, 20, 40]],
    ['*/60', [0]],
    ['10-20/5', [10, 15, 20]],
    ['50/3', [50, 53, 56, 59]],
    ['0/61', [0]],
    ['58,*/30,1-2', [0, 1, 2, 30, 58]],
  ])('%s allows %j', (text, minutes) => {
    expect(parseSchedule(`${text} * * * *`).minutes).toEqual(minutes)
  })

  test.each([
    ['0', [0]],
    ['7', [0]],
    ['SUN,Mon', [0, 1]],
    ['mon-fri', [1, 2, 3, 4, 5]],
    ['5-7', [0, 5, 6]],
    ['*/7', [0]],
    ['*/2', [0, 2, 4, 6]],
    ['1/6', [0, 1]],
    ['tue/3', [2, 5]],
  ])('of the week %s allows %j', (text, weekdays) => {
    expect(parseSchedule(`0 0 * * ${text}`).weekdays).toEqual(weekdays)
  })

  test('of months takes names too', () => {
    expect(parseSchedule('0 0 1 jan,Mar-may,10 *').months).toEqual([1, 3, 4, 5, 10])
  })
})

test.each([
  ['0 0 1 * 1', false],
  ['0 0 */2 * 1', true],
  ['0 0 1 * */2', true],
  ['0 0 *,5 * 1', true],
  ['0 0 5,* * 1', false],
])('%s needs both days: %s', (text, needsBoth) => {
  expect(parseSchedule(text).needsBoth).toBe(needsBoth)
})

test.each([
  ['@yearly', '0 0 1 1 *'],
  ['@annually', '0 0 1 1 *'],
  ['@Monthly', '0 0 1 * *'],
  ['@weekly', '0 0 * * 0'],
  ['@daily', '0 0 * * *'],
  ['@midnight', '0 0 * * *'],
  [' @hourly ', '0 * * * *'],
  ['@every_minute', '* * * * *'],
  ['\t1  2\t3 4 5 ', '1 2 3 4 5'],
])('%s is %s', (text, same) => {
  expect(parseSchedule(text)).toEqual(parseSchedule(same))
})

describe('refused by name:', () => {
  test.each([
    ['', 'it has 0 fields'],
    ['* * * *', 'it has 4 fields'],
    ['0 * * * * *', 'it has 6 fields'],
    ['@reboot', 'no start to wait for'],
    ['@fortnightly', 'no such name'],
    ['60 * * * *', 'its minute is “60”, and 60 is not from 0 to 59'],
    ['* 24 * * *', 'its hour is “24”'],
    ['* * 0 * *', 'its day of the month is “0”'],
    ['* * 32 * *', 'its day of the month is “32”'],
    ['* * * 13 *', 'its month is “13”'],
    ['* * * 0 *', 'its month is “0”'],
    ['* * * * 8', 'its day of the week is “8”'],
    ['* * * * fri-sun', 'fri-sun runs backwards'],
    ['30-10 * * * *', '30-10 runs backwards'],
    ['*/0 * * * *', 'a step is at least 1'],
    ['5/ * * * *', 'no list'],
    ['1,,2 * * * *', 'no list'],
    ['1, * * * *', 'no list'],
    ['*-5 * * * *', 'no list'],
    ['-5 * * * *', 'no list'],
    ['1.5 * * * *', 'no list'],
    ['x * * * *', '“x” is no number'],
    ['sun * * * *', '“sun” is no number'],
    ['* * * sun *', '“sun” is no number and no name of one'],
    ['* * * * sunday', '“sunday” is no number and no name of one'],
    ['0 0 L * *', '“l” is no number'],
    ['0 0 * * 5#2', 'no list'],
    ['0 0 30 2 *', 'no year has such a day'],
    ['0 0 31 4,6,9,11 *', 'no year has such a day'],
    [`${'1,'.repeat(MAX_SCHEDULE_CHARS / 2 - 4)}1 * * * *`.padEnd(MAX_SCHEDULE_CHARS + 1), 'more than'],
  ])('“%s”', (text, why) => {
    expect(() => parseSchedule(text)).toThrow(
      expect.objectContaining({ code: 'invalid-argument', message: expect.stringContaining(why) }),
    )
  })

  test('but not the longest', () => {
    expect(parseSchedule('1 * * * *'.padEnd(MAX_SCHEDULE_CHARS)).minutes).toEqual([1])
  })
})

check.prop([expressions], { numRuns: 3_000 })('every field allows what BSD’s does', text => {
  const { tables, star } = referenceOf(text)
  const of = (index: number, size: number) => range(0, size).filter(value => tables[index]?.[value])
  let schedule: ReturnType<typeof parseSchedule>
  try {
    schedule = parseSchedule(text)
  } catch (error) {
    // The one thing that expressions may have which is refused here.
    expect(error).toMatchObject({ message: expect.stringContaining('no year has such a day') })
    return
  }
  expect(schedule).toEqual({
    minutes: of(0, 59),
    hours: of(1, 23),
    days: of(2, 31),
    months: of(3, 12),
    weekdays: of(4, 6),
    needsBoth: star,
  })
})
