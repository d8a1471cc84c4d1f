import type { Callable } from './captured.ts'
import * as own from './captured.ts'
import type { Encoding } from './encoding.ts'
import { isTold } from './hidden-state.ts'
import { intrinsicName } from './intrinsics.ts'
import { isStandardGlobal } from './standard-globals.ts'
import { Refusal } from './value-error.ts'

/** Whether an object is nothing but its properties and prototype: no Map, Date, error, view, … of whatever prototype. */
export function isOrdinary(object: object): boolean {
  return !(
    own.isArray(object) ||
    own.isMap(object) ||
    own.isSet(object) ||
    own.isDate(object) ||
    own.isNativeError(object) ||
    own.isRegExp(object) ||
    own.isView(object) ||
    own.isAnyArrayBuffer(object) ||
    own.isBoxedPrimitive(object) ||
    own.isArgumentsObject(object) ||
    own.isPromise(object) ||
    own.isWeakMap(object) ||
    own.isWeakSet(object) ||
    own.isGeneratorObject(object) ||
    own.isMapIterator(object) ||
    own.isSetIterator(object) ||
    own.isModuleNamespaceObject(object) ||
    own.isExternal(object)
  )
}

/**
 * The same of an object whose properties are all writable and configurable, which arrays, regular expressions and module
 * namespaces are not: this is asked of each plain object.
 */
export function isOrdinaryWithDefaults(object: object): boolean {
  return !(
    own.isMap(object) ||
    own.isSet(object) ||
    own.isDate(object) ||
    own.isNativeError(object) ||
    own.isView(object) ||
    own.isAnyArrayBuffer(object) ||
    own.isBoxedPrimitive(object) ||
    own.isArgumentsObject(object) ||
    own.isPromise(object) ||
    own.isWeakMap(object) ||
    own.isWeakSet(object) ||
    own.isGeneratorObject(object) ||
    own.isMapIterator(object) ||
    own.isSetIterator(object) ||
    own.isExternal(object)
  )
}

/** The class whose `prototype` this is, where the two name each other. */
export function constructorOf(prototype: object): Callable | undefined {
  if (own.isProxy(prototype)) return undefined
  const owner: unknown = own.getOwnPropertyDescriptor(prototype, 'constructor')?.value
  if (typeof owner !== 'function' || own.isProxy(owner)) return undefined
  return own.getOwnPropertyDescriptor(owner, 'prototype')?.value === prototype ? owner : undefined
}

/** Whether an object stands below a built-in class other than Object, as its state may not be in its properties. */
export function isBelowBuiltIn(encoding: Encoding, prototype: object): boolean {
  const known = encoding.belowBuiltIn.get(prototype)
  if (known !== undefined) return known
  let found = false
  for (let above: object | null = prototype; above !== null && above !== Object.prototype && !found; ) {
    if (own.isProxy(above)) break
    const name: unknown = own.getOwnPropertyDescriptor(constructorOf(above) ?? above, 'name')?.value
    // The name is asked first, as the table of built-ins takes time to make.
    found = isTold(above) || (typeof name === 'string' && isStandardGlobal(name) && intrinsicName(above) !== undefined)
    above = own.getPrototypeOf(above) as object | null
  }
  encoding.belowBuiltIn.set(prototype, found)
  return found
}

/** The id of the class of an instance; undefined when its prototype is no class's, and travels as an object itself. */
export function classOf(encoding: Encoding, instance: object, prototype: object): number | undefined {
  const known = encoding.classes.get(prototype)
  if (known !== undefined) return known < 0 ? undefined : known
  const owner = constructorOf(prototype)
  const id = owner === undefined ? -1 : classId(encoding, instance, owner)
  encoding.classes.set(prototype, id)
  return id < 0 ? undefined : id
}

export function classId(encoding: Encoding, instance: object, owner: Callable): number {
  const { options, level } = encoding
  const name = nameOf(owner)
  if (level === 2)
    throw new Refusal(instance, `fastSerialization: 2 takes plain data only, and this is an instance of ${name}`)
  if (options.functions === undefined) {
    throw new Refusal(
      instance,
      `an instance of ${name} can’t be sent here, as classes can’t`,
      'Send its data as a plain object.',
    )
  }
  try {
    const id = options.functions(owner, 'class')
    if (typeof id === 'number') return id
    throw new Error(`${name} is a bound function or a proxy`)
  } catch (cause) {
    encoding.refuse(instance, `an instance of ${name} can’t be sent: ${messageOf(cause)}`, undefined, cause)
  }
}

export function nameOf(fn: Callable): string {
  const name: unknown = own.getOwnPropertyDescriptor(fn, 'name')?.value
  return typeof name === 'string' && name !== '' ? name : 'an unnamed class'
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
