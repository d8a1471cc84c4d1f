import { CloudException } from '../protocol/errors.ts'
import { type Encoded, encode } from '../value/encode.ts'
import type { EncodeOptions } from '../value/encoding.ts'
import { namesOfSymbols } from './parcel-held.ts'
import type { KnownFunctions } from './revive/parcel.ts'

/**
 * Encodes a job's result, synchronously where it holds no function that the caller lacks. The capturing half is loaded
 * only for what does.
 * @throws {ValueError | CaptureError} also as a rejection
 */
export function encodeResult(
  value: unknown,
  known: readonly KnownFunctions[],
  options: Pick<EncodeOptions, 'level' | 'maxBytes' | 'root'> = {},
): Encoded | Promise<Encoded> {
  let met = false
  const functions = (): never => {
    met = true
    throw new CloudException('It holds functions.', { code: 'value' })
  }
  const symbols = namesOfSymbols(known)
  try {
    return encode(value, { ...options, symbols, functions, inside: functions })
  } catch (error) {
    if (!met || options.level === 2) throw error
  }
  return import('./parcel.ts').then(({ encodeParcel, whenSettled }) => {
    const again = (): Encoded => encodeParcel(value, { ...options, known, symbols })
    try {
      return again()
    } catch (refusal) {
      const later = whenSettled(refusal, again)
      if (later === undefined) throw refusal
      return later
    }
  })
}
