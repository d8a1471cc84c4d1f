import { describe, expect, test } from 'vitest'
import { decodeFailure, encodeFailure } from '../../lib/protocol/failure.ts'
import { MAX_BLOB_BYTES } from '../../lib/protocol/limits.ts'
import { blobReferenceOf, encodeBlobReference } from '../../lib/protocol/payload.ts'
import { referenceOf } from '../../lib/protocol/reference.ts'
import { failureSchema } from '../../lib/protocol/schemas.ts'

const bytesOf = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const decode = expect.objectContaining({ code: 'decode' })

describe('failures', () => {
  test('go and come', () => {
    const failure = { code: 'exit', message: 'It left.', exitCode: 3, signal: 'SIGTERM', dependency: 4 } as const
    expect(decodeFailure(encodeFailure(failure))).toEqual(failure)
  })

  test.each([
    null,
    7,
    {},
    { code: 'exit' },
    { code: 'no such code', message: 'x' },
    { code: 'exit', message: 7 },
    { code: 'exit', message: 'x', stack: 7 },
    { code: 'exit', message: 'x', exitCode: 1.5 },
  ])('%j is none, here as in the schema', value => {
    expect(() => decodeFailure(bytesOf(value))).toThrow(decode)
    expect(failureSchema.safeParse(value).success).toBe(false)
  })

  test('what is not JSON is none', () => {
    expect(() => decodeFailure(Uint8Array.of(0xff))).toThrow(decode)
  })
})

describe('references to blobs', () => {
  test('go and come; a value is none', () => {
    const reference = { key: 'a/b', size: MAX_BLOB_BYTES }
    expect(blobReferenceOf(encodeBlobReference(reference))).toEqual(reference)
    expect(blobReferenceOf(Uint8Array.of(1, 2))).toBeUndefined()
    expect(blobReferenceOf(new Uint8Array())).toBeUndefined()
  })

  test.each([
    null,
    { key: '', size: 1 },
    { key: 'x'.repeat(1025), size: 1 },
    { key: 'x', size: -1 },
    { key: 'x', size: MAX_BLOB_BYTES + 1 },
    { key: 'x', size: 0.5 },
  ])('%j is refused', value => {
    expect(() => blobReferenceOf(Uint8Array.of(0xb0, ...bytesOf(value)))).toThrow(decode)
  })
})

describe('references to results', () => {
  test.each([
    { ranges: [[1, 1]], many: false },
    { ranges: [], many: true },
    { ranges: [[1, 2], [9, 1]], many: true }, // biome-ignore format: one line
  ])('%j is one', value => {
    expect(referenceOf(value)).toEqual(value)
  })

  test.each([
    null,
    { ranges: [[1, 1]] },
    { ranges: [], many: false },
    { ranges: [[1, 1], [2, 1]], many: false }, // biome-ignore format: one line
    { ranges: [[0, 1]], many: true },
    { ranges: [[1, 0]], many: true },
    { ranges: [[1, 1, 1]], many: true },
    { ranges: ['1'], many: true },
  ])('%j is none', value => {
    expect(() => referenceOf(value)).toThrow(decode)
  })
})
