import { EventEmitter } from 'node:events'
import { callbackify, debuglog, deprecate, promisify } from 'node:util'
import type { Callable } from './captured-base.ts'
import * as own from './captured-base.ts'
import { type Decoding, PENDING } from './decoding.ts'
import { isThenable, valueAt } from './inside.ts'
import { intrinsicByName } from './intrinsic-by-name.ts'
import { MAX_NESTED } from './limits.ts'
import * as tag from './tags.ts'

const bind = Function.prototype.call.bind(Function.prototype.bind) as (
  target: Callable,
  ...args: readonly unknown[]
) => Callable
const { then } = Promise.prototype
/** Where a part stands: what it holds is put off, but for its dress if it must be whole itself. */
const PART = MAX_NESTED - 1
/** Arguments of one call; V8's stack holds about 100,000. */
const MAX_ARGUMENTS = 10_000

/** A bound function, one that was wrapped, or a proxy: its parts are there, if empty, before it. */
export function decodeWhole(decoding: Decoding, first: number): unknown {
  const number = decoding.objects.length
  decoding.objects.push(PENDING)
  // It is whole before what follows, also where its dress comes later.
  decoding.isLater = false
  if (++decoding.chain > MAX_NESTED) decoding.refuse('it nests what must be whole too deep')
  const made =
    first === tag.BOUND
      ? decodeBound(decoding)
      : first === tag.WRAPPED
        ? decodeWrapped(decoding)
        : decodeProxy(decoding)
  decoding.chain--
  decoding.objects[number] = made
  return made
}

function decodeBound(decoding: Decoding): Callable {
  const target = decoding.value(PART)
  if (typeof target !== 'function' || own.isProxy(target)) decoding.refuse('it binds what is no function')
  return bind(target, decoding.value(PART), ...decodeArguments(decoding))
}

function decodeArguments(decoding: Decoding): unknown[] {
  const count = decoding.count()
  if (count > MAX_ARGUMENTS) decoding.refuse(`it binds ${count} arguments`)
  return Array.from({ length: count }, () => decoding.value(PART))
}

/** As `wrappers` has them. */
const makers = [promisify, callbackify, debuglog, deprecate, onceWrapper, byBuiltIn] as const

function decodeWrapped(decoding: Decoding): Callable {
  const make = makers[decoding.byte()] as ((...args: unknown[]) => Callable) | undefined
  const args = decodeArguments(decoding)
  const first = args.at((make as unknown) === onceWrapper ? 2 : 0)
  const fits =
    make === debuglog || (make as unknown) === byBuiltIn
      ? typeof first === 'string'
      : typeof first === 'function' && valueAt(first, promisify.custom) !== valueAt
  if (make === undefined || !fits) decoding.refuse('it wraps nothing')
  return make(...args)
}

/** What may be asked to make something. */
const BUILT_INS = /^(Intl\.[A-Z]\w+|Text..coder|Weak(Map|Set)|URL\.prototype\.searchParams \(get\))$/

/** Modules, for the `Agent` of each: most jobs have none, and load no such module. */
const AGENTS = /^https?$/

/** @param of what a getter is called on, or as JSON what a class is given */
function byBuiltIn(name: string, of: unknown): unknown {
  const by = AGENTS.test(name)
    ? (process.getBuiltinModule(name) as typeof import('node:http')).Agent
    : (intrinsicByName(BUILT_INS.test(name) ? name : '') as Callable)
  return typeof of === 'string' ? Reflect.construct(by, JSON.parse(of) as unknown[]) : Reflect.apply(by, of, [])
}

/** `once` hands what it makes to the `on` of the emitter, which may have none of its properties yet, and never has one of that name. */
function onceWrapper(emitter: EventEmitter, type: string, listener: () => void): unknown {
  let made: unknown
  Object.defineProperty(emitter, 'on', {
    configurable: true,
    value(_type: string, wrapper: unknown) {
      made = wrapper
    },
  })
  EventEmitter.prototype.once.call(emitter, type, listener)
  delete (emitter as Partial<EventEmitter>).on
  return made
}

function decodeProxy(decoding: Decoding): object {
  const target = decoding.value(PART)
  return new Proxy(target as object, decoding.value(PART) as object)
}

/** Settled once its contents are there. What it is settled with is never asked for a `then`. */
export function decodePromise(decoding: Decoding, depth: number): Promise<unknown> {
  const { promise, resolve, reject } = Promise.withResolvers<unknown>()
  decoding.objects.push(promise)
  const rejected = decoding.byte() === 1
  const fill = (level: number): void => {
    const value = decoding.value(level)
    if (!rejected && isThenable(value)) decoding.refuse('it has a promise of what is a promise itself')
    if (!rejected) return resolve(value)
    // Whoever sent it has seen that it was rejected: here it is no failure that nobody heard of.
    void Reflect.apply(then, promise, [undefined, () => undefined])
    reject(value)
  }
  if (decoding.isLater) decoding.putOff(() => fill(1))
  else fill(depth + 1)
  return promise
}
