import { expect, test } from 'vitest'
import { decodePieces, encodePieces } from '../../lib/protocol/archive-pieces.ts'
import { isEnvironmentName } from '../../lib/protocol/environment-name.ts'
import { environmentNameSchema } from '../../lib/protocol/environments.ts'
import { MAX_ARCHIVE_PIECES, MAX_ENVIRONMENT_NAME_CHARS } from '../../lib/protocol/limits.ts'

const hash = 'a0'.repeat(32)
const listOf = (pieces: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify({ pieces }))

test.each([1, MAX_ARCHIVE_PIECES])('a list of %d pieces comes back', count => {
  const pieces = Array.from({ length: count }, () => hash)
  expect(decodePieces(encodePieces(pieces))).toEqual(pieces)
})

test.each([
  ['no piece', listOf([])],
  ['a piece too many', listOf(Array.from({ length: MAX_ARCHIVE_PIECES + 1 }, () => hash))],
  ['what is no hash', listOf([hash, '../out'])],
  ['no list', listOf(hash)],
  ['nothing', listOf(undefined)],
])('%s is refused', (_, bytes) => {
  expect(() => decodePieces(bytes)).toThrow('It is no list')
})

test.each([
  ['imaging', true],
  ['a.b_c~d-1', true],
  ['x'.repeat(MAX_ENVIRONMENT_NAME_CHARS), true],
  ['x'.repeat(MAX_ENVIRONMENT_NAME_CHARS + 1), false],
  ['', false],
  ['.a', false],
  ['a/b', false],
  [7, false],
])('whether %j is a name of an environment, client and service say alike', (name, is) => {
  expect(isEnvironmentName(name)).toBe(is)
  expect(environmentNameSchema.safeParse(name).success).toBe(is)
})
