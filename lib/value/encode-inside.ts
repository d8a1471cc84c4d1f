import { promisify } from 'node:util'
import type { Base } from './base.ts'
import type { Callable } from './captured.ts'
import * as own from './captured.ts'
import { enter, insideOf } from './encode-anew.ts'
import { encodeHeld } from './encode-stand-in.ts'
import { BOTH, CONTENTS, type Encoding, HEADER } from './encoding.ts'
import { type Inside, wrappers } from './inside.ts'
import { MAX_NESTED } from './limits.ts'
import { refuseOther } from './refusals.ts'
import * as tag from './tags.ts'

/**
 * Bound functions, those that Node made of others, proxies and promises. What a bound function or proxy holds was there before it, and is so here and
 * there; but what that holds in turn may be the function again. So its parts travel as headers, their contents later.
 */

type Kind<K extends Inside['kind']> = Extract<Inside, { kind: K }>

/** Writes a part as a header, whose contents follow after the root. */
function encodePart(encoding: Encoding, part: unknown): void {
  encoding.value(part, MAX_NESTED)
}

export function encodeProxy(encoding: Encoding, proxy: object, inside = insideOf(encoding, proxy)): void {
  if (inside?.kind !== 'proxy') {
    const hint = 'Send its target, or a copy of its data.'
    return encoding.refuse(proxy, 'a Proxy can’t be sent, as reading it would run its traps', hint)
  }
  enter(encoding, proxy)
  encoding.byte(tag.PROXY)
  encodePart(encoding, inside.target)
  encodePart(encoding, inside.handler)
  encoding.chain--
}

/** A function that is none by its text: numbered like an object. `dress` writes a base with what it does not imply. */
export function encodeInner(
  encoding: Encoding,
  fn: Callable,
  inside: Inside,
  depth: number,
  dress: (encoding: Encoding, fn: object, prototype: object | null, depth: number, part: 3, base: Base) => void,
): void {
  const known = encoding.numberOf(fn)
  if (known >= 0) encoding.tagged(tag.REF, known)
  else if (encodeHeld(encoding, fn)) return
  else if (inside.kind === 'proxy') encodeProxy(encoding, fn, inside)
  else {
    const base = functionBase(encoding, fn, inside)
    if (base !== undefined) dress(encoding, fn, own.getPrototypeOf(fn) as object | null, depth, BOTH, base)
  }
}

function functionBase(encoding: Encoding, fn: Callable, inside: Inside): Base | undefined {
  if (inside.kind === 'bound') return boundBase(encoding, fn, inside)
  return inside.kind === 'wrapped' ? wrappedBase(encoding, fn, inside) : undefined
}

/** What properties it took from the other function it has there as that has them then, so they travel. */
function wrappedBase(encoding: Encoding, fn: Callable, { by, args }: Kind<'wrapped'>): Base {
  const [target] = args
  const prototypeOf = (of: unknown): unknown =>
    typeof of === 'function' ? own.getOwnPropertyDescriptor(of, 'prototype')?.value : undefined
  return {
    prototype: typeof target === 'function' ? inherits(fn, target as Callable) : Function.prototype,
    implied: (wrapped, key) => {
      const { value } = own.getOwnPropertyDescriptor(wrapped, key) as PropertyDescriptor
      if (key === promisify.custom) return value === wrapped
      if (key === 'enabled') return by === 'debuglog'
      return key === 'prototype' && (value === prototypeOf(target) || isMadeWith(wrapped, value))
    },
    write(_encoding, _fn, depth) {
      if (depth > MAX_NESTED) encoding.refuse(fn, `a function that Node made nests deeper than ${MAX_NESTED} levels`)
      enter(encoding, fn)
      encoding.byte(tag.WRAPPED)
      encoding.byte(wrappers.indexOf(by))
      encoding.varint(args.length)
      for (const arg of args) encodePart(encoding, arg)
      encoding.chain--
    },
  }
}

function isMadeWith(fn: object, prototype: unknown): boolean {
  if (typeof prototype !== 'object' || prototype === null || own.isProxy(prototype)) return false
  return own.getOwnPropertyDescriptor(prototype, 'constructor')?.value === fn && own.ownKeys(prototype).length === 1
}

function boundBase(encoding: Encoding, fn: Callable, { target, self, args }: Kind<'bound'>): Base {
  return {
    prototype: inherits(fn, target),
    implied: (bound, key, integrity) => {
      const slot = own.getOwnPropertyDescriptor(bound, key) as PropertyDescriptor
      const isUsual = slot.enumerable !== true && slot.writable === false && slot.configurable === integrity < 2
      if (!isUsual) return false
      if (key === 'name') return slot.value === `bound ${textOf(target, 'name')}`
      return key === 'length' && slot.value === Math.max(0, Number(textOf(target, 'length')) - args.length)
    },
    write(_encoding, _fn, depth) {
      if (depth > MAX_NESTED) encoding.refuse(fn, `a bound function nests deeper than ${MAX_NESTED} levels`)
      enter(encoding, fn)
      encoding.byte(tag.BOUND)
      encodePart(encoding, target)
      encodePart(encoding, self)
      encoding.varint(args.length)
      for (const arg of args) encodePart(encoding, arg)
      encoding.chain--
    },
  }
}

const functionPrototypes: readonly unknown[] = [
  Function.prototype,
  own.getPrototypeOf(async () => undefined),
  own.getPrototypeOf(function* () {}),
  own.getPrototypeOf(async function* () {}),
]
const none = {}

/** What binding the target there gives it to inherit from; what nothing inherits from where that is not certain. */
function inherits(fn: Callable, target: Callable): object {
  const prototype = own.getPrototypeOf(fn) as object
  return functionPrototypes.includes(prototype) && own.getPrototypeOf(target) === prototype ? prototype : none
}

function textOf(target: Callable, key: 'name' | 'length'): string {
  const value: unknown = own.getOwnPropertyDescriptor(target, key)?.value
  return typeof value === 'string' || typeof value === 'number' ? String(value) : ''
}

export function promiseBase(encoding: Encoding, promise: object): Base {
  const inside = insideOf(encoding, promise)
  if (inside?.kind !== 'promise') return refuseOther(promise)
  const { rejected, value } = inside
  return {
    prototype: Promise.prototype,
    write(to, _promise, depth, part) {
      if (part !== CONTENTS) {
        to.byte(tag.PROMISE)
        to.byte(rejected ? 1 : 0)
      }
      if (part !== HEADER) to.value(value, depth + 1)
    },
  }
}
