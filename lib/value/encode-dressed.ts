import type { Base, Integrity } from './base.ts'
import * as own from './captured.ts'
import { baseOf, madeBase } from './encode-base.ts'
import { classOf, isOrdinary } from './encode-class.ts'
import { encodeKey } from './encode-shape.ts'
import { CONTENTS, type Encoding, HEADER, type Hidden, type Part } from './encoding.ts'
import { intrinsicName } from './intrinsics.ts'
import { slotOf } from './slot-of.ts'
import * as tag from './tags.ts'

/**
 * Everything but the most common: built-ins, and whatever has unusual properties, prototypes or integrity. It is
 * written as a base (a Map, an error, a bare object, …) dressed with all that the base does not imply.
 */
export function encodeDressed(
  encoding: Encoding,
  object: object,
  prototype: object | null,
  depth: number,
  part: Part,
  given?: Base,
  hidden?: Hidden,
): void {
  const name = intrinsicName(object)
  if (name !== undefined) return part === CONTENTS ? undefined : encodeIntrinsic(encoding, object, name)
  const { maker } = hidden ?? {}
  const base = given ?? (maker === undefined ? baseOf(encoding, object, prototype) : madeBase(encoding, object, maker))
  const integrity = integrityOf(object)
  const keys = propertiesBesides(base, object, integrity)
  const hasPrototype = prototype !== base.prototype
  const flags =
    (keys.length > 0 ? tag.HAS_PROPERTIES : 0) |
    (hasPrototype ? tag.HAS_PROTOTYPE : 0) |
    (hidden === undefined ? 0 : tag.HAS_HIDDEN) |
    (integrity << tag.INTEGRITY_SHIFT)
  const named = hasPrototype && prototype !== null ? namePrototype(encoding, object, prototype) : undefined
  if (flags !== 0 && encoding.level === 2) refuseDress(encoding, object, prototype)
  if (flags !== 0 && part !== CONTENTS) {
    encoding.byte(tag.DRESSED)
    encoding.byte(flags)
  }
  base.write(encoding, object, depth, part, integrity)
  if (part === HEADER) return
  if (hidden !== undefined) encoding.value(hidden.state, depth + 1)
  if (keys.length > 0) encodeProperties(encoding, object, keys, depth)
  if (hasPrototype) encodePrototype(encoding, prototype, named, depth)
}

function encodeIntrinsic(encoding: Encoding, object: object, name: string): void {
  if (encoding.level === 2) encoding.refuse(object, `fastSerialization: 2 takes plain data only, and this is ${name}`)
  encoding.byte(tag.INTRINSIC)
  encoding.string(name)
}

function refuseDress(encoding: Encoding, object: object, prototype: object | null): never {
  if (prototype !== null && isOrdinary(object)) classOf(encoding, object, prototype)
  encoding.refuse(
    object,
    'fastSerialization: 2 takes plain data only, and this has unusual properties or a prototype of its own',
  )
}

function integrityOf(object: object): Integrity {
  if (own.isExtensible(object)) return 0
  if (own.isView(object)) return 1
  return isFrozen(object) ? 3 : own.isSealed(object) ? 2 : 1
}

// V8 calls an empty array frozen that may not grow, though its length can be written.
function isFrozen(object: object): boolean {
  return own.isFrozen(object) && !(own.isArray(object) && own.getOwnPropertyDescriptor(object, 'length')?.writable)
}

function propertiesBesides(base: Base, object: object, integrity: Integrity): PropertyKey[] {
  const { keys = own.ownKeys, implied } = base
  return implied === undefined ? keys(object) : keys(object).filter(key => !implied(object, key, integrity))
}

function encodeProperties(encoding: Encoding, object: object, keys: readonly PropertyKey[], depth: number): void {
  const { shapes } = encoding
  encoding.varint(keys.length)
  for (const key of keys) {
    if (typeof key === 'string') encodeKey(encoding, shapes, key)
    else {
      encoding.varint(0)
      encoding.value(key, depth + 1)
    }
    const slot = slotOf(object, key)
    const accessor = slot.get !== undefined || slot.set !== undefined || !own.hasOwn(slot, 'value')
    encoding.byte(
      (slot.enumerable === true ? tag.ENUMERABLE : 0) |
        (slot.configurable === true ? tag.CONFIGURABLE : 0) |
        (slot.writable === true ? tag.WRITABLE : 0) |
        (accessor ? tag.ACCESSOR : 0),
    )
    encoding.value(accessor ? slot.get : slot.value, depth + 1)
    if (accessor) encoding.value(slot.set, depth + 1)
  }
}

// A class's prototype is named by the class, which travels as a function; any other one is an object like all others.
function namePrototype(encoding: Encoding, object: object, prototype: object): string | number | undefined {
  return intrinsicName(prototype) ?? classOf(encoding, object, prototype)
}

function encodePrototype(
  encoding: Encoding,
  prototype: object | null,
  name: string | number | undefined,
  depth: number,
): void {
  if (prototype === null) return encoding.byte(tag.NULL)
  if (typeof name === 'number') return encoding.tagged(tag.FUNCTION, name)
  encoding.byte(name === undefined ? tag.BARE : tag.INTRINSIC)
  if (name === undefined) encoding.value(prototype, depth + 1)
  else encoding.string(name)
}
