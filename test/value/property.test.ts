import assert from 'node:assert/strict'
import fc from 'fast-check'
import { test } from 'vitest'
import { decode } from '../../lib/value/decode.ts'
import { encode, gather } from '../../lib/value/encode.ts'

const anything = fc.anything({
  withBigInt: true,
  withBoxedValues: true,
  withDate: true,
  withMap: true,
  withNullPrototype: true,
  withObjectString: true,
  withSet: true,
  withSparseArray: true,
  withTypedArray: true,
})

test('whatever goes comes back', () => {
  fc.assert(
    fc.property(anything, value => {
      assert.deepEqual(decode(gather(encode(value))), value)
    }),
    { numRuns: 1000 },
  )
})

test('strings come back unit by unit', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 200 }), fc.nat(0xffff), (text, unit) => {
      const value = text + String.fromCharCode(unit)
      assert.equal(decode(gather(encode(value))), value)
    }),
  )
})

test('what is one here is one there', () => {
  const graph = fc.array(fc.tuple(fc.nat(20), fc.nat(20)), { maxLength: 60 })
  fc.assert(
    fc.property(graph, edges => {
      const nodes = Array.from({ length: 21 }, (_, id) => ({ id, links: [] as unknown[] }))
      for (const [from, to] of edges) nodes[from]?.links.push(nodes[to])
      assert.deepEqual(decode(gather(encode(nodes))), nodes)
    }),
  )
})
