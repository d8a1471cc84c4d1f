import * as own from './captured.ts'
import { agentModule, isBegun, isUnheard } from './http-agents.ts'
import { isNative } from './intrinsic-roots.ts'

/**
 * Objects of built-in classes that are told whole by what they were made with: formatters of `Intl`, encoders and decoders of
 * text, agents of HTTP. None of it runs code of the user's: what answers was taken when this file was loaded.
 */

/** The name of the class as a built-in, or an agent's module, and the list that it is called with, as JSON. */
export interface Told {
  readonly by: string
  readonly text: string
  /** Own properties that come with it. */
  readonly implied?: (object: object, key: PropertyKey) => boolean
}

type Tell = (object: object) => Told | undefined
type Maker = new (...args: unknown[]) => object
type Options = Readonly<Record<string, unknown>>

const { parse, stringify } = JSON

/** `JSON.stringify` would ask a list or an object for a `toJSON`. */
function listOf(first: string, options?: Options): string {
  if (options === undefined) return `[${stringify(first)}]`
  const parts = own.ownKeys(options).map(key => `${stringify(key)}:${stringify(options[key as string])}`)
  return `[${stringify(first)},{${parts.join()}}]`
}

function methodOf<Result>(maker: Maker, name: string): ((self: object) => Result) | undefined {
  const method: unknown = own.getOwnPropertyDescriptor(maker.prototype as object, name)?.value
  return typeof method === 'function' && isNative(method) ? own.uncurried(method as () => Result) : undefined
}

/** What the same options may give differently where they came by other ways: seen by these. */
const MOMENTS = [0, 1e12, 1.5e12 + 45_296_789]

function formatter(name: string, maker: Maker): Tell {
  const resolved = methodOf<Options>(maker, 'resolvedOptions')
  const parts = name === 'DateTimeFormat' ? formatToParts(maker) : () => ''
  return object => {
    if (resolved === undefined) return undefined
    const { locale, hour12: _, ...all } = resolved(object)
    // Of two ways to round V8 tells but one.
    if (all['notation'] !== 'compact' && (all['roundingPriority'] ?? 'auto') !== 'auto') return undefined
    for (const options of ways(all)) {
      const text = listOf(locale as string, primitives(options))
      const again = Reflect.construct(maker, parse(text) as unknown[]) as object
      if (same(resolved(again), resolved(object)) && parts(again) === parts(object)) return { by: `Intl.${name}`, text }
    }
    return undefined
  }
}

/** It may tell another width of the month, or hour cycle, than it was asked for and formats by. */
function* ways(all: Options): Generator<Options> {
  yield all
  const { hourCycle: _, ...rest } = all
  if (all['hourCycle'] !== undefined) yield rest
  if (all['month'] === undefined) return
  for (const month of ['long', 'short', 'numeric']) yield { ...rest, month }
}

function formatToParts(maker: Maker): (object: object) => string {
  const { formatToParts } = maker.prototype as { formatToParts: (time: number) => { type: string; value: string }[] }
  const tell = own.uncurried(formatToParts) as (object: object, time: number) => { type: string; value: string }[]
  return object => MOMENTS.flatMap(time => tell(object, time).map(({ type, value }) => `${type} ${value}`)).join('\n')
}

/** Lists of what it knows are told with the options that there are. */
function primitives(options: Options): Options {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => typeof value !== 'object'))
}

function same(one: Options, other: Options): boolean {
  const text = (options: Options): string => listOf('', primitives(options))
  return text(one) === text(other)
}

function locale(maker: Maker): Tell {
  const tag = methodOf<string>(maker, 'toString')
  return object => (tag === undefined ? undefined : { by: 'Intl.Locale', text: listOf(tag(object)) })
}

const textEncoder: Tell = () => ({ by: 'TextEncoder', text: '[]', implied: impliedBy(new own.TextEncoder()) })

/** What was decoded in part is kept in its properties, or in one that is an object. */
const textDecoder: Tell = object => {
  const { encoding, fatal, ignoreBOM } = own.textDecoder
  const options = { fatal: fatal(object), ignoreBOM: ignoreBOM(object) }
  const fresh = new own.TextDecoder(encoding(object), options)
  const implied = impliedBy(fresh)
  const isFresh = own.ownKeys(fresh).every(key => implied(object, key))
  return isFresh ? { by: 'TextDecoder', text: listOf(encoding(object), options), implied } : undefined
}

function impliedBy(fresh: object): (object: object, key: PropertyKey) => boolean {
  return (object, key) => {
    const here: unknown = own.getOwnPropertyDescriptor(object, key)?.value
    const slot = own.getOwnPropertyDescriptor(fresh, key)
    if (slot === undefined) return false
    return here === slot.value || (typeof here === 'function' && typeof slot.value === 'function')
  }
}

const tellers = new Map<object, Tell>([
  [own.TextEncoder.prototype, textEncoder],
  [own.TextDecoder.prototype, textDecoder],
])
for (const name of own.getOwnPropertyNames(Intl)) {
  const maker: unknown = own.getOwnPropertyDescriptor(Intl, name)?.value
  if (typeof maker !== 'function' || !own.hasOwn(maker, 'prototype') || !isNative(maker)) continue
  tellers.set(maker.prototype as object, name === 'Locale' ? locale(maker as Maker) : formatter(name, maker as Maker))
}

function agent(object: object, prototype: object): Told | undefined {
  const by = agentModule(prototype)
  return by !== undefined && isUnheard(object) ? { by, text: '[]', implied: isBegun } : undefined
}

/** Whether objects below a prototype have such state. */
export function isTold(prototype: object): boolean {
  return tellers.has(prototype) || agentModule(prototype) !== undefined
}

/** What an object tells, as one below this prototype; undefined where it has more, or is none. */
export function toldOf(object: object, prototype: object): Told | undefined {
  try {
    return tellers.get(prototype)?.(object) ?? agent(object, prototype)
  } catch {
    // It inherits from the prototype and was not made by the class.
    return undefined
  }
}
