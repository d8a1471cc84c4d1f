import * as fc from 'fast-check'

/**
 * A slow and simple reading of BSD's cron, on its own: each field is a table of booleans, filled step by step, and a moment is
 * looked up in all of them. Backwards ranges and days that no year has are not made here.
 */
export interface Reference {
  readonly tables: readonly boolean[][]
  readonly star: boolean
}

const bounds = [
  [0, 59],
  [0, 23],
  [1, 31],
  [1, 12],
  [0, 7],
] as const
const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']
const weekdays = ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat']

export function referenceOf(text: string): Reference {
  const parts = text.split(' ')
  const tables = parts.map((part, index) => {
    const [low, high] = bounds[index] as readonly [number, number]
    const table = new Array<boolean>(high + 1).fill(false)
    for (const item of part.split(',')) {
      const [range = '', step] = item.split('/')
      const [from = '', to] = range.split('-')
      const number = (word: string): number => {
        const name = (index === 3 ? months : weekdays).indexOf(word)
        return index >= 3 && name >= 0 ? name + (index === 3 ? 1 : 0) : Number(word)
      }
      const start = from === '*' ? low : number(from)
      const end = from === '*' ? high : to !== undefined ? number(to) : step === undefined ? start : high
      for (let value = start; value <= end; value += Number(step ?? 1)) table[value] = true
    }
    return table
  })
  const ofWeek = tables[4] as boolean[]
  if (ofWeek[0] || ofWeek[7]) ofWeek[0] = ofWeek[7] = true
  return { tables, star: parts[2]?.[0] === '*' || parts[4]?.[0] === '*' }
}

export function dayMatches({ tables, star }: Reference, moment: Date): boolean {
  if (tables[3]?.[moment.getUTCMonth() + 1] !== true) return false
  const byDay = tables[2]?.[moment.getUTCDate()] === true
  const byWeekday = tables[4]?.[moment.getUTCDay()] === true
  return star ? byDay && byWeekday : byDay || byWeekday
}

export function matches(reference: Reference, moment: Date): boolean {
  const { tables } = reference
  return (
    tables[0]?.[moment.getUTCMinutes()] === true &&
    tables[1]?.[moment.getUTCHours()] === true &&
    dayMatches(reference, moment)
  )
}

const field = (index: number): fc.Arbitrary<string> => {
  const [low, high] = bounds[index] as readonly [number, number]
  const names = index === 3 ? months : index === 4 ? weekdays : []
  const spell = (value: number, named: boolean): string =>
    (named ? names[value - (index === 3 ? 1 : 0)] : undefined) ?? String(value)
  const value = fc.integer({ min: low, max: high })
  const step = fc.integer({ min: 1, max: high + 3 })
  const single = fc.tuple(value, fc.boolean()).map(([one, named]) => spell(one, named))
  const range = fc
    .tuple(value, value, fc.boolean())
    .map(([one, other, named]) => `${spell(Math.min(one, other), named)}-${spell(Math.max(one, other), named)}`)
    // A name of Sunday is 0: at the end of a range it would run backwards.
    .filter(text => !/-sun$/.test(text) || text === 'sun-sun')
  const stepped = (of: fc.Arbitrary<string>) => fc.tuple(of, step).map(([text, by]) => `${text}/${by}`)
  const item = fc.oneof(single, range, stepped(single), stepped(range), fc.constant('*'), stepped(fc.constant('*')))
  return fc.oneof(
    { arbitrary: fc.constant('*'), weight: 2 },
    fc.array(item, { minLength: 1, maxLength: 3 }).map(items => items.join(',')),
  )
}

/** Expressions of all kinds, of which few may never fire. */
export const expressions: fc.Arbitrary<string> = fc
  .tuple(field(0), field(1), field(2), field(3), field(4))
  .map(parts => parts.join(' '))
