import { types } from 'node:util'

// Taken when this file is loaded, so that what a program overrides later (or on its own objects) never runs here. Of that,
// what decoding needs: `captured` has all.

/** Any function or class. */
export type Callable = Function

/** `method.call` as a plain function. */
/* @__NO_SIDE_EFFECTS__ */
export function uncurried<Self, Arguments extends unknown[], Result>(
  method: (this: Self, ...args: Arguments) => Result,
): (self: Self, ...args: Arguments) => Result {
  return Function.prototype.call.bind(method) as never
}

export const {
  getOwnPropertyDescriptor,
  getOwnPropertyNames,
  getOwnPropertySymbols,
  getPrototypeOf,
  isExtensible,
  isFrozen,
  isSealed,
  defineProperty,
  setPrototypeOf,
  preventExtensions,
  seal,
  freeze,
  create,
  hasOwn,
} = Object
export const { isArray } = Array
export const { ownKeys } = Reflect
export const { isProxy } = types

export const addToMap = uncurried(Map.prototype.set) as (map: object, key: unknown, value: unknown) => unknown
export const addToSet = uncurried(Set.prototype.add) as (set: object, value: unknown) => unknown
export const functionText = uncurried(Function.prototype.toString) as (fn: object) => string
