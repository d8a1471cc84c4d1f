import type { Range } from '../protocol/job.ts'
import { MAX_INLINE_BYTES } from '../protocol/limits.ts'
import { paths } from '../protocol/paths.ts'
import { type BlobReference, encodeBlobReference } from '../protocol/payload.ts'
import type { UploadAnswer } from '../protocol/routes.ts'
import { decode } from '../value/decode.ts'
import { type Encoded, encode, gather } from '../value/encode.ts'
import { OUT_OF_BAND_BYTES } from '../value/limits.ts'
import { standIns } from './references.ts'
import type { Transport } from './transport.ts'

/** One job's arguments as they travel. */
export interface Payload {
  /** A promise where they are large: they are on their way to become a blob. */
  readonly bytes: Uint8Array | Promise<Uint8Array>
  /** Bytes of the arguments themselves: what is held until they were sent. */
  readonly size: number
  /** The jobs whose results stand among them. */
  readonly depends: readonly Range[]
}

const nothing: readonly Range[] = []

/** Captures the arguments as they are now: what the caller changes later is not seen. */
export function encodeArguments(args: readonly unknown[], level: 0 | 1 | 2, transport: Transport): Payload {
  const depends: Range[] = []
  const encoded = encode(args, { level, foreign: standIns(depends), root: 'arguments' })
  const small = encoded.size <= MAX_INLINE_BYTES
  return {
    bytes: small ? gather(encoded) : upload(encoded, transport),
    size: encoded.size,
    depends: depends.length === 0 ? nothing : depends,
  }
}

async function upload(encoded: Encoded, transport: Transport): Promise<Uint8Array> {
  // The parts are views of the caller's memory, which may change before they are sent.
  const parts = encoded.parts.map(part => part.slice())
  const { key, url } = await transport.json<UploadAnswer>('POST', paths.blobs, { size: encoded.size })
  await transport.put(url, parts)
  return encodeBlobReference({ key, size: encoded.size })
}

/** The value of a payload that is kept: what the caller does to it must not be seen by who asks next. */
export function decodeCached(payload: Uint8Array): unknown {
  return decodeValue(payload.byteLength < OUT_OF_BAND_BYTES ? payload : payload.slice())
}

export async function fetchValue({ key }: BlobReference, transport: Transport): Promise<unknown> {
  return decodeValue(await transport.bytes(paths.blob.replace(':key{.+}', key)))
}

/** Large binary data in the value are views of these bytes. */
export function decodeValue(bytes: Uint8Array): unknown {
  return decode(bytes)
}
