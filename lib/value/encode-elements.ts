import type { Base, Integrity } from './base.ts'
import * as own from './captured.ts'
import { CONTENTS, HEADER } from './encoding.ts'
import * as tag from './tags.ts'

/** From this share of holes on, an array is written by its present elements. */
const SPARSE_FACTOR = 2

/** Arrays of all kinds. Elements of the usual kind are contents, unusual ones (accessors, …) are properties. */
export const arrayBase: Base = {
  prototype: Array.prototype,
  implied: (array, key, integrity) => isElement(array, key, integrity) || isUsualLength(array, key, integrity),
  write(encoding, object, depth, part, integrity) {
    const array = object as readonly unknown[]
    const keys = own.ownKeys(array).filter(key => isElement(array, key, integrity)) as string[]
    const sparse = keys.length * SPARSE_FACTOR < array.length
    if (part !== CONTENTS) {
      encoding.tagged(sparse ? tag.SPARSE : tag.ARRAY, array.length)
      if (sparse) encoding.varint(keys.length)
    }
    if (part === HEADER) return
    let next = 0
    for (const key of keys) {
      const index = Number(key)
      if (sparse) encoding.varint(index)
      else for (; next < index; next++) encoding.byte(tag.HOLE)
      encoding.value(own.getOwnPropertyDescriptor(array, key)?.value, depth + 1)
      next = index + 1
    }
    if (!sparse) for (; next < array.length; next++) encoding.byte(tag.HOLE)
  },
}

/** @param withCallee the function that they were given to goes along, if it is sloppy */
export function argumentsBase(list: object, withCallee: boolean): Base {
  let count = 0
  while (isElement(list, String(count), 0)) count++
  const callee = own.getOwnPropertyDescriptor(list, 'callee')
  const hasCallee = withCallee && callee !== undefined && own.hasOwn(callee, 'value')
  return {
    prototype: Object.prototype,
    keys: allKeysOfArguments,
    implied: (_, key) =>
      (isIndex(key) && Number(key) < count) ||
      (key === 'length' && own.getOwnPropertyDescriptor(list, key)?.value === count) ||
      (key === 'callee' && !hasCallee) ||
      (key === Symbol.iterator && own.getOwnPropertyDescriptor(list, key)?.value === Array.prototype.values),
    write(encoding, _, depth, part) {
      if (part !== CONTENTS) encoding.tagged(hasCallee ? tag.SLOPPY_ARGUMENTS : tag.ARGUMENTS, count)
      if (part === HEADER) return
      for (let index = 0; index < count; index++) {
        encoding.value(own.getOwnPropertyDescriptor(list, index)?.value, depth + 1)
      }
    },
  }
}

/** Elements up to which hidden ones are looked for: some more than a call can give. */
const MAX_ARGUMENTS = 0x2_0000

/** V8 does not list hidden elements of `arguments` that follow the parameters of a sloppy function. */
function allKeysOfArguments(list: object): PropertyKey[] {
  const length: unknown = own.getOwnPropertyDescriptor(list, 'length')?.value
  const count = typeof length === 'number' ? Math.min(length, MAX_ARGUMENTS) : 0
  const indices = Array.from({ length: count }, (_, index) => `${index}`).filter(key => own.hasOwn(list, key))
  return [...new Set<PropertyKey>([...indices, ...own.ownKeys(list)])]
}

export const stringBase: Base = {
  prototype: String.prototype,
  implied: (box, key) => key === 'length' || (isIndex(key) && Number(key) < own.unboxed.string(box).length),
  write(encoding, box, _depth, part) {
    if (part === CONTENTS) return
    encoding.byte(tag.BOXED)
    encoding.string(own.unboxed.string(box))
  },
}

export function isIndex(key: PropertyKey): key is string {
  if (typeof key !== 'string') return false
  const index = Number(key) >>> 0
  return index !== 0xffff_ffff && String(index) === key
}

function isElement(array: object, key: PropertyKey, integrity: Integrity): boolean {
  if (!isIndex(key)) return false
  const slot = own.getOwnPropertyDescriptor(array, key)
  if (slot?.enumerable !== true || !own.hasOwn(slot, 'value')) return false
  return slot.writable === integrity < 3 && slot.configurable === integrity < 2
}

function isUsualLength(array: object, key: PropertyKey, integrity: Integrity): boolean {
  return key === 'length' && own.getOwnPropertyDescriptor(array, key)?.writable === integrity < 3
}
