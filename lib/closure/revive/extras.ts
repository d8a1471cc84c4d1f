import type { Callable } from '../../value/captured.ts'
import { type Extras, flag } from '../bundle-format.ts'
import { refuse } from './open-bundle.ts'
import type { RevealPrivate } from './private-state.ts'

/** Gives a function what it had beyond its text. */
export function applyExtras(fn: Callable, extras: NonNullable<Extras>, reveal: RevealPrivate): void {
  if (!Array.isArray(extras) || extras.length !== 9) throw refuse('what a function has beyond its text is broken')
  const [own, ofPrototype, prototype, inherits, prototypeInherits, level, prototypeLevel, statics, hidden] = extras
  if (prototype.length > 0) fn.prototype = prototype[0]
  const made: unknown = fn.prototype
  if (inherits.length > 0) Object.setPrototypeOf(fn, inherits[0] as object | null)
  if (typeof made === 'object' && made !== null) {
    if (prototypeInherits.length > 0) Object.setPrototypeOf(made, prototypeInherits[0] as object | null)
    define(made, ofPrototype)
    limit(made, prototypeLevel)
  }
  if (statics.length > 0) reveal.statics(fn, statics)
  for (const layers of hidden) reveal.fill(fn, layers)
  define(fn, own)
  limit(fn, level)
}

function define(object: object, properties: readonly unknown[]): void {
  for (let at = 0; at < properties.length; at += 3) {
    const key = properties[at] as string | symbol
    const bits = properties[at + 1] as number
    const common = { enumerable: (bits & flag.ENUMERABLE) !== 0, configurable: (bits & flag.CONFIGURABLE) !== 0 }
    if ((bits & flag.DELETED) !== 0) {
      Reflect.deleteProperty(object, key)
      continue
    }
    if ((bits & flag.ACCESSOR) === 0) {
      Object.defineProperty(object, key, {
        ...common,
        ...((bits & flag.KEPT) === 0 && { value: properties[at + 2] }),
        writable: (bits & flag.WRITABLE) !== 0,
      })
      continue
    }
    const get = properties[at + 2] as () => unknown
    const set = properties[at + 3] as (value: unknown) => void
    Object.defineProperty(object, key, { ...common, get, set })
    at++
  }
}

function limit(object: object, level: number): void {
  if (level === 1) Object.preventExtensions(object)
  else if (level === 2) Object.seal(object)
  else if (level === 3) Object.freeze(object)
}
