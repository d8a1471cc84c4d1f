import type { Clock } from '../../engine/ports/clock.ts'
import type { Key } from '../table-schema.ts'
import { numberOf } from './attributes.ts'
import type { Condition } from './condition.ts'
import type { Item, Table } from './table.ts'

/** How often the record is tried that others change too. */
const TRIES = 5

/** When the window began, and how much was taken in it. */
const [SINCE, TAKEN] = ['at', 'n']

export interface AllowanceOptions {
  readonly table: Table
  /** Of the record that all share. */
  readonly key: Key
  readonly clock: Pick<Clock, 'now'>
  /** How much may be taken in each window. */
  readonly most: number
  /** Milliseconds. */
  readonly window: number
}

/** What has been taken, as the record says. */
export interface Tally {
  readonly since: number
  readonly taken: number
}

/** So much in each stretch of time, for all processes together: one record, changed by compare-and-set. */
export class Allowance {
  readonly #options: AllowanceOptions

  constructor(options: AllowanceOptions) {
    this.#options = options
  }

  /** Takes as much of this as is left; returns how much. Where too many come at once it is nothing. */
  async take(wanted: number): Promise<number> {
    const { table, key, clock } = this.#options
    for (let nth = 0; nth < TRIES; nth++) {
      const item = await table.get(key)
      const next = takenFrom(tallyOf(item), wanted, clock.now(), this.#options)
      if (next.granted === 0) return 0
      const attributes = { [SINCE]: { N: String(next.since) }, [TAKEN]: { N: String(next.taken) } }
      if ((await table.put(key, attributes, isStill(item))).kept) return next.granted
    }
    return 0
  }
}

/** Pure: how much is granted, and the tally after that. A window begins with what is first taken after the last one is over. */
export function takenFrom(
  tally: Tally | undefined,
  wanted: number,
  now: number,
  { most, window }: Pick<AllowanceOptions, 'most' | 'window'>,
): Tally & { readonly granted: number } {
  const { since, taken } = tally === undefined || now - tally.since >= window ? { since: now, taken: 0 } : tally
  const granted = Math.max(0, Math.min(wanted, most - taken))
  return { since, taken: taken + granted, granted }
}

function tallyOf(item: Item | undefined): Tally | undefined {
  return item && { since: numberOf(item, SINCE), taken: numberOf(item, TAKEN) }
}

function isStill(item: Item | undefined): Condition {
  const tally = tallyOf(item)
  if (tally === undefined) return { expression: 'attribute_not_exists(#pk)', names: { '#pk': 'pk' } }
  return {
    expression: '#at = :at AND #n = :n',
    names: { '#at': SINCE, '#n': TAKEN },
    values: { ':at': { N: String(tally.since) }, ':n': { N: String(tally.taken) } },
  }
}
