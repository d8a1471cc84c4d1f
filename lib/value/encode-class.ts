import type { Callable } from './captured.ts'
import * as own from './captured.ts'
import type { Encoding } from './encoding.ts'
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

/** The class whose `prototype` this is, where the two name each other. */
export function constructorOf(prototype: object): Callable | undefined {
  if (own.isProxy(prototype)) return undefined
  const owner: unknown = own.getOwnPropertyDescriptor(prototype, 'constructor')?.value
  if (typeof owner !== 'function' || own.isProxy(owner)) return undefined
  return own.getOwnPropertyDescriptor(owner, 'prototype')?.value === prototype ? owner : undefined
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

function classId(encoding: Encoding, instance: object, owner: Callable): number {
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
    return options.functions(owner, 'class')
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
