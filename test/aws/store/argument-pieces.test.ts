import { fc, test } from '@fast-check/vitest'
import { expect } from 'vitest'
import { cutArguments, joinArguments, PIECE_BYTES, piecesWith } from '../../../lib/aws/store/argument-pieces.ts'
import { decodePacked } from '../../../lib/aws/store/attributes.ts'
import { pack, unpack } from '../../../lib/protocol/packed.ts'

const argumentsOf = (sizes: readonly number[]) => pack(sizes.map((size, index) => new Uint8Array(size).fill(index)))

test.each([
  [[1], [0]],
  [[PIECE_BYTES], [0]],
  [[PIECE_BYTES - 1, 1], [0]],
  [
    [PIECE_BYTES, 1],
    [0, 1],
  ],
  [
    [0, 32_768, 1, 1],
    [0, 1, 2],
  ],
  [new Array(100).fill(32_768), Array.from({ length: 100 }, (_, index) => index)],
])('arguments of %j bytes are cut before %j', (sizes, starts) => {
  expect([...cutArguments(argumentsOf(sizes)).starts]).toEqual(starts)
})

const sizes = fc.array(fc.oneof(fc.nat(300), fc.nat(12_000)), { minLength: 1, maxLength: 100 })

test.prop([sizes, fc.nat(99), fc.nat(99)])('the pieces of some jobs hold their arguments', (given, one, other) => {
  const [from, to] = [Math.min(one, other), Math.max(one, other)].map(at => at % given.length).sort((a, b) => a - b)
  const args = argumentsOf(given)
  const { starts, pieces } = cutArguments(args)
  for (const piece of pieces) {
    const { ends, bytes } = decodePacked(piece)
    expect(bytes.byteLength <= PIECE_BYTES || ends.length === 1).toBe(true)
  }
  const [first, last] = piecesWith(starts, from as number, to as number)
  const joined = joinArguments(given.length, { starts: starts.subarray(first), pieces: pieces.slice(first, last + 1) })
  expect(joined.ends).toHaveLength(given.length)
  for (let at = from as number; at <= (to as number); at++) expect(unpack(joined, at)).toEqual(unpack(args, at))
})
