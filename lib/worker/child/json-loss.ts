import { types } from 'node:util'
import type { Step } from '../../value/path.ts'

/** What JSON would turn into something else without a word, and the way to it. */
export interface JsonLoss {
  readonly path: readonly Step[]
  readonly what: string
}

/**
 * Looks for numbers that JSON makes `null` of, objects that it makes `{}` of or lists with names, and functions and symbols, which
 * it leaves out. An undefined property is left out as everybody expects, and who has a `toJSON` says what is meant.
 * @param value what JSON.stringify took: so there are no cycles, and the stack is deep enough
 */
export function jsonLossIn(value: unknown): JsonLoss | undefined {
  if (typeof value !== 'object') {
    const what = primitiveLoss(value)
    return what === undefined ? undefined : { path: [], what }
  }
  if (value === null || (saysWhatItMeans(value) && !isOfNoTime(value))) return undefined
  const what = objectLoss(value)
  if (what !== undefined) return { path: [], what }
  for (const key of Object.keys(value)) {
    const below = jsonLossIn((value as Record<string, unknown>)[key])
    if (below !== undefined) return { path: [stepTo(value, key), ...below.path], what: below.what }
  }
  return undefined
}

function primitiveLoss(value: unknown): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : String(value)
  if (typeof value === 'function') return 'a function'
  return typeof value === 'symbol' ? 'a symbol' : undefined
}

/** These JSON makes `{}` of. */
const emptied: readonly (readonly [is: (value: unknown) => boolean, what: string])[] = [
  [types.isMap, 'a Map'],
  [types.isSet, 'a Set'],
  [types.isWeakMap, 'a WeakMap'],
  [types.isWeakSet, 'a WeakSet'],
  [types.isRegExp, 'a RegExp'],
  [types.isNativeError, 'an Error'],
  [types.isPromise, 'a Promise'],
  [types.isAnyArrayBuffer, 'an ArrayBuffer'],
]

function saysWhatItMeans(value: object): boolean {
  return typeof (value as { toJSON?: unknown }).toJSON === 'function'
}

function isOfNoTime(value: object): boolean {
  return types.isDate(value) && Number.isNaN(value.getTime())
}

function objectLoss(value: object): string | undefined {
  if (isOfNoTime(value)) return 'an invalid Date'
  if (ArrayBuffer.isView(value)) return `a ${value.constructor.name}`
  return emptied.find(([is]) => is(value))?.[1]
}

function stepTo(value: object, key: string): Step {
  return Array.isArray(value) ? { kind: 'index', index: Number(key) } : { kind: 'property', key }
}
