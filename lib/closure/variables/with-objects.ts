import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { isOrdinary } from '../../value/encode-class.ts'
import { intrinsicName } from '../../value/intrinsics.ts'
import { CaptureError } from '../capture-error.ts'
import { type Scope, withsAround } from '../names/scope.ts'
import { displayName } from '../nodes/function-name.ts'
import type { ReferenceTable } from '../nodes/reference-table.ts'
import { objectByReference } from '../nodes/referenced-object.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { lookAgain } from '../source/inspector.ts'
import { placeOf } from '../source/script.ts'

/** Names whose meaning a function's text loses on its way, so that an object must not have them. */
const replaced = ['arguments', 'require']

/**
 * The objects of the `with` blocks in which captured functions were written. The receiver has to have such an object before
 * it can make the functions, and these may be what the object holds: so it makes an empty one first, and fills that with
 * what a copy of the object's properties brings.
 */
export class WithObjects {
  /** Those that the receiver makes, by number. */
  readonly made = new Map<object, number>()
  readonly #copies: object[] = []
  readonly #references: ReferenceTable
  readonly #isHeld: (object: object) => boolean

  /** @param isHeld whether the receiver has an object from another message */
  constructor(references: ReferenceTable, isHeld: (object: object) => boolean) {
    this.#references = references
    this.#isHeld = isHeld
  }

  /** The objects around a function by the scopes of their blocks. @throws {CaptureError} for one that can't be made there */
  around(fn: Callable, code: FunctionCode, withs: readonly object[]): ReadonlyMap<Scope, object> {
    const scopes = withsAround(code.syntax.scope)
    if (scopes.length === 0 && withs.length === 0) return none
    const refuse = (why: string): never => {
      // Evaluated code has no file: the place is then where the function was given to us.
      const place = code.script.url === '' ? undefined : placeOf(code.script, code.start)
      const hint = 'Name the properties that it needs.'
      throw new CaptureError(why, { path: [displayName(fn), 'with'], place, hint })
    }
    if (scopes.length !== withs.length) refuse('it is evaluated code inside of `with`')
    // V8 shows a proxy as an empty object, another one each time.
    const again = lookAgain(fn).withs
    if (withs.some((object, index) => object !== again[index])) refuse('it was written inside of `with` of a Proxy')
    for (const object of withs) {
      const word = replaced.find(name => mayHave(object, name) && usesWord(code, name))
      if (word !== undefined) refuse(`it uses \`${word}\`, which the object of the \`with\` around it has too`)
      if (this.numberOf(object) !== undefined) continue
      const why = this.#whyNot(object)
      if (why !== undefined) refuse(`it was written inside of \`with\` of ${why}`)
      this.made.set(object, this.#copies.push(copyOf(object)) - 1)
    }
    return new Map(scopes.map((scope, index) => [scope, withs[index] as object]))
  }

  /** The number of an object: of one that the receiver has itself, -1 - its reference. Undefined for what is no such object. */
  numberOf(object: object): number | undefined {
    const reference = this.#referenceTo(object)
    return reference === undefined ? this.made.get(object) : -1 - reference
  }

  /** What the receiver fills it from. */
  copyOf(object: object): object | undefined {
    return this.#copies[this.made.get(object) ?? -1]
  }

  #referenceTo(object: object): number | undefined {
    if (this.made.has(object)) return undefined
    const name = intrinsicName(object)
    if (name === undefined) return objectByReference(object, this.#references)
    return this.#references.add(['intrinsic', name])
  }

  #whyNot(object: object): string | undefined {
    if (typeof object === 'function') return 'a function'
    if (!isOrdinary(object) || isBelowBuiltIn(object)) return 'an object that is more than its properties'
    if (isPrototype(object)) return 'the prototype of a function'
    return this.#isHeld(object) ? 'an object that travels with another function' : undefined
  }
}

const none: ReadonlyMap<Scope, object> = new Map()

function usesWord({ script, start, end }: FunctionCode, word: string): boolean {
  return script.source.slice(start, end).includes(word)
}

/** Asks no trap. */
function mayHave(object: object, name: string): boolean {
  for (let at: object | null = object; at !== null; at = Object.getPrototypeOf(at) as object | null) {
    if (types.isProxy(at) || Object.hasOwn(at, name)) return true
  }
  return false
}

function isBelowBuiltIn(object: object): boolean {
  let above = Object.getPrototypeOf(object) as object | null
  while (above !== null && above !== Object.prototype && !types.isProxy(above)) {
    if (intrinsicName(above) !== undefined) return true
    above = Object.getPrototypeOf(above) as object | null
  }
  return false
}

function isPrototype(object: object): boolean {
  const owner: unknown = Object.getOwnPropertyDescriptor(object, 'constructor')?.value
  if (typeof owner !== 'function' || types.isProxy(owner)) return false
  return Object.getOwnPropertyDescriptor(owner, 'prototype')?.value === object
}

/** Another object with all that an object of no other state has. Calls no getter. */
function copyOf(object: object): object {
  const copy = Object.create(Object.getPrototypeOf(object) as object | null, Object.getOwnPropertyDescriptors(object))
  if (Object.isExtensible(object)) return copy as object
  return Object.preventExtensions(copy as object)
}
