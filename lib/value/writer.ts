import * as tag from './tags.ts'
import { Refusal } from './value-error.ts'

/** Where the root value starts in the scratch buffer: before it is room for the longer of the two prologues. */
export const BODY = 16
/** Bytes of scratch at first. */
const FIRST_SCRATCH = 64 * 1024
/** Bytes of scratch that are kept between messages: fresh memory costs as much as what is written to it. */
const KEPT_SCRATCH = 4 * 1024 * 1024
/** From this length on, Buffer's own writers beat a loop over characters. */
const LONG_TEXT = 64

/** Bytes of a number that is filled in later. */
export const ROOM = 4

const double = new Float64Array(1)
const doubleBytes = new Uint8Array(double.buffer)
const beyondLatin = /[^\p{ASCII}\u0080-\u00ff]/u
/** From this size on, `set` beats a loop over bytes. */
const LARGE_COPY = 64

/** A buffer of its own, of whatever it held before: to be filled whole. */
export function allocated(size: number): Uint8Array {
  return new Uint8Array(Buffer.allocUnsafeSlow(size).buffer)
}

function copied(bytes: Uint8Array, start: number, end: number): Uint8Array {
  const size = end - start
  if (size >= LARGE_COPY) {
    const copy = allocated(size)
    copy.set(bytes.subarray(start, end))
    return copy
  }
  const copy = new Uint8Array(size)
  for (let index = 0; index < size; index++) copy[index] = bytes[start + index] as number
  return copy
}

/** A growing buffer and how its atoms are written. One is reused for message after message. */
export class Writer {
  bytes: Buffer = Buffer.allocUnsafeSlow(FIRST_SCRATCH)
  at: number = BODY
  maxBytes = 0

  /** Makes room for `count` more bytes. */
  reserve(count: number): void {
    if (this.at + count > this.bytes.length) this.#grow(count)
  }

  #grow(count: number): void {
    const needed = this.at + count
    if (this.at > this.maxBytes) this.tooLarge()
    const grown = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2))
    grown.set(this.bytes.subarray(0, this.at))
    this.bytes = grown
  }

  tooLarge(): never {
    throw new Refusal(undefined, `it takes more than ${this.maxBytes} bytes`, tooLarge)
  }

  raw(bytes: Uint8Array): void {
    this.reserve(bytes.byteLength)
    this.bytes.set(bytes, this.at)
    this.at += bytes.byteLength
  }

  /** What was written from `start` on, as a buffer of its own. */
  take(start: number): Uint8Array {
    const { bytes, at } = this
    if (bytes.length <= KEPT_SCRATCH) return copied(bytes, start, at)
    this.bytes = Buffer.allocUnsafeSlow(FIRST_SCRATCH)
    return new Uint8Array(bytes.buffer, start, at - start)
  }

  byte(value: number): void {
    if (this.at === this.bytes.length) this.#grow(1)
    this.bytes[this.at++] = value
  }

  /** An integer from 0 to 2^53 - 1. */
  varint(value: number): void {
    this.reserve(8)
    let rest = value
    while (rest >= 0x80) {
      this.bytes[this.at++] = (rest & 0x7f) | 0x80
      rest = rest < 0x80000000 ? rest >>> 7 : Math.floor(rest / 128)
    }
    this.bytes[this.at++] = rest
  }

  /** Room for a number that is known later, and where that is. */
  room(): number {
    this.reserve(ROOM)
    this.at += ROOM
    return this.at - ROOM
  }

  /** Fills a room: a varint of 4 bytes, of a number below 2^28. */
  fill(room: number, value: number): void {
    for (let index = 0; index < ROOM - 1; index++) this.bytes[room + index] = ((value >> (7 * index)) & 0x7f) | 0x80
    this.bytes[room + ROOM - 1] = value >> (7 * (ROOM - 1))
  }

  tagged(tag: number, value: number): void {
    this.byte(tag)
    this.varint(value)
  }

  double(value: number): void {
    this.reserve(8)
    double[0] = value
    const { bytes, at } = this
    for (let index = 0; index < 8; index++) bytes[at + index] = doubleBytes[index] as number
    this.at = at + 8
  }

  number(value: number): void {
    if ((value | 0) !== value || (value === 0 && 1 / value < 0)) {
      this.byte(tag.DOUBLE)
      this.double(value)
    } else if (value >= 0) {
      if (value < 128) this.byte(tag.SMALL_INTEGER | value)
      else this.tagged(tag.INTEGER, value)
    } else this.tagged(tag.NEGATIVE, -1 - value)
  }

  bigint(value: bigint): void {
    const negative = value < 0n
    const digits = (negative ? -value : value).toString(16)
    const magnitude = Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, 'hex').reverse()
    this.byte(tag.BIGINT)
    this.byte(negative ? 1 : 0)
    this.varint(magnitude.length)
    this.reserve(magnitude.length)
    this.bytes.set(magnitude, this.at)
    this.at += magnitude.length
  }

  string(text: string): void {
    const { length } = text
    if (length >= LONG_TEXT) return this.#longString(text)
    this.reserve(length + 1)
    const { bytes, at } = this
    let all = 0
    for (let index = 0; index < length; index++) {
      const code = text.charCodeAt(index)
      all |= code
      bytes[at + 1 + index] = code
    }
    if (all > 0xff) return this.#wideString(text)
    bytes[at] = tag.SHORT_STRING | length
    this.at = at + 1 + length
  }

  #longString(text: string): void {
    const ascii = Buffer.byteLength(text) === text.length
    if (!ascii && beyondLatin.test(text)) return this.#wideString(text)
    this.tagged(tag.LATIN, text.length)
    this.reserve(text.length)
    this.at += this.bytes.write(text, this.at, 'latin1')
  }

  #wideString(text: string): void {
    this.tagged(tag.WIDE, text.length)
    this.reserve(2 * text.length)
    this.at += this.bytes.write(text, this.at, 'utf16le')
  }
}

const tooLarge = 'Put large data into files, or split the work into more jobs.'
