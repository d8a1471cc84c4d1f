import { CloudException } from './errors.ts'
import { MAX_BLOB_BYTES } from './limits.ts'
import type { Packed } from './packed.ts'

/**
 * A payload is the bytes of one argument tuple or one result: either an encoded value itself (its first byte is
 * the value format's version, always below 0x80) or a reference to a blob that holds it (first byte 0xb0).
 */
const BLOB_MARK = 0xb0

export interface BlobReference {
  readonly key: string
  /** Bytes. */
  readonly size: number
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function encodeBlobReference(reference: BlobReference): Uint8Array {
  const json = encoder.encode(JSON.stringify(reference))
  const bytes = new Uint8Array(json.byteLength + 1)
  bytes[0] = BLOB_MARK
  bytes.set(json, 1)
  return bytes
}

/** The blob that holds this payload, or undefined when the payload is the value itself. */
export function blobReferenceOf(payload: Uint8Array): BlobReference | undefined {
  if (payload[0] !== BLOB_MARK) return undefined
  let read: unknown
  try {
    read = JSON.parse(decoder.decode(payload.subarray(1)))
  } catch (cause) {
    throw new CloudException('A reference to a blob can’t be read: it is not JSON.', { code: 'decode', cause })
  }
  if (isReference(read)) return read
  throw new CloudException('A reference to a blob can’t be read: it needs a key and a size.', { code: 'decode' })
}

/** Whether any of these payloads is a reference to a blob. Makes nothing, as most are none. */
export function holdsReferences({ ends, bytes }: Packed, from = 0, count = ends.length - from): boolean {
  let start = from === 0 ? 0 : (ends[from - 1] ?? 0)
  for (let index = from; index < from + count; index++) {
    const end = ends[index] ?? start
    if (end > start && bytes[start] === BLOB_MARK) return true
    start = end
  }
  return false
}

function isReference(value: unknown): value is BlobReference {
  if (typeof value !== 'object' || value === null) return false
  const { key, size } = value as Partial<Record<'key' | 'size', unknown>>
  if (typeof key !== 'string' || key.length === 0 || key.length > 1024) return false
  return typeof size === 'number' && Number.isInteger(size) && size >= 0 && size <= MAX_BLOB_BYTES
}
