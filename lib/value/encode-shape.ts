import type { Encoding } from './encoding.ts'
import type { Shapes } from './shapes.ts'
import * as tag from './tags.ts'

const objectPrototype: object = Object.prototype

/**
 * The header of an object: its shape's number, or all of the shape when it is new.
 * @param owner the id of the class whose prototype it is, where it is neither Object.prototype nor null
 */
export function encodeShape(
  encoding: Encoding,
  keys: readonly string[],
  prototype: object | null,
  owner: number,
): void {
  const { shapes } = encoding
  const known = shapes.find(keys, prototype)
  if (known >= 0) {
    encoding.tagged(tag.OBJECT, known)
    return
  }
  if (prototype === objectPrototype) encoding.byte(tag.SHAPE_PLAIN)
  else if (prototype === null) encoding.byte(tag.SHAPE_NULL)
  else encoding.tagged(tag.SHAPE_CLASS, owner)
  encoding.varint(keys.length)
  for (const key of keys) encodeKey(encoding, shapes, key)
}

/** A key's number, or 0 and the string when it is new; numbers count from 1. */
export function encodeKey(encoding: Encoding, shapes: Shapes, key: string): void {
  const known = shapes.findKey(key)
  encoding.varint(known + 1)
  if (known < 0) encoding.string(key)
}
