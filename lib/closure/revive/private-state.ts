import type { Callable } from '../../value/captured.ts'
import type { Reveal } from '../../value/decode.ts'
import type { PrivateLayers } from '../bundle-format.ts'
import type { Factory } from './instantiate.ts'
import { refuse } from './open-bundle.ts'

/** Puts private fields back, of instances and of classes. */
export interface RevealPrivate extends Reveal {
  fill(object: object, layers: unknown): void
  statics(owner: Callable, values: readonly unknown[]): void
}

/** What the text of a class hands out: see `source/private-members`. */
interface Access {
  readonly guard: ((making: object | undefined) => void) | undefined
  /** False when the object has none of them. */
  readonly fill: ((object: object, values: readonly unknown[]) => unknown) | undefined
  readonly statics: ((values: readonly unknown[]) => void) | undefined
  /** Enters the scope inside of its text. */
  body: Factory | undefined
}

const accesses = new WeakMap<object, Access>()

/** Takes what the text of a class hands out, in one call or two. */
export function takeAccess(
  owner: Callable,
  guard: Access['guard'],
  fill: Access['fill'],
  statics: Access['statics'],
  body?: Factory,
): void {
  const access = accesses.get(owner)
  if (access === undefined) accesses.set(owner, { guard, fill, statics, body })
  else access.body = body
}

/** The scope inside of the text of a class; undefined for one that came without. */
export function bodyOf(owner: Callable): Factory | undefined {
  return accesses.get(owner)?.body
}

/** By the classes' own texts. */
export const byText: RevealPrivate = {
  create: owner => construct(owner),
  fill(object, layers) {
    for (const [owner, ...values] of layersOf(layers)) {
      const { fill } = accessOf(owner)
      if (fill === undefined) throw broken()
      if (fill(object, values) !== false) continue
      give(owner, object)
      fill(object, values)
    }
  },
  statics: (owner, values) => accessOf(owner).statics?.(values),
}

function broken(): Error {
  return refuse('what an instance hides is broken')
}

export function layersOf(layers: unknown): PrivateLayers {
  const isSound = Array.isArray(layers) && layers.every(it => Array.isArray(it) && typeof it[0] === 'function')
  if (!isSound) throw broken()
  return layers as unknown as PrivateLayers
}

/** Whether a class came with a text that puts its fields back. */
export function hasAccess(owner: Callable): boolean {
  return accesses.has(owner)
}

/** What puts its instances' private fields back, where they get private members. */
export function fillOf(owner: object): Access['fill'] {
  return accesses.get(owner)?.fill
}

function accessOf(owner: Callable): Access {
  const access = accesses.get(owner)
  if (access === undefined) throw refuse(`the private fields of ${owner.name} can’t be put back`)
  return access
}

/** An instance without own properties. Runs nothing of the user's. */
function construct(owner: Callable): object {
  const { guard } = accessOf(owner)
  const making: { made?: object } = {}
  let made: object
  guard?.(making)
  try {
    made = Reflect.construct(owner, []) as object
  } catch (error) {
    if (error !== making || making.made === undefined) throw error
    made = making.made
  } finally {
    guard?.(undefined)
  }
  return without(made, () => true)
}

/** From the last to the first: V8 then takes it for an object that never had them. */
export function without(object: object, isGone: (key: string | symbol) => boolean): object {
  for (const key of Reflect.ownKeys(object).reverse()) if (isGone(key)) Reflect.deleteProperty(object, key)
  return object
}

/** Gives an object the private fields of a class with a superclass, and nothing else. */
function give(owner: Callable, object: object): void {
  const { guard } = accessOf(owner)
  const making = {}
  guard?.(making)
  try {
    constructOn(owner, object)
  } catch (error) {
    if (error !== making) throw error
  } finally {
    guard?.(undefined)
  }
}

/**
 * Runs the constructor of a derived class with an object of which only private fields are to stay.
 * @param construct does so
 */
export function constructOn(
  owner: Callable,
  object: object,
  construct = (): unknown => Reflect.construct(owner, []),
): void {
  const above = Object.getPrototypeOf(owner) as object | null
  const before = new Set(Reflect.ownKeys(object))
  // biome-ignore lint/complexity/useArrowFunction: an arrow function is no constructor
  Object.setPrototypeOf(owner, function () {
    return object
  })
  try {
    construct()
  } finally {
    Object.setPrototypeOf(owner, above)
    without(object, key => !before.has(key))
  }
}
