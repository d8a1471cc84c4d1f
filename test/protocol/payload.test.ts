import { expect, test } from 'vitest'
import { pack } from '../../lib/protocol/packed.ts'
import { blobReferenceOf, encodeBlobReference, holdsReferences } from '../../lib/protocol/payload.ts'

const reference = encodeBlobReference({ key: 'uploads/1', size: 7 })
const value = Uint8Array.of(1, 0xb0)
const nothing = new Uint8Array()

test('a reference is read as it was written, and an encoded value is none', () => {
  expect(blobReferenceOf(reference)).toEqual({ key: 'uploads/1', size: 7 })
  expect(blobReferenceOf(value)).toBeUndefined()
})

test.each([
  ['none', [value, nothing, value], 0, 3, false],
  ['nothing at all', [], 0, 0, false],
  ['the first', [reference, value], 0, 2, true],
  ['the last', [value, nothing, reference], 0, 3, true],
  ['one before', [reference, value, value], 1, 2, false],
  ['one after', [value, value, reference], 0, 2, false],
  ['the only one looked at', [value, reference, value], 1, 1, true],
  ['an empty one before a reference', [nothing, reference], 0, 1, false],
])('references among payloads: %s', (_which, payloads, from, count, expected) => {
  expect(holdsReferences(pack(payloads), from, count)).toBe(expected)
})
