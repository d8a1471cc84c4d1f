import type { Range } from '../../protocol/job.ts'
import type { Reference } from '../../protocol/reference.ts'
import type { Jid, JidRange, Ref } from '../api.ts'
import { argumentError, shown } from '../argument-error.ts'
import { isJidRange } from '../jids/jid-range.ts'

/** Stands for the result of other jobs among the arguments of a call. */
class ResultReference implements Reference {
  readonly kind = 'ref'
  readonly ranges: readonly Range[]
  readonly many: boolean
  // Known by this, whatever prototype somebody gave it.
  readonly #own = true

  constructor(ranges: readonly Range[], many: boolean) {
    this.ranges = ranges
    this.many = many
  }

  static isOne(object: object): object is ResultReference {
    return #own in object && object.#own
  }
}

export function ref(of: Jid | JidRange): unknown {
  if (isJidRange(of)) return new ResultReference(of.ranges, true)
  if (typeof of === 'number' && Number.isSafeInteger(of) && of > 0) return new ResultReference([[of, 1]], false)
  throw argumentError(`ref takes a jid or the jids of a map, not ${shown(of)}.`)
}

export function refs<T>(jids: Iterable<Jid<T>>): Iterable<Ref<T>> {
  if (isJidRange(jids)) return new RefSequence(jids as JidRange<T>)
  return Array.from(jids, jid => ref(jid) as Ref<T>)
}

/** As long as its range is, and as little held. */
class RefSequence<T> implements Iterable<Ref<T>> {
  readonly #range: JidRange<T>

  constructor(range: JidRange<T>) {
    this.#range = range
  }

  get count(): number {
    return this.#range.count
  }

  *[Symbol.iterator](): IterableIterator<Ref<T>> {
    for (const jid of this.#range) yield ref(jid) as Ref<T>
  }
}

export function isRefSequence(value: unknown): value is { readonly count: number } {
  return value instanceof RefSequence
}

/** The encoder's hook: the plain stand-in of a reference, telling what it depends on. */
export function standIns(depend: (range: Range) => void): (object: object) => Reference | undefined {
  return object => {
    if (!ResultReference.isOne(object)) return undefined
    for (const range of object.ranges) depend(range)
    return { ranges: object.ranges, many: object.many }
  }
}
