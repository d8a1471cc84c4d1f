import type { Range } from '../../protocol/job.ts'
import type { Jid, of } from '../api.ts'

const brand: unique symbol = Symbol.for('picloud.JidRange') as never

/**
 * The jids of one map, read as one; ascending. A few pairs of numbers, however many jobs: they lie in several ranges where
 * the map's length was not known ahead.
 */
export class JidRange<out T = unknown> implements Iterable<Jid<T>> {
  static {
    Object.defineProperty(this.prototype, brand, { value: true })
  }

  declare readonly [of]: () => T
  readonly ranges: readonly Range[]
  readonly count: number

  constructor(ranges: readonly Range[]) {
    this.ranges = ranges
    let count = 0
    for (const range of ranges) count += range[1]
    this.count = count
  }

  /** 0 when empty. */
  get first(): number {
    return this.ranges[0]?.[0] ?? 0
  }

  /** The jid of the map's job number `index`; negative ones count from the end. */
  at(index: number): Jid<T> | undefined {
    let left = index < 0 ? index + this.count : index
    if (left < 0) return undefined
    for (const [first, count] of this.ranges) {
      if (left < count) return (first + left) as unknown as Jid<T>
      left -= count
    }
    return undefined
  }

  *[Symbol.iterator](): IterableIterator<Jid<T>> {
    for (const [first, count] of this.ranges) {
      for (let jid = first; jid < first + count; jid++) yield jid as unknown as Jid<T>
    }
  }
}

/** True for those of another copy of this package too. */
export function isJidRange(value: unknown): value is JidRange {
  return typeof value === 'object' && value !== null && (value as Record<symbol, unknown>)[brand] === true
}
