/** What an expression of EventBridge allows. */
export interface EventBridgeTables {
  readonly minutes: ReadonlySet<number>
  readonly hours: ReadonlySet<number>
  readonly days: ReadonlySet<number>
  readonly months: ReadonlySet<number>
  /** 1 is Sunday. */
  readonly weekdays: ReadonlySet<number>
}

/** As its documentation says: lists, ranges, `*`, and one `?` among the days. Throws for all else. */
export function readEventBridge(expression: string): EventBridgeTables {
  const fields = /^cron\((.+)\)$/.exec(expression)?.[1]?.split(' ') ?? []
  const [minutes = '', hours = '', days = '', months = '', weekdays = '', year] = fields
  const unasked = [days, weekdays].filter(field => field === '?').length
  if (fields.length !== 6 || year !== '*' || unasked !== 1) throw new Error(`${expression} is none of EventBridge’s.`)
  const reads = (field: string, min: number, max: number): ReadonlySet<number> => {
    if (field === '*' || field === '?') return new Set(Array.from({ length: max - min + 1 }, (_, at) => min + at))
    const values = new Set<number>()
    for (const item of field.split(',')) {
      const [from = 0, to = from] = item.split('-').map(Number)
      const isRange = /^[0-9]+(-[0-9]+)?$/.test(item) && from >= min && to <= max && from <= to
      if (!isRange) throw new Error(`“${item}” is no part of a field of EventBridge’s: ${expression}`)
      for (let value = from; value <= to; value++) values.add(value)
    }
    return values
  }
  return {
    minutes: reads(minutes, 0, 59),
    hours: reads(hours, 0, 23),
    days: reads(days, 1, 31),
    months: reads(months, 1, 12),
    weekdays: reads(weekdays, 1, 7),
  }
}

/** Whether it is called in the minute that begins at this moment, epoch milliseconds. */
export function callsAt(expression: string, moment: number): boolean {
  const { minutes, hours, days, months, weekdays } = readEventBridge(expression)
  const date = new Date(moment)
  const isDay = months.has(date.getUTCMonth() + 1) && days.has(date.getUTCDate()) && weekdays.has(date.getUTCDay() + 1)
  return isDay && hours.has(date.getUTCHours()) && minutes.has(date.getUTCMinutes())
}
