import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import { constructorOf } from '../../value/encode-class.ts'
import type { Hidden } from '../../value/encoding.ts'
import { intrinsicName } from '../../value/intrinsics.ts'
import { Refusal } from '../../value/value-error.ts'
import type { PrivateLayers } from '../bundle-format.ts'
import { proxyAbove } from '../source/inherited-traps.ts'
import { lookAtPrivate, type PrivateEntry } from '../source/private-entries.ts'
import { withCulprit } from './class-refusals.ts'
import { displayName } from './function-name.ts'
import { madeAccess } from './private-access.ts'
import { accessTo, type Members, membersOf } from './private-classes.ts'
import { bare, FEW, isOfOne, isShown } from './private-looks.ts'

/**
 * What instances keep in private fields. The inspector tells all of an object's private names in one flat list; which
 * class each belongs to follows from the classes above the object, base first. But an instance may have been given
 * another prototype, and a constructor may be run for what a superclass returned: so beside a class with private fields
 * objects of the message are asked that are not below it.
 */
export class PrivateFields {
  /** Classes with private instance members, met so far. */
  readonly #classes = new Set<Callable>()
  /** Of prototypes that do not name their class: the class. */
  readonly #disowned = new Map<object, Callable>()
  /** Some class may give private fields to any object, at any time. */
  #anywhere = false
  /** Objects were let pass while there was no class that they could be of. */
  #passed = false
  readonly #above = new Map<object | null, readonly Callable[]>()
  readonly #found = new Map<object, PrivateLayers | undefined>()
  /** Whether the receiver can put private fields of this class back. Throws where it can't. */
  readonly #check: (owner: Callable) => void

  constructor(check: (owner: Callable) => void) {
    this.#check = check
  }

  /** Forgets what objects held: they may hold something else at the next encoding. */
  clear(): void {
    this.#found.clear()
  }

  /** Raised when objects that were looked at must be looked at again. */
  version = 0

  /** Takes note of a class that travels. */
  admit(fn: Callable): void {
    const members = membersOf(fn)
    if (members === undefined) return
    this.#classes.add(fn)
    const prototype = Object.getOwnPropertyDescriptor(fn, 'prototype')?.value as object
    if (constructorOf(prototype) !== fn && !this.#disowned.has(prototype)) {
      this.#disowned.set(prototype, fn)
      this.#above.clear()
      this.#found.clear()
      this.version++
    }
    this.#anywhere ||= members.derived && mayReturnOther(Object.getPrototypeOf(fn) as Callable)
    if (!this.#anywhere && !this.#passed) return
    this.#passed = false
    this.version++
    this.clear()
  }

  readonly hidden = (object: object, prototype: object | null): Hidden | undefined => {
    const layers = withCulprit(object, () => this.layers(object, prototype))
    if (layers === undefined) return undefined
    const maker = layers.find(([owner]) => membersOf(owner)?.derived === false)?.[0]
    return { maker, state: layers, parts: layers.flatMap(named) }
  }

  /** For the object of a `with` block, which is sent by its properties alone. @throws {Refusal} if it has private fields */
  refuseAny(object: object): undefined {
    if (this.layers(object, Object.getPrototypeOf(object) as object | null) === undefined) return
    const why = 'a function was written inside of `with` of an object with private fields'
    throw new Refusal(object, why, 'Name the properties that the function needs.')
  }

  /** Undefined for an object without private fields. @throws {Refusal} when whose they are can't be told */
  layers(object: object, prototype: object | null): PrivateLayers | undefined {
    const above = this.#classesAbove(prototype)
    if (above.length === 0 && !this.#anywhere) {
      if (typeof object === 'function') return undefined
      this.#passed ||= this.#classes.size === 0
      if (this.#classes.size === 0) return undefined
      if ((prototype === Object.prototype || prototype === Array.prototype) && !isOfOne(object, this.#classes, true))
        return undefined
    }
    if (this.#found.has(object)) return this.#found.get(object)
    const layers = intrinsicName(object) === undefined ? this.#look(object, above) : undefined
    for (const [owner] of layers ?? []) this.#check(owner)
    this.#found.set(object, layers)
    return layers
  }

  #look(object: object, above: readonly Callable[]): PrivateLayers | undefined {
    const others = [...this.#classes].filter(owner => !above.includes(owner))
    const isBare = above.length === 0 && !this.#anywhere && bare.has(object)
    const isFew = this.#found.size < FEW && !this.#anywhere && typeof object === 'object'
    const all = [...above, ...others]
    const isByAccess = all.every(owner => madeAccess(owner) !== undefined) || proxyAbove(object) !== undefined
    if ((isBare || (isFew && !isByAccess)) && all.every(owner => isShown(membersOf(owner) as Members))) {
      const entries = isBare ? [] : lookAtPrivate(object)
      if (entries.length === 0 && above.length === 0) bare.add(object)
      const layers = entries.length === 0 ? [] : matched(entries, above)
      if (layers !== undefined) return layers.length === 0 ? undefined : layers
    }
    return byAccess(object, above, others)
  }

  #classesAbove(prototype: object | null): readonly Callable[] {
    const open: object[] = []
    let at = prototype
    // What is above a Proxy its trap would tell.
    while (at !== null && at !== Object.prototype && !types.isProxy(at) && !this.#above.has(at)) {
      open.push(at)
      at = Object.getPrototypeOf(at) as object | null
    }
    let found = this.#above.get(at) ?? []
    for (const each of open.reverse()) {
      const owner = constructorOf(each) ?? this.#disowned.get(each)
      if (owner !== undefined && membersOf(owner) !== undefined) found = [...found, owner]
      this.#above.set(each, found)
    }
    return found
  }
}

function named([owner, ...values]: PrivateLayers[number]): unknown[] {
  const { fields } = membersOf(owner) as Members
  return values.flatMap((value, index) => [fields[index], value])
}

function byAccess(object: object, above: readonly Callable[], others: readonly Callable[]): PrivateLayers | undefined {
  const layers: PrivateLayers[number][] = []
  for (const owner of [...above, ...others]) {
    const access = accessTo(owner)
    if (access === undefined) {
      if (!above.includes(owner) && !mayHave(object, owner, above.length === 0)) continue
      throw new Refusal(
        object,
        `whether it has private members of ${displayName(owner)} can’t be told, as no method of that class can be stopped to look`,
        'Give the class a method without parameters, or keep that state in ordinary properties.',
      )
    }
    if (!access.has(object)) continue
    const values = access.read(object)
    if (values === undefined) {
      throw new Refusal(
        object,
        `it is only half made: not all of its private fields of ${displayName(owner)} are there`,
        'Send it after its constructor has returned.',
      )
    }
    layers.push([owner, ...values])
  }
  return layers.length === 0 ? undefined : layers
}

/** By names alone: whether an object that is not below the class has private fields that are called as its. */
function mayHave(object: object, owner: Callable, isBelowNone: boolean): boolean {
  const entries = lookAtPrivate(object)
  if (entries.length === 0 && isBelowNone) bare.add(object)
  return entries.some(({ name }) => (membersOf(owner) as Members).fields.includes(name))
}

/** Whether a constructor, or one above it, may give something else than what it was called to make. */
export function mayReturnOther(fn: Callable): boolean {
  if (fn === Function.prototype || intrinsicName(fn) !== undefined) return false
  const text = types.isProxy(fn) ? 'return' : functionText(fn)
  // Those of classes that stand in packages too: the word alone is enough to look closer at all objects.
  if (!text.startsWith('class')) return /\breturn\b/.test(text) || text.includes('[native code]')
  const found = /\bconstructor\s*\(/.exec(text)
  if (found !== null && /\breturn\b\s*[^\s;}]/.test(text.slice(found.index))) return true
  return mayReturnOther(Object.getPrototypeOf(fn) as Callable)
}

/** The entries as the fields of these classes in this order; undefined when they are not that. */
function matched(entries: readonly PrivateEntry[], owners: readonly Callable[]): PrivateLayers | undefined {
  let at = 0
  const layers: PrivateLayers[number][] = []
  for (const owner of owners) {
    const { fields, methods } = membersOf(owner) as Members
    // Of methods only accessors are there, before the fields.
    while (at < entries.length && methods.includes((entries[at] as PrivateEntry).name)) at++
    const found = entries.slice(at, at + fields.length)
    if (found.length < fields.length || found.some(({ name }, index) => name !== fields[index])) return undefined
    layers.push([owner, ...found.map(({ value }) => value)])
    at += fields.length
  }
  return at === entries.length ? layers : undefined
}
