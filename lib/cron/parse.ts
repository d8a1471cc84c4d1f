import { CloudException } from '../protocol/errors.ts'
import { MAX_SCHEDULE_CHARS } from '../protocol/limits.ts'
import { nextFire } from './fire-times.ts'
import { type Field, fields, type Schedule } from './schedule.ts'

/** What stands for all five fields. */
const nicknames: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
  '@every_minute': '* * * * *',
}

/** Number or name, or two of them with a dash, or a star; and perhaps a step. */
const RANGE = /^(?:(?<star>\*)|(?<from>[0-9a-z]+)(?:-(?<to>[0-9a-z]+))?)(?:\/(?<step>[0-9]+))?$/

/**
 * Reads a schedule as BSD's cron does: `minute hour day-of-month month day-of-week`, each a list of numbers, names, ranges and
 * `*`, with steps (`N/S` goes from N to the field's end); or `@hourly` and its kin.
 * @throws {CloudException} `invalid-argument`, naming the field at fault; also for ranges that run backwards and for days that no
 *   year has, as those would never fire, and for `@reboot`
 */
export function parseSchedule(text: string): Schedule {
  const short = text.length > MAX_SCHEDULE_CHARS ? `${text.slice(0, MAX_SCHEDULE_CHARS)}…` : text
  const refuse = (why: string, hint?: string): CloudException =>
    new CloudException(`The schedule “${short}” can’t be read: ${why}.`, { code: 'invalid-argument', hint })
  if (short !== text) throw refuse(`it has more than ${MAX_SCHEDULE_CHARS} characters`)
  const given = text.trim().toLowerCase()
  if (given === '@reboot') throw refuse('a service has no start to wait for', 'Call the function yourself.')
  if (given.startsWith('@') && !Object.hasOwn(nicknames, given)) {
    throw refuse('there is no such name', `The names are: ${Object.keys(nicknames).join(', ')}.`)
  }
  const parts = (nicknames[given] ?? given).split(/[ \t]+/)
  if (parts.length !== fields.length) {
    throw refuse(
      `it has ${given === '' ? 0 : parts.length} fields, not ${fields.length}`,
      'They are: minute, hour, day of the month, month, day of the week; there are no seconds and no year.',
    )
  }
  const [minutes, hours, days, months, weekdays] = fields.map((field, index) => {
    const part = parts[index] as string
    return valuesOf(field, part, why => refuse(`its ${field.name} is “${part}”, and ${why}`))
  }) as [number[], number[], number[], number[], number[]]
  const schedule: Schedule = {
    minutes,
    hours,
    days,
    months,
    weekdays: [...new Set(weekdays.map(day => day % 7))].sort((one, other) => one - other),
    needsBoth: [2, 4].some(index => parts[index]?.startsWith('*')),
  }
  if (nextFire(schedule, 0) === undefined) throw refuse('no year has such a day', 'It would never fire.')
  return schedule
}

type Refuse = (why: string) => CloudException

/** What a field allows, in order. */
function valuesOf(field: Field, text: string, refuse: Refuse): number[] {
  const values = new Set<number>()
  for (const range of text.split(',')) for (const value of rangeOf(field, range, refuse)) values.add(value)
  return [...values].sort((one, other) => one - other)
}

function rangeOf(field: Field, text: string, refuse: Refuse): number[] {
  const { star, from, to, step } = RANGE.exec(text)?.groups ?? {}
  if (star === undefined && from === undefined) {
    throw refuse('that is no list of numbers, names, ranges and steps')
  }
  const by = step === undefined ? 1 : Number(step)
  if (by === 0) throw refuse('a step is at least 1')
  const low = from === undefined ? field.min : numberOf(field, from, refuse)
  const high = to === undefined ? endOf(field, low, { star, step }) : numberOf(field, to, refuse)
  if (high < low) throw refuse(`${from}-${to} runs backwards, so that it would allow nothing`)
  const values: number[] = []
  for (let value = low; value <= high; value += by) values.push(value)
  return values
}

/** Where a range ends that doesn't say. */
function endOf(field: Field, low: number, { star, step }: { star?: string | undefined; step?: string | undefined }) {
  return star !== undefined || step !== undefined ? field.max : low
}

function numberOf({ min, max, names }: Field, text: string, refuse: Refuse): number {
  const named = names.indexOf(text)
  if (named >= 0) return min + named
  if (!/^[0-9]+$/.test(text))
    throw refuse(`“${text}” is no ${names.length === 0 ? 'number' : 'number and no name of one'}`)
  const value = Number(text)
  if (value < min || value > max) throw refuse(`${text} is not from ${min} to ${max}`)
  return value
}
