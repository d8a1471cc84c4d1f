import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import { inParts } from '../../lib/protocol/in-parts.ts'

const SIZE = 100

async function partsOf(source: Iterable<Uint8Array>): Promise<Uint8Array[]> {
  const parts: Uint8Array[] = []
  for await (const part of inParts(source, SIZE)) parts.push(part)
  return parts
}

/** Gives its bytes in one buffer, again and again, as some streams do. */
function* inOneBuffer(bytes: Uint8Array, lengths: readonly number[]): Generator<Uint8Array> {
  const buffer = new Uint8Array(SIZE - 1)
  let from = 0
  for (const length of lengths) {
    buffer.set(bytes.subarray(from, from + length))
    yield buffer.subarray(0, length)
    from += length
  }
}

test('parts are whole but for the last, whatever the pieces', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 350 }), { maxLength: 30 }), async lengths => {
      const total = lengths.reduce((sum, length) => sum + length, 0)
      const bytes = Uint8Array.from({ length: total }, (_, at) => at % 251)
      const ends = lengths.map((_, nth) => lengths.slice(0, nth + 1).reduce((sum, length) => sum + length, 0))
      const pieces = ends.map((end, nth) => bytes.subarray(end - (lengths[nth] as number), end))
      const parts = await partsOf(pieces)
      expect(parts.slice(0, -1).every(part => part.byteLength === SIZE)).toBe(true)
      expect(parts).toHaveLength(Math.ceil(total / SIZE))
      expect(Buffer.concat(parts).equals(bytes)).toBe(true)
    }),
  )
})

test('nothing of a piece that is smaller than a part is held: its buffer may be used anew', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: SIZE - 1 }), { maxLength: 30 }), async lengths => {
      const bytes = Uint8Array.from({ length: lengths.reduce((sum, length) => sum + length, 0) }, (_, at) => at % 251)
      expect(Buffer.concat(await partsOf(inOneBuffer(bytes, lengths))).equals(bytes)).toBe(true)
    }),
  )
})

test('a piece that makes whole parts is not copied', async () => {
  const piece = new Uint8Array(2 * SIZE)
  expect((await partsOf([piece])).map(({ buffer }) => buffer === piece.buffer)).toEqual([true, true])
})
