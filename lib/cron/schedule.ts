/** When a cron fires: BSD cron's five fields as the values that they allow, each in order. All times are UTC. */
export interface Schedule {
  /** 0–59 */
  readonly minutes: readonly number[]
  /** 0–23 */
  readonly hours: readonly number[]
  /** 1–31 */
  readonly days: readonly number[]
  /** 1–12 */
  readonly months: readonly number[]
  /** 0–6 from Sunday */
  readonly weekdays: readonly number[]
  /**
   * Whether a day has to be allowed by both of its fields. In BSD: when the text of either begins with a star, be it one with a
   * step; else one of the two is enough.
   */
  readonly needsBoth: boolean
}

/** A field: its place in the text is its place here. */
export interface Field {
  readonly name: string
  readonly min: number
  readonly max: number
  /** Of `min`, `min` + 1 …: may stand for the numbers. */
  readonly names: readonly string[]
}

export const fields = [
  { name: 'minute', min: 0, max: 59, names: [] },
  { name: 'hour', min: 0, max: 23, names: [] },
  { name: 'day of the month', min: 1, max: 31, names: [] },
  {
    name: 'month',
    min: 1,
    max: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  // 0 and 7 are Sunday.
  { name: 'day of the week', min: 0, max: 7, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
] as const satisfies readonly Field[]

/** Whether a day is one on which the schedule fires. */
export function allowsDay(
  { days, months, weekdays, needsBoth }: Schedule,
  { month, day, weekday }: { readonly month: number; readonly day: number; readonly weekday: number },
): boolean {
  if (!months.includes(month)) return false
  const [byDay, byWeekday] = [days.includes(day), weekdays.includes(weekday)]
  return needsBoth ? byDay && byWeekday : byDay || byWeekday
}
