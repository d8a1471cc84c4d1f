import type { Schedule } from '../../cron/schedule.ts'

/** A schedule as EventBridge takes it. */
export interface EventBridgeCron {
  /** `cron(minutes hours day-of-month month day-of-week year)` */
  readonly expression: string
  /** It fires on days too on which the schedule does not: who is called has to look. */
  readonly firesTooOften: boolean
}

/**
 * EventBridge allows a day by one of its two day fields and wants `?` in the other; it counts Sunday as 1, and knows no steps
 * there. So all is told as lists and ranges, and days that hang on both fields are left to who is called.
 */
export function eventBridgeCron({ minutes, hours, days, months, weekdays, needsBoth }: Schedule): EventBridgeCron {
  const [anyDay, anyWeekday] = [days.length === 31, weekdays.length === 7]
  const isFree = needsBoth ? anyDay && anyWeekday : anyDay || anyWeekday
  const byWeekday = !isFree && needsBoth && anyDay
  const byDay = !isFree && needsBoth && anyWeekday
  const day = byDay ? listed(days, 31) : byWeekday ? '?' : '*'
  const weekday = byWeekday
    ? listed(
        weekdays.map(one => one + 1),
        7,
      )
    : '?'
  const fields = [listed(minutes, 60), listed(hours, 24), day, listed(months, 12), weekday, '*']
  return { expression: `cron(${fields.join(' ')})`, firesTooOften: !(isFree || byDay || byWeekday) }
}

/** Neighbours as ranges; all of a field as `*`. */
function listed(values: readonly number[], size: number): string {
  if (values.length === size) return '*'
  const parts: string[] = []
  for (let from = 0; from < values.length; ) {
    let to = from
    while (values[to + 1] === (values[to] as number) + 1) to++
    parts.push(from === to ? `${values[from]}` : `${values[from]}-${values[to]}`)
    from = to + 1
  }
  return parts.join(',')
}
