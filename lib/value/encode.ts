import { writeAttachments } from './encode-binary.ts'
import { encodeContents, encodeObject } from './encode-object.ts'
import { encodeFunction, encodeSymbol } from './encode-reference.ts'
import { type Encoded, type EncodeOptions, Encoding } from './encoding.ts'
import { findPath } from './find-path.ts'
import { MAX_DEPTH, MAX_VALUE_BYTES } from './limits.ts'
import * as tag from './tags.ts'
import { Refusal, ValueError } from './value-error.ts'
import { allocated, BODY } from './writer.ts'

export type { Encoded, EncodeOptions, Level } from './encoding.ts'

const writers = { object: encodeObject, function: encodeFunction, symbol: encodeSymbol }

let idle: Encoding | undefined = new Encoding(writers)

/**
 * A value as bytes: everything that structured clone takes, and class instances, functions (through the hook), symbols,
 * property descriptors, cycles. Runs nothing of the user's: no getters, proxy traps, `toJSON`, iterators or overridden
 * methods. Objects that are one here are one there, within one message: encode `[a, b]` to keep what a and b share.
 * @throws {ValueError} for what can't travel, with the path to it at level 0
 */
export function encode(value: unknown, options: EncodeOptions = {}): Encoded {
  return encoded(value, options, writeValue)
}

/**
 * The same of a list that was made for this, as for a function's arguments: it has a value in every slot and nothing besides, so
 * that nobody need look.
 */
export function encodeList(list: readonly unknown[], options: EncodeOptions = {}): Encoded {
  return encoded(list, options, writeList)
}

function writeValue(encoding: Encoding, value: unknown): void {
  encoding.value(value, 0)
}

function writeList(encoding: Encoding, list: readonly unknown[]): void {
  // As any other array it has a number.
  encoding.numberOf(list)
  encoding.tagged(tag.ARRAY, list.length)
  for (let index = 0; index < list.length; index++) encoding.value(list[index], 1)
}

function encoded<T>(value: T, options: EncodeOptions, write: (encoding: Encoding, value: T) => void): Encoded {
  const encoding = start(options)
  try {
    write(encoding, value)
    if (encoding.later.length > 0) encodeDeferred(encoding)
    options.numbered?.(encoding.numbered)
    if (encoding.hasAttachments) return writeAttachments(encoding, encoding.attachments)
    encoding.bytes[BODY - 1] = 1
    if (encoding.at - BODY + 1 > encoding.maxBytes) encoding.tooLarge()
    const bytes = encoding.take(BODY - 1)
    return { parts: [bytes], size: bytes.byteLength }
  } catch (error) {
    throw explained(error, value, encoding)
  } finally {
    encoding.reset()
    idle = encoding
  }
}

// A hook may itself encode; it then gets an encoding of its own.
function start(options: EncodeOptions): Encoding {
  const encoding = idle ?? new Encoding(writers)
  idle = undefined
  encoding.at = BODY
  encoding.options = options
  encoding.level = options.level ?? 0
  encoding.maxBytes = options.maxBytes ?? MAX_VALUE_BYTES
  encoding.maxDepth = options.maxDepth ?? MAX_DEPTH
  return encoding
}

function encodeDeferred(encoding: Encoding): void {
  const { later } = encoding
  for (let index = 0; index < later.length; index += 2) {
    encoding.base = later[index + 1] as number
    encodeContents(encoding, later[index] as object)
  }
}

function explained(error: unknown, value: unknown, { options, level }: Encoding): unknown {
  if (!(error instanceof Refusal)) return error
  const { culprit, message: reason, hint, cause } = error
  if (level !== 0) {
    const more = 'fastSerialization: 0 names the path to it.'
    return new ValueError(reason, { hint: hint === undefined ? more : `${hint} ${more}`, cause })
  }
  const path = culprit === undefined ? [] : findPath(value, culprit, options)
  return new ValueError(reason, { path, root: options.root, hint, cause })
}

/** The parts as one array: themselves when there is but one. */
export function gather({ parts, size }: Encoded): Uint8Array {
  if (parts.length === 1) return parts[0] as Uint8Array
  const bytes = allocated(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.byteLength
  }
  return bytes
}
