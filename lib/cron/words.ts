import type { Schedule } from './schedule.ts'

const monthNames = 'January February March April May June July August September October November December'.split(' ')
const dayNames = 'Sunday Monday Tuesday Wednesday Thursday Friday Saturday'.split(' ')
/** Times of day that are told one by one. */
const MAX_TIMES = 6

/** The schedule in English: `every 15 minutes, on Monday to Friday`. Schedules that fire at other times have other words. */
export function wordsOf(schedule: Schedule): string {
  const { months } = schedule
  const { text, isOfDay } = timeOf(schedule)
  const days = daysOf(schedule)
  const onDays = days === '' ? (isOfDay ? ' every day' : '') : `, ${days}`
  return `${text}${onDays}${isFull(months, 12) ? '' : `, in ${listed(months, month => monthNames[month - 1] as string)}`}`
}

/** `isOfDay`: each moment by itself. */
function timeOf({ minutes, hours }: Schedule): { readonly text: string; readonly isOfDay: boolean } {
  if (minutes.length * hours.length <= MAX_TIMES) {
    const times = hours.flatMap(hour => minutes.map(minute => `${two(hour)}:${two(minute)}`))
    return { text: `at ${joined(times)} UTC`, isOfDay: true }
  }
  const step = stepOf(minutes, 60)
  const within = isFull(hours, 24) ? '' : ` in hour ${listed(hours, String)} UTC`
  if (step !== undefined) return { text: `every ${step === 1 ? 'minute' : `${step} minutes`}${within}`, isOfDay: false }
  return { text: `at minute ${listed(minutes, String)}${within === '' ? ' of every hour' : within}`, isOfDay: false }
}

function daysOf({ days, weekdays, needsBoth }: Schedule): string {
  const [byDay, byWeekday] = [isFull(days, 31), isFull(weekdays, 7)]
  const onDays = `on day ${listed(days, String)} of the month`
  const onWeekdays = `on ${listed(weekdays, dayName)}`
  if (needsBoth) {
    if (byDay) return byWeekday ? '' : onWeekdays
    return byWeekday ? onDays : `${onDays}, if that is ${listed(weekdays, dayName, 'or')}`
  }
  return byDay || byWeekday ? '' : `${onDays} and ${onWeekdays}`
}

/** The step of values that begin at 0 and go on to the end of the field; undefined where they don't. */
function stepOf(values: readonly number[], size: number): number | undefined {
  const step = values[1]
  if (values[0] !== 0 || step === undefined || size % step !== 0 || values.length !== size / step) return undefined
  return values.every((value, index) => value === index * step) ? step : undefined
}

/** Runs of three and more as ranges. */
function listed(values: readonly number[], nameOf: (value: number) => string, last = 'and'): string {
  const parts: string[] = []
  for (let from = 0; from < values.length; ) {
    let to = from
    while (values[to + 1] === (values[to] as number) + 1) to++
    if (to - from >= 2) parts.push(`${nameOf(values[from] as number)} to ${nameOf(values[to] as number)}`)
    else for (let at = from; at <= to; at++) parts.push(nameOf(values[at] as number))
    from = to + 1
  }
  return joined(parts, last)
}

function joined(parts: readonly string[], last = 'and'): string {
  return parts.length === 1 ? (parts[0] as string) : `${parts.slice(0, -1).join(', ')} ${last} ${parts.at(-1)}`
}

function isFull(values: readonly number[], size: number): boolean {
  return values.length === size
}

function dayName(day: number): string {
  return dayNames[day] as string
}

function two(value: number): string {
  return String(value).padStart(2, '0')
}
