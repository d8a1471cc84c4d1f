import type { Callable } from './captured-base.ts'
import * as own from './captured-base.ts'

/** Functions of Node that make a function of another one, and what stands for classes and getters. Their order is that of the wire. */
export const wrappers = ['promisify', 'callbackify', 'debuglog', 'deprecate', 'once', 'built-in'] as const
export type Wrapper = (typeof wrappers)[number]

/** What an object or function holds that no property shows. The encoder's caller knows how to look. */
export type Inside =
  | { readonly kind: 'bound'; readonly target: Callable; readonly self: unknown; readonly args: readonly unknown[] }
  /** What a wrapper made; `args` is what it was called with. */
  | { readonly kind: 'wrapped'; readonly by: Wrapper; readonly args: readonly unknown[] }
  | { readonly kind: 'proxy'; readonly target: object; readonly handler: object }
  | { readonly kind: 'promise'; readonly rejected: boolean; readonly value: unknown }
  /** Parameters of a URL. */
  | { readonly kind: 'search'; readonly of: object }

/** What a property holds, own or inherited; `valueAt` itself where a getter or trap would have to tell. Runs none. */
export function valueAt(object: object, key: PropertyKey): unknown {
  for (let at: object | null = object; at !== null; at = own.getPrototypeOf(at) as object | null) {
    const slot = own.isProxy(at) ? {} : own.getOwnPropertyDescriptor(at, key)
    if (slot !== undefined) return own.hasOwn(slot, 'value') ? slot.value : valueAt
  }
  return undefined
}

/** Whether to resolve a promise with it would ask it for a `then`, or call one. */
export function isThenable(value: unknown): boolean {
  const isObject = (typeof value === 'object' || typeof value === 'function') && value !== null
  return isObject && typeof valueAt(value, 'then') === 'function'
}
