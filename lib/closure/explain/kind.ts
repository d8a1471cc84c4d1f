import * as own from '../../value/captured.ts'
import { constructorOf, nameOf } from '../../value/encode-class.ts'

/** What a value is, in a word; runs nothing of it. */
export function kindOf(value: unknown): string {
  if (value === null) return 'null'
  if (typeof value === 'function') return isClass(value) ? 'class' : 'function'
  if (typeof value !== 'object') return typeof value
  if (own.isProxy(value)) return 'Proxy'
  if (own.isArray(value)) return 'array'
  const prototype = own.getPrototypeOf(value) as object | null
  if (prototype === null || prototype === Object.prototype) return 'object'
  const owner = constructorOf(prototype)
  return owner === undefined ? 'object' : nameOf(owner)
}

function isClass(fn: object): boolean {
  return !own.isProxy(fn) && /^class\b/.test(own.functionText(fn))
}
