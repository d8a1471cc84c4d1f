import * as own from './captured-base.ts'
import { decodeKey, decodePrototypeOfClass } from './decode-object.ts'
import type { Decoding } from './decoding.ts'
import { intrinsicByName } from './intrinsic-by-name.ts'
import * as tag from './tags.ts'

// A built-in or the receiver's own object must not change.
const undressable = new Set<number | undefined>([tag.DRESSED, tag.LATER, tag.INTRINSIC, tag.FOREIGN, tag.PROXY])

/** A base, then what it does not imply: own properties, prototype, integrity. */
export function decodeDressed(decoding: Decoding, depth: number): object {
  const flags = decoding.byte()
  const { isLater, level } = decoding
  const numbers = decoding.objects.length
  const object = undressable.has(decoding.bytes[decoding.at]) ? undefined : decoding.value(depth)
  decoding.isLater = false
  // Of functions only bound ones are numbered.
  const isObject = typeof object === 'function' || (typeof object === 'object' && object !== null)
  if (!isObject || decoding.objects[numbers] !== object) decoding.refuse('it dresses something that is no new object')
  if (isLater) decoding.later.push({ level, fill: () => dress(decoding, object, flags, 0) })
  else dress(decoding, object, flags, depth)
  return object
}

function dress(decoding: Decoding, object: object, flags: number, depth: number): void {
  if ((flags & tag.HAS_HIDDEN) !== 0) reveal(decoding, object, depth)
  if ((flags & tag.HAS_PROPERTIES) !== 0) decodeProperties(decoding, object, depth)
  if ((flags & tag.HAS_PROTOTYPE) !== 0) own.setPrototypeOf(object, decodePrototype(decoding, depth))
  const integrity = (flags >> tag.INTEGRITY_SHIFT) & 3
  if (integrity === 1) own.preventExtensions(object)
  if (integrity === 2) own.seal(object)
  if (integrity === 3) own.freeze(object)
}

function reveal(decoding: Decoding, object: object, depth: number): void {
  decoding.reveal.fill(object, decoding.value(depth + 1))
}

function decodeProperties(decoding: Decoding, object: object, depth: number): void {
  const count = decoding.count(3)
  for (let left = count; left > 0; left--) {
    const key = decodeKey(decoding)
    const flags = decoding.byte()
    const enumerable = (flags & tag.ENUMERABLE) !== 0
    const configurable = (flags & tag.CONFIGURABLE) !== 0
    const value = decoding.value(depth + 1)
    // An array has its length already; to set another one would allocate what it claims.
    if (key === 'length' && own.isArray(object) && value !== object.length)
      decoding.refuse('it has an array of two lengths')
    if ((flags & tag.ACCESSOR) === 0) {
      own.defineProperty(object, key, { value, enumerable, configurable, writable: (flags & tag.WRITABLE) !== 0 })
    } else {
      const get = accessor(decoding, value)
      const set = accessor(decoding, decoding.value(depth + 1))
      own.defineProperty(object, key, { get, set, enumerable, configurable } as PropertyDescriptor)
    }
  }
}

function accessor(decoding: Decoding, value: unknown): unknown {
  if (value !== undefined && typeof value !== 'function') decoding.refuse('it has an accessor that is no function')
  return value
}

function decodePrototype(decoding: Decoding, depth: number): object | null {
  switch (decoding.byte()) {
    case tag.NULL:
      return null
    case tag.INTRINSIC:
      return decodeIntrinsic(decoding)
    case tag.FUNCTION:
      return decodePrototypeOfClass(decoding)
    case tag.BARE: {
      const prototype = decoding.value(depth + 1)
      if (typeof prototype === 'object' || typeof prototype === 'function') return prototype
    }
  }
  return decoding.refuse('it has something else where a prototype belongs')
}

export function decodeIntrinsic(decoding: Decoding): object {
  const name = decoding.string()
  return intrinsicByName(name) ?? decoding.refuse(`it refers to ${name}, which this Node does not have`)
}
