import * as own from './captured.ts'
import { classOf, isOrdinary } from './encode-class.ts'
import { encodeDressed } from './encode-dressed.ts'
import { encodeForeign, encodeProxy } from './encode-reference.ts'
import { encodeValue } from './encode.ts'
import { BOTH, CONTENTS, type Encoding, HEADER, type Part } from './encoding.ts'
import { isDense } from './elements.ts'
import { MAX_NESTED } from './limits.ts'
import { Shapes } from './shapes.ts'
import * as tag from './tags.ts'

const objectPrototype: object = Object.prototype
const arrayPrototype: object = Array.prototype

export function encodeObject(encoding: Encoding, object: object, depth: number): void {
  const known = encoding.numberOf(object)
  if (known >= 0) return encoding.tagged(tag.REF, known)
  if (own.isProxy(object)) return encodeProxy(encoding, object)
  if (encoding.options.foreign !== undefined && encodeForeign(encoding, object)) return
  if (depth >= MAX_NESTED) putOff(encoding, object, depth)
  else encodePart(encoding, object, depth, BOTH)
}

// The contents follow when the root is done, so that the stack never grows beyond MAX_NESTED levels.
function putOff(encoding: Encoding, object: object, depth: number): void {
  const level = encoding.base + depth
  if (level > encoding.maxDepth) {
    encoding.refuse(object, `it nests deeper than ${encoding.maxDepth} levels`, 'Flatten it, or raise the limit.')
  }
  if (encoding.standIns > 0) encoding.refuse(object, `a stand-in nests deeper than ${MAX_NESTED} levels`)
  encoding.byte(tag.LATER)
  encodePart(encoding, object, 0, HEADER)
  encoding.later.push(object, level)
}

/** The contents of an object whose header was written before. */
export function encodeContents(encoding: Encoding, object: object): void {
  encodePart(encoding, object, 0, CONTENTS)
}

// Plain objects, instances of classes and dense arrays, all with default properties, are nearly all there is.
function encodePart(encoding: Encoding, object: object, depth: number, part: Part): void {
  const prototype = own.getPrototypeOf(object) as object | null
  if (prototype === arrayPrototype) {
    if (own.isArray(object) && isDense(object)) return encodeArray(encoding, object, depth, part)
  } else if (prototype === objectPrototype || prototype === null || isOrdinary(object)) {
    const names = own.getOwnPropertyNames(object)
    const base = encoding.values.length
    if (names.length > 0 && readValues(encoding, object, names)) {
      const constructor = prototype === objectPrototype || prototype === null ? -1 : classOf(encoding, object, prototype)
      if (constructor !== undefined) {
        if (part !== CONTENTS) encodeShape(encoding, names, prototype, constructor)
        if (part !== HEADER) encodeRead(encoding, base, names.length, depth)
        encoding.values.length = base
        return
      }
    }
    encoding.values.length = base
  }
  encodeDressed(encoding, object, prototype, depth, part)
}

function encodeArray(encoding: Encoding, array: readonly unknown[], depth: number, part: Part): void {
  const { length } = array
  if (part !== CONTENTS) encoding.tagged(tag.ARRAY, length)
  if (part === HEADER) return
  for (let index = 0; index < length; index++) {
    const slot = own.getOwnPropertyDescriptor(array, index) as PropertyDescriptor
    encodeValue(encoding, slot.value, depth + 1)
  }
}

/** Puts the values of an object's properties on the stack; false when one is not an ordinary one. Reads through no getter. */
function readValues(encoding: Encoding, object: object, names: readonly string[]): boolean {
  if (!own.isExtensible(object) || own.getOwnPropertySymbols(object).length > 0) return false
  const { values } = encoding
  for (let index = 0; index < names.length; index++) {
    const slot = own.getOwnPropertyDescriptor(object, names[index] as string) as PropertyDescriptor
    if (slot.writable !== true || slot.enumerable !== true || slot.configurable !== true) return false
    values.push(slot.value)
  }
  return true
}

function encodeRead(encoding: Encoding, base: number, count: number, depth: number): void {
  const { values } = encoding
  for (let index = base; index < base + count; index++) encodeValue(encoding, values[index], depth + 1)
}

function encodeShape(encoding: Encoding, keys: readonly string[], prototype: object | null, constructor: number): void {
  const shapes = (encoding.shapes ??= new Shapes())
  const known = shapes.find(keys, prototype)
  if (known >= 0) return encoding.tagged(tag.OBJECT, known)
  if (prototype === objectPrototype) encoding.byte(tag.SHAPE_PLAIN)
  else if (prototype === null) encoding.byte(tag.SHAPE_NULL)
  else encoding.tagged(tag.SHAPE_CLASS, constructor)
  encoding.varint(keys.length)
  for (const key of keys) encodeKey(encoding, shapes, key)
}

/** A key's number, or 0 and the string when it is new; numbers count from 1. */
export function encodeKey(encoding: Encoding, shapes: Shapes, key: string): void {
  const known = shapes.findKey(key)
  encoding.varint(known + 1)
  if (known < 0) encoding.string(key)
}
