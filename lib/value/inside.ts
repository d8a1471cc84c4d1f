import type { Callable } from './captured-base.ts'
import * as own from './captured-base.ts'

/** Functions of `node:util` that make a function of another one. Their order is that of the wire. */
export const wrappers = ['promisify', 'callbackify', 'debuglog'] as const
export type Wrapper = (typeof wrappers)[number]

/** What an object or function holds that no property shows. The encoder's caller knows how to look. */
export type Inside =
  | { readonly kind: 'bound'; readonly target: Callable; readonly self: unknown; readonly args: readonly unknown[] }
  /** What a wrapper made; `args` is what it was called with. */
  | { readonly kind: 'wrapped'; readonly by: Wrapper; readonly args: readonly unknown[] }
  | { readonly kind: 'proxy'; readonly target: object; readonly handler: object }
  | { readonly kind: 'promise'; readonly rejected: boolean; readonly value: unknown }

/** Whether to resolve a promise with it would ask it for a `then`, or call one. Looks through no getter or trap. */
export function isThenable(value: unknown): boolean {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null) return false
  for (let at: object | null = value; at !== null; at = own.getPrototypeOf(at) as object | null) {
    if (own.isProxy(at)) return true
    const slot = own.getOwnPropertyDescriptor(at, 'then')
    if (slot !== undefined) return !own.hasOwn(slot, 'value') || typeof slot.value === 'function'
  }
  return false
}
