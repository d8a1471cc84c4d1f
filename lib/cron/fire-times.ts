import { allowsDay, type Schedule } from './schedule.ts'

const MINUTE_MS = 60_000
const DAY_MINUTES = 24 * 60
/** Days after which the calendar is the same again, weekdays included: 400 years. */
const CYCLE_DAYS = 146_097

/**
 * The first moment after this one at which the schedule fires.
 * @param after epoch milliseconds
 * @returns epoch milliseconds, of a whole minute; undefined: never
 */
export function nextFire(schedule: Schedule, after: number): number | undefined {
  const start = Math.floor(after / MINUTE_MS) + 1
  return find(schedule, start, 1)
}

/**
 * The last moment at which the schedule fired, this one included.
 * @param until epoch milliseconds
 * @returns epoch milliseconds, of a whole minute; undefined: never
 */
export function previousFire(schedule: Schedule, until: number): number | undefined {
  return find(schedule, Math.floor(until / MINUTE_MS), -1)
}

/** Whether the schedule fires in the minute that holds this moment. */
export function firesAt(schedule: Schedule, moment: number): boolean {
  const minute = Math.floor(moment / MINUTE_MS) * MINUTE_MS
  return nextFire(schedule, minute - 1) === minute
}

/** The first few moments after this one, in order. */
export function nextFires(schedule: Schedule, after: number, count: number): number[] {
  const found: number[] = []
  for (let at = nextFire(schedule, after); at !== undefined && found.length < count; at = nextFire(schedule, at)) {
    found.push(at)
  }
  return found
}

/** From this minute (since 1970) on, itself included. */
function find(schedule: Schedule, start: number, direction: 1 | -1): number | undefined {
  const firstDay = Math.floor(start / DAY_MINUTES)
  for (let nth = 0; nth <= CYCLE_DAYS; nth++) {
    const day = firstDay + nth * direction
    if (!allowsDay(schedule, partsOf(day))) continue
    const from = nth === 0 ? start - firstDay * DAY_MINUTES : direction === 1 ? 0 : DAY_MINUTES - 1
    const minute = minuteFrom(schedule, from, direction)
    if (minute !== undefined) return (day * DAY_MINUTES + minute) * MINUTE_MS
  }
  return undefined
}

/** The first allowed minute of a day, from this one on. */
function minuteFrom({ hours, minutes }: Schedule, from: number, direction: 1 | -1): number | undefined {
  const ordered = <T>(values: readonly T[]) => (direction === 1 ? values : values.toReversed())
  for (const hour of ordered(hours)) {
    for (const minute of ordered(minutes)) {
      const at = hour * 60 + minute
      if ((at - from) * direction >= 0) return at
    }
  }
  return undefined
}

function partsOf(day: number): { readonly month: number; readonly day: number; readonly weekday: number } {
  const date = new Date(day * DAY_MINUTES * MINUTE_MS)
  return { month: date.getUTCMonth() + 1, day: date.getUTCDate(), weekday: date.getUTCDay() }
}
