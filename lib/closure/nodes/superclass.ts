import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import type { FunctionCode } from '../source/function-code.ts'

/**
 * What a class's text extends there: its present superclass. Undefined where that can't stand behind `extends` without
 * running something (null, a bound function, a Proxy, what a program put there later): the text then extends null, and
 * what the class and its prototype inherit from is set afterwards.
 */
export function superclassOf(fn: Callable, { derived }: FunctionCode): Callable | undefined {
  if (!derived) return undefined
  const above: unknown = Object.getPrototypeOf(fn)
  if (typeof above !== 'function' || types.isProxy(above) || isBound(above) || !isConstructor(above)) return undefined
  const prototype: unknown = Object.getOwnPropertyDescriptor(above, 'prototype')?.value
  return prototype === null || (typeof prototype === 'object' && !types.isProxy(prototype)) ? above : undefined
}

/** Built-ins say their name in their text. Only bound functions to which a program gave a `prototype` can be extended. */
function isBound(fn: Callable): boolean {
  return functionText(fn) === 'function () { [native code] }'
}

/** Asks without a call of it: the trap answers instead. */
function isConstructor(fn: Callable): boolean {
  const asked = new Proxy(fn, { construct: () => ({}) }) as unknown as new () => object
  try {
    new asked()
    return true
  } catch {
    return false
  }
}
