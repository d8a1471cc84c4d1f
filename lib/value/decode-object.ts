import type { Callable } from './captured-base.ts'
import * as own from './captured-base.ts'
import type { DecodedShape, Decoding } from './decoding.ts'
import * as tag from './tags.ts'

export function decodeArray(decoding: Decoding, depth: number): unknown[] {
  const length = decoding.count()
  const array = roomFor(length)
  decoding.objects.push(array)
  if (decoding.isLater) putOffArray(decoding, array, length)
  else if (array.length > 0) fillShort(decoding, array, depth)
  else fillArray(decoding, array, length, depth)
  return array
}

// Apart, as a function in which a closure might be made allocates for it each time.
function putOffArray(decoding: Decoding, array: unknown[], length: number): void {
  array.length = 0
  decoding.putOff(() => fillArray(decoding, array, length, 0))
}

/** A short array with its elements to be set: pushed to, it would take room for 17. A longer one is empty. */
function roomFor(length: number): unknown[] {
  switch (length) {
    case 1:
      return [undefined]
    case 2:
      return [undefined, undefined]
    case 3:
      return [undefined, undefined, undefined]
    case 4:
      return [undefined, undefined, undefined, undefined]
    default:
      return []
  }
}

function fillShort(decoding: Decoding, array: unknown[], depth: number): void {
  for (let index = 0; index < array.length; index++) {
    if (decoding.bytes[decoding.at] === tag.HOLE) {
      decoding.at++
      delete array[index]
    } else array[index] = decoding.value(depth + 1)
  }
}

function fillArray(decoding: Decoding, array: unknown[], length: number, depth: number): void {
  for (let index = 0; index < length; index++) {
    if (decoding.bytes[decoding.at] === tag.HOLE) {
      decoding.at++
      array.length = index + 1
    } else array.push(decoding.value(depth + 1))
  }
}

/** The longest array there is. Setting it first makes V8 keep elements one by one, so that a claim costs no memory. */
const LONGEST = 2 ** 32 - 1

export function decodeSparse(decoding: Decoding, depth: number): unknown[] {
  const length = decoding.varint()
  const count = decoding.count(2)
  if (length > LONGEST) decoding.refuse(`it claims an array of ${length} elements`)
  const array: unknown[] = []
  decoding.objects.push(array)
  array.length = LONGEST
  array.length = length
  if (decoding.isLater) decoding.putOff(() => fillSparse(decoding, array, count, 0))
  else fillSparse(decoding, array, count, depth)
  return array
}

function fillSparse(decoding: Decoding, array: unknown[], count: number, depth: number): void {
  for (let left = count; left > 0; left--) {
    const index = decoding.varint()
    if (index >= array.length) decoding.refuse(`it has an element ${index} in an array of ${array.length}`)
    define(array, index, decoding.value(depth + 1))
  }
}

/** Makes an ordinary property, whatever the prototype has under that key. */
export function define(object: object, key: PropertyKey, value: unknown): void {
  own.defineProperty(object, key, { value, writable: true, enumerable: true, configurable: true })
}

export function decodeShape(decoding: Decoding, first: number): number {
  let prototype: object | null = Object.prototype
  if (first === tag.SHAPE_NULL) prototype = null
  if (first === tag.SHAPE_CLASS) prototype = decodePrototypeOfClass(decoding)
  const count = decoding.count()
  const keys: string[] = []
  for (let left = count; left > 0; left--) {
    const key = decodeKey(decoding)
    if (typeof key !== 'string') decoding.refuse('it has a symbol among the keys of a shape')
    keys.push(key)
  }
  if (new Set(keys).size !== count) decoding.refuse('it has a shape with the same key twice')
  decoding.shapes.push(first === tag.SHAPE_CLASS ? shapeUnder(keys, prototype as object) : plainShape(keys, prototype))
  return decoding.shapes.length - 1
}

/** A numbered key, or a new one, which may be a symbol. */
export function decodeKey(decoding: Decoding): string | symbol {
  const number = decoding.varint()
  if (number > 0) return decoding.keys[number - 1] ?? decoding.lacks(`key ${number}`)
  const key = decoding.value(0)
  if (typeof key === 'string') decoding.keys.push(key)
  else if (typeof key !== 'symbol') decoding.refuse('it has something else where a key belongs')
  return key
}

function plainShape(keys: readonly string[], prototype: object | null): DecodedShape {
  const template = own.create(prototype) as Record<string, unknown>
  for (const key of keys) define(template, key, undefined)
  return { keys, template: prototype === null ? undefined : { ...template }, prototype, assignable: prototype === null }
}

function shapeUnder(keys: readonly string[], prototype: object): DecodedShape {
  return { keys, template: undefined, prototype, assignable: !keys.some(key => isAbove(key, prototype)) }
}

function isAbove(key: string, prototype: object): boolean {
  for (let above: object | null = prototype; above !== null; above = own.getPrototypeOf(above)) {
    if (own.isProxy(above) || own.hasOwn(above, key)) return true
  }
  return false
}

/** The `prototype` of a function that travelled beside the value. */
export function decodePrototypeOfClass(decoding: Decoding): object {
  const owner = decodeFunction(decoding)
  const prototype: unknown = own.getOwnPropertyDescriptor(owner, 'prototype')?.value
  if (typeof prototype !== 'object' || prototype === null)
    decoding.refuse('it has an instance of a function that is no class')
  return prototype
}

export function decodeFunction(decoding: Decoding): Callable {
  const id = decoding.varint()
  const { functions } = decoding.options
  if (functions === undefined) decoding.refuse('it holds a function, and none are taken here')
  return functions(id) ?? decoding.lacks(`function ${id}`)
}

export function decodeObject(decoding: Decoding, number: number, depth: number): object {
  const shape = decoding.shapes[number] ?? decoding.lacks(`shape ${number}`)
  if (shape.keys.length > decoding.end - decoding.at) decoding.endsEarly()
  const { template, prototype } = shape
  const object = (template === undefined ? own.create(prototype) : { ...template }) as Record<string, unknown>
  decoding.objects.push(object)
  if (decoding.isLater) putOffObject(decoding, object, shape)
  else fillObject(decoding, object, shape, depth)
  return object
}

function putOffObject(decoding: Decoding, object: Record<string, unknown>, shape: DecodedShape): void {
  decoding.putOff(() => fillObject(decoding, object, shape, 0))
}

function fillObject(decoding: Decoding, object: Record<string, unknown>, shape: DecodedShape, depth: number): void {
  const { keys } = shape
  const assign = shape.assignable || shape.template !== undefined
  for (let index = 0; index < keys.length; index++) {
    const value = decoding.value(depth + 1)
    if (assign) object[keys[index] as string] = value
    else define(object, keys[index] as string, value)
  }
}

export function decodeMap(decoding: Decoding, depth: number): Map<unknown, unknown> {
  const count = decoding.count(2)
  const map = new Map<unknown, unknown>()
  decoding.objects.push(map)
  const fill = (level: number) => {
    for (let left = count; left > 0; left--) own.addToMap(map, decoding.value(level), decoding.value(level))
  }
  if (decoding.isLater) decoding.putOff(() => fill(1))
  else fill(depth + 1)
  return map
}

export function decodeSet(decoding: Decoding, depth: number): Set<unknown> {
  const count = decoding.count()
  const set = new Set<unknown>()
  decoding.objects.push(set)
  const fill = (level: number) => {
    for (let left = count; left > 0; left--) own.addToSet(set, decoding.value(level))
  }
  if (decoding.isLater) decoding.putOff(() => fill(1))
  else fill(depth + 1)
  return set
}
