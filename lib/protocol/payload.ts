import * as z from 'zod'
import { MAX_BLOB_BYTES } from './limits.ts'

/**
 * A payload is the bytes of one argument tuple or one result: either an encoded value itself (its first byte is
 * the value format's version, always below 0x80) or a reference to a blob that holds it (first byte 0xb0).
 */
const BLOB_MARK = 0xb0

const blobReferenceSchema = z.strictObject({
  key: z.string().min(1).max(1024),
  size: z.int().min(0).max(MAX_BLOB_BYTES),
})
export type BlobReference = z.infer<typeof blobReferenceSchema>

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
  return blobReferenceSchema.parse(JSON.parse(decoder.decode(payload.subarray(1))))
}
