import { CloudException } from '../protocol/errors.ts'
import { decodeBase } from './decode-base.ts'
import { readAttachments, readBuffer, readView } from './decode-binary.ts'
import { decodeDressed } from './decode-dressed.ts'
import { decodeArray, decodeMap, decodeObject, decodeSet, decodeShape, decodeSparse } from './decode-object.ts'
import { type DecodeOptions, Decoding } from './decoding.ts'
import { MAX_DEPTH, MAX_NESTED, MAX_VALUE_BYTES } from './limits.ts'
import * as tag from './tags.ts'

export type { DecodeOptions, Reveal } from './decoding.ts'

let idle: Decoding | undefined

/**
 * The value of an encoding. Executes nothing: no getters, setters, constructors or methods of the user's. Large binary
 * data are views of `bytes`, so leave those alone (or ask for copies).
 * @throws {CloudException} with code `decode` for anything that is not exactly an encoded value
 */
export function decode(bytes: Uint8Array, options: DecodeOptions = {}): unknown {
  // A hook may itself decode; it then gets a decoding of its own.
  const decoding = idle ?? new Decoding(decodeContainer)
  idle = undefined
  try {
    decoding.start(bytes, options)
    return rootOf(decoding)
  } finally {
    decoding.reset()
    idle = decoding
  }
}

function rootOf(decoding: Decoding): unknown {
  const { bytes, options } = decoding
  if (bytes[0] !== tag.VERSION) decoding.refuse(`its format is version ${bytes[0]}, and this one reads version 1`)
  if (bytes.byteLength > (options.maxBytes ?? MAX_VALUE_BYTES)) decoding.refuse('it is larger than allowed here')
  try {
    if (bytes[1] === tag.ATTACHED) readAttachments(decoding)
    const value = decoding.value(0)
    if (decoding.later.length > 0) decodeDeferred(decoding)
    if (decoding.at !== decoding.end) decoding.refuse('bytes follow its end')
    return value
  } catch (error) {
    throw asDecodeError(decoding, error)
  }
}

function decodeDeferred(decoding: Decoding): void {
  const { later, options } = decoding
  const { maxDepth = MAX_DEPTH } = options
  for (let index = 0; index < later.length; index++) {
    const { level, fill } = later[index] as (typeof later)[number]
    if (level > maxDepth) decoding.refuse(`it nests deeper than ${maxDepth} levels`)
    decoding.base = level
    fill()
  }
}

// What is not CloudException yet: a built-in that refused its input, such as an invalid regular expression.
function asDecodeError(decoding: Decoding, error: unknown): unknown {
  if (CloudException.isCloudException(error)) return error
  return new CloudException(`This value can’t be read: ${String(error)} (at byte ${decoding.at}).`, {
    code: 'decode',
    cause: error,
  })
}

function decodeContainer(decoding: Decoding, first: number, depth: number): unknown {
  if (depth > MAX_NESTED) decoding.refuse(`it nests more than ${MAX_NESTED} levels in one go`)
  switch (first) {
    case tag.OBJECT:
      return decodeObject(decoding, decoding.varint(), depth)
    case tag.ARRAY:
      return decodeArray(decoding, depth)
    case tag.SHAPE_PLAIN:
    case tag.SHAPE_NULL:
    case tag.SHAPE_CLASS:
      return decodeObject(decoding, decodeShape(decoding, first), depth)
    case tag.MAP:
      return decodeMap(decoding, depth)
    case tag.SET:
      return decodeSet(decoding, depth)
    case tag.SPARSE:
      return decodeSparse(decoding, depth)
    case tag.BUFFER:
      return readBuffer(decoding)
    case tag.VIEW:
      return readView(decoding)
    case tag.DRESSED:
      return decodeDressed(decoding, depth)
    case tag.LATER:
      return decodeLater(decoding, depth)
    default:
      return decodeBase(decoding, first, depth)
  }
}

function decodeLater(decoding: Decoding, depth: number): unknown {
  if (decoding.isLater) decoding.refuse('it puts off the same contents twice')
  decoding.isLater = true
  decoding.level = decoding.base + depth
  const object = decoding.value(0)
  decoding.isLater = false
  return object
}
