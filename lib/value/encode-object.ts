import * as own from './captured.ts'
import { readElements } from './elements.ts'
import { classOf, isBelowBuiltIn, isOrdinary, isOrdinaryWithDefaults } from './encode-class.ts'
import { encodeDressed } from './encode-dressed.ts'
import { encodeProxy } from './encode-inside.ts'
import { encodeForeign } from './encode-reference.ts'
import { encodeShape } from './encode-shape.ts'
import { encodeHeld } from './encode-stand-in.ts'
import { BOTH, CONTENTS, type Encoding, HEADER, type Part } from './encoding.ts'
import { isEnvironment } from './intrinsics.ts'
import { MAX_NESTED } from './limits.ts'
import * as tag from './tags.ts'

// As constants of this file, they are called directly by optimised code.
const { getOwnPropertyDescriptor, getOwnPropertyNames, getOwnPropertySymbols } = own
const { getPrototypeOf, isArray, isExtensible, isProxy } = own
const objectPrototype: object = Object.prototype
const arrayPrototype: object = Array.prototype

export function encodeObject(encoding: Encoding, given: object, depth: number): void {
  const { instead } = encoding.options
  const object = instead === undefined ? given : instead(given)
  const known = encoding.numberOf(object)
  if (known >= 0) encoding.tagged(tag.REF, known)
  else if (encoding.options.held !== undefined && encodeHeld(encoding, object)) return
  else if (isProxy(object)) encodeProxy(encoding, object)
  else if (encoding.options.foreign === undefined || !encodeForeign(encoding, object, depth)) {
    if (depth >= MAX_NESTED) putOff(encoding, object, depth)
    else encodePart(encoding, object, depth, BOTH)
  }
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
  const prototype = getPrototypeOf(object) as object | null
  const hidden = encoding.options.hidden?.(object, prototype)
  if (hidden !== undefined) return encodeDressed(encoding, object, prototype, depth, part, undefined, hidden)
  const base = encoding.top
  const isDone =
    prototype === arrayPrototype
      ? encodeArray(encoding, object, depth, part)
      : encodeProperties(encoding, object, prototype, depth, part)
  encoding.top = base
  if (!isDone) encodeDressed(encoding, object, prototype, depth, part)
}

function encodeArray(encoding: Encoding, object: object, depth: number, part: Part): boolean {
  const base = encoding.top
  if (!isArray(object) || !readElements(encoding, object)) return false
  const { length } = object
  if (part !== CONTENTS) encoding.tagged(tag.ARRAY, length)
  if (part !== HEADER) encodeRead(encoding, base, length, depth)
  return true
}

function encodeProperties(
  encoding: Encoding,
  object: object,
  prototype: object | null,
  depth: number,
  part: Part,
): boolean {
  const isPlain = prototype === objectPrototype || prototype === null
  if (!isPlain && (!isOrdinary(object) || isBelowBuiltIn(encoding, prototype))) return false
  if (prototype === null && !isOrdinary(object)) return false
  if (isEnvironment(object)) return false
  const names = getOwnPropertyNames(object)
  const base = encoding.top
  if (names.length === 0 || !readValues(encoding, object, names)) return false
  if (prototype === objectPrototype && !isOrdinaryWithDefaults(object)) return false
  const owner = isPlain ? 0 : classOf(encoding, object, prototype)
  if (owner === undefined) return false
  if (part !== CONTENTS) encodeShape(encoding, names, prototype, owner)
  if (part !== HEADER) encodeRead(encoding, base, names.length, depth)
  return true
}

/** Puts the values of an object's properties on the stack; false when one is not an ordinary one. Runs no getter. */
function readValues(encoding: Encoding, object: object, names: readonly string[]): boolean {
  if (!isExtensible(object) || getOwnPropertySymbols(object).length > 0) return false
  const { values } = encoding
  for (let index = 0; index < names.length; index++) {
    const slot = getOwnPropertyDescriptor(object, names[index] as string) as PropertyDescriptor
    if (slot.writable !== true || slot.enumerable !== true || slot.configurable !== true) return false
    values[encoding.top++] = slot.value
  }
  return true
}

function encodeRead(encoding: Encoding, base: number, count: number, depth: number): void {
  const { values } = encoding
  for (let index = base; index < base + count; index++) encoding.value(values[index], depth + 1)
}
