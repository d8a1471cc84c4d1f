import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { constructorOf } from '../../value/encode-class.ts'

/** The class of an instance, where its prototype is one's. */
export function classOf(value: unknown): Callable | undefined {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined
  const prototype = Object.getPrototypeOf(value) as object | null
  return prototype === null || prototype === Object.prototype ? undefined : constructorOf(prototype)
}
