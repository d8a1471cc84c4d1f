import { hash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { OWN_BYTES, OWN_HASHES, ownSha256, sha256 } from '../../lib/value/sha256.ts'

const byNode = (bytes: Uint8Array): string => hash('sha256', bytes, 'hex')

test('is SHA-256, whatever the bytes', () => {
  fc.assert(fc.property(fc.uint8Array({ maxLength: 300 }), bytes => ownSha256(bytes) === byNode(bytes)))
})

test.each([0, 1, 54, 55, 56, 63, 64, 65, 119, 120, OWN_BYTES, OWN_BYTES + 1])('of %i bytes', size => {
  const bytes = Uint8Array.from({ length: size }, (_, index) => 7 * index)
  expect(ownSha256(bytes)).toBe(byNode(bytes))
  expect(sha256(bytes)).toBe(byNode(bytes))
})

test('a view is hashed, not all of its memory', () => {
  const bytes = Uint8Array.from({ length: 100 }, (_, index) => index).subarray(20, 50)
  expect(ownSha256(bytes)).toBe(byNode(bytes))
})

test('many are the same, as Node’s takes over', () => {
  for (let count = 0; count < OWN_HASHES + 2; count++) {
    const bytes = Uint8Array.of(count, 1, 2)
    expect(sha256(bytes)).toBe(byNode(bytes))
  }
})
