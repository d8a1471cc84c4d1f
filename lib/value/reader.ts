import { CloudException } from '../protocol/errors.ts'
import * as tag from './tags.ts'

const double = new Float64Array(1)
const doubleBytes = new Uint8Array(double.buffer)
/** From this length on, Buffer's decoder beats String.fromCharCode. */
const LONG_TEXT = 17
const { fromCharCode } = String

/** What is read between two messages. */
export const nothing = new Uint8Array()

/** Reads the atoms of a message. Whatever runs past the end, or can't be, is refused with code `decode`. */
export class Reader {
  bytes: Uint8Array = nothing
  at = 1
  /** Where the values end. */
  end = 0
  #text: Buffer | undefined

  /** Begins with another message. */
  read(bytes: Uint8Array): void {
    this.bytes = bytes
    this.at = 1
    this.end = bytes.byteLength
    this.#text = undefined
  }

  refuse(why: string, cause?: unknown): never {
    throw new CloudException(`This value can’t be read: ${why} (at byte ${this.at} of ${this.bytes.byteLength}).`, {
      code: 'decode',
      cause,
    })
  }

  endsEarly(): never {
    return this.refuse('it ends too early')
  }

  byte(): number {
    const value = this.bytes[this.at++]
    if (value === undefined) this.endsEarly()
    return value
  }

  varint(): number {
    let value = this.byte()
    if (value < 0x80) return value
    value &= 0x7f
    let factor = 128
    for (let count = 0; count < 7; count++) {
      const next = this.byte()
      value += (next & 0x7f) * factor
      if (next < 0x80) return value <= Number.MAX_SAFE_INTEGER ? value : this.refuse('it has a number beyond 2^53')
      factor *= 128
    }
    return this.refuse('it has a number of more than 8 bytes')
  }

  /** A count of things that take at least `each` bytes: never more than what is left, so that no claim costs memory. */
  count(each = 1): number {
    const count = this.varint()
    if (count * each > this.end - this.at) this.refuse(`it claims ${count} parts, more than its bytes can hold`)
    return count
  }

  double(): number {
    const { bytes, at } = this
    if (at + 8 > this.end) this.endsEarly()
    for (let index = 0; index < 8; index++) doubleBytes[index] = bytes[at + index] as number
    this.at = at + 8
    return double[0] as number
  }

  /** A string with its tag. */
  string(): string {
    const first = this.byte()
    if (first >= tag.SHORT_STRING && first < tag.SMALL_INTEGER) return this.short(first - tag.SHORT_STRING)
    if (first === tag.LATIN) return this.latin()
    if (first === tag.WIDE) return this.wide()
    return this.refuse('it has something else where a string belongs')
  }

  short(length: number): string {
    const { at } = this
    if (at + length > this.end) this.endsEarly()
    this.at = at + length
    if (length >= LONG_TEXT) return this.#slice('latin1', at, length)
    if (length <= 8) return this.#eight(at, length)
    return this.#eight(at, 8) + this.#eight(at + 8, length - 8)
  }

  // Spelt out, as each call with its own count of arguments is one allocation.
  #eight(at: number, length: number): string {
    const { bytes } = this
    const code = (offset: number): number => bytes[at + offset] as number
    switch (length) {
      case 0:
        return ''
      case 1:
        return fromCharCode(code(0))
      case 2:
        return fromCharCode(code(0), code(1))
      case 3:
        return fromCharCode(code(0), code(1), code(2))
      case 4:
        return fromCharCode(code(0), code(1), code(2), code(3))
      case 5:
        return fromCharCode(code(0), code(1), code(2), code(3), code(4))
      case 6:
        return fromCharCode(code(0), code(1), code(2), code(3), code(4), code(5))
      case 7:
        return fromCharCode(code(0), code(1), code(2), code(3), code(4), code(5), code(6))
      default:
        return fromCharCode(code(0), code(1), code(2), code(3), code(4), code(5), code(6), code(7))
    }
  }

  latin(): string {
    const length = this.count()
    this.at += length
    return this.#slice('latin1', this.at - length, length)
  }

  wide(): string {
    const length = this.count(2)
    this.at += 2 * length
    return this.#slice('utf16le', this.at - 2 * length, 2 * length)
  }

  #slice(encoding: 'latin1' | 'utf16le', at: number, length: number): string {
    const { bytes } = this
    this.#text ??= Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
    return this.#text.toString(encoding, at, at + length)
  }

  bigint(): bigint {
    const negative = this.byte() === 1
    const length = this.count()
    const digits = Buffer.from(this.bytes.subarray(this.at, this.at + length))
      .reverse()
      .toString('hex')
    this.at += length
    try {
      const magnitude = digits === '' ? 0n : BigInt(`0x${digits}`)
      return negative ? -magnitude : magnitude
    } catch (cause) {
      return this.refuse('it has a bigint beyond what this Node can hold', cause)
    }
  }
}
