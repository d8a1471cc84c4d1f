import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'

/** A function's own name; undefined where a program made something else of it. */
export function nameOf(fn: Callable): string | undefined {
  if (types.isProxy(fn)) return undefined
  const slot = Object.getOwnPropertyDescriptor(fn, 'name')
  return typeof slot?.value === 'string' ? slot.value : undefined
}

/** The name as functions are made with it; undefined where it is another kind of property, or none. */
export function givenName(fn: Callable): string | undefined {
  const slot = Object.getOwnPropertyDescriptor(fn, 'name')
  return typeof slot?.value === 'string' && isGiven(slot) ? slot.value : undefined
}

/** Whether a property is as those that every function is made with. */
export function isGiven({ writable, enumerable, configurable }: PropertyDescriptor): boolean {
  return writable === false && enumerable === false && configurable === true
}

/** How a function is called in paths. */
export function displayName(fn: Callable): string {
  const name = nameOf(fn)
  return name === undefined || name === '' ? '(anonymous)' : name
}
