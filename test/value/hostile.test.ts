import assert from 'node:assert/strict'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { CloudException } from '../../lib/protocol/errors.ts'
import { decode } from '../../lib/value/decode.ts'
import { encode, gather } from '../../lib/value/encode.ts'
import { MAX_NESTED } from '../../lib/value/limits.ts'
import * as tag from '../../lib/value/tags.ts'
import { cases } from './cases.ts'
import { functionTable } from './function-table.ts'

function refuse(bytes: readonly number[] | Uint8Array, options?: Parameters<typeof decode>[1]): string {
  try {
    decode(Uint8Array.from(bytes), options)
  } catch (error) {
    assert.ok(CloudException.isCloudException(error), String(error))
    assert.equal(error.code, 'decode')
    return error.message
  }
  return assert.fail('it was decoded')
}

const BIG = [0xff, 0xff, 0xff, 0xff, 0x7f]
const refused: readonly (readonly [name: string, bytes: readonly number[], reason: RegExp])[] = [
  ['nothing', [], /version undefined/],
  ['another version', [2, tag.NULL], /version 2/],
  ['a version alone', [1], /ends too early/],
  ['an unknown tag', [1, 0x3e], /unknown tag/],
  ['bytes after the end', [1, tag.NULL, tag.NULL], /bytes follow/],
  ['a cut string', [1, tag.SHORT_STRING | 5, 65], /ends too early/],
  ['a string of wild length', [1, tag.LATIN, ...BIG], /claims/],
  ['a wide string of wild length', [1, tag.WIDE, 3, 0, 0], /claims/],
  ['a bigint of wild length', [1, tag.BIGINT, 0, ...BIG], /claims/],
  ['an array of wild length', [1, tag.ARRAY, ...BIG], /claims/],
  ['a Map of wild size', [1, tag.MAP, ...BIG], /claims/],
  ['a Set of wild size', [1, tag.SET, ...BIG], /claims/],
  ['a shape of wild size', [1, tag.SHAPE_PLAIN, ...BIG], /claims/],
  ['a number that does not end', [1, tag.INTEGER, ...new Array(12).fill(0xff)], /more than 8 bytes/],
  ['a number beyond 2^53', [1, tag.INTEGER, ...new Array(7).fill(0xff), 0x7f], /beyond 2\^53/],
  ['a sparse array beyond 2^32', [1, tag.SPARSE, 0x80, 0x80, 0x80, 0x80, 0x10, 0], /claims an array/],
  ['an element outside its array', [1, tag.SPARSE, 2, 1, 5, tag.NULL], /element 5/],
  ['a reference to nothing', [1, tag.REF, 0], /object 0/],
  ['a shape that is not there', [1, tag.OBJECT, 3], /shape 3/],
  ['a key that is not there', [1, tag.SHAPE_PLAIN, 1, 9, tag.NULL], /key 9/],
  ['a key that is a number', [1, tag.SHAPE_PLAIN, 1, 0, 0x81, tag.NULL], /where a key belongs/],
  ['the same key twice', [1, tag.SHAPE_PLAIN, 2, 0, 0x41, 65, 1, tag.NULL, tag.NULL], /same key twice/],
  ['a function, where none are taken', [1, tag.FUNCTION, 0], /none are taken here/],
  ['a stand-in, where none are taken', [1, tag.FOREIGN, tag.NULL], /none are taken here/],
  ['private state, where none is taken', [1, tag.HIDDEN, 0, tag.NULL], /holds a function|private state/],
  ['an unknown built-in', [1, tag.INTRINSIC, 0x41, 65], /does not have/],
  [
    'a built-in by a wild path',
    [1, tag.INTRINSIC, 0x40 | 26, ...Buffer.from('process.mainModule.require')],
    /does not have/,
  ],
  ['a function that an unknown function of Node made', [1, tag.WRAPPED, 9, 0], /wraps nothing/],
  ['what Node made of no function', [1, tag.WRAPPED, 0, 1, tag.NULL], /wraps nothing/],
  [
    'what a built-in made that makes nothing',
    [1, tag.WRAPPED, 5, 2, 0x48, ...Buffer.from('Function'), 0x42, 91, 93],
    /not a constructor/,
  ],
  ['what a getter made of no name', [1, tag.WRAPPED, 5, 2, tag.BARE, tag.BARE], /wraps nothing/],
  ['a log of no name', [1, tag.WRAPPED, 2, 1, tag.NULL], /wraps nothing/],
  [
    'what Node made of a proxy',
    [1, tag.WRAPPED, 0, 1, tag.PROXY, tag.INTRINSIC, 0x48, ...Buffer.from('parseInt'), tag.BARE],
    /wraps nothing/,
  ],
  ['an unknown symbol', [1, tag.SYMBOL_KNOWN, 0x41, 65], /does not have/],
  ['an unknown kind of error', [1, tag.ERROR, 99], /unknown kind/],
  ['an invalid regular expression', [1, tag.REGEXP, 0x41, 0x28, 0x40, tag.NULL], /Invalid regular expression/],
  ['a box around an object', [1, tag.BOXED, tag.ARRAY, 0], /no primitive/],
  ['a box around itself', [1, tag.BOXED, tag.REF, 0], /object 0/],
  [
    'an array of another length',
    [1, tag.DRESSED, 1, tag.ARRAY, 0, 1, 0, 0x46, ...Buffer.from('length'), 4, tag.INTEGER, 0x80, 0x80, 0x80, 0x08],
    /two lengths/,
  ],
  ['dressed dress', [1, tag.DRESSED, 0, tag.DRESSED, 0, tag.BARE], /no new object/],
  ['a dressed number', [1, tag.DRESSED, 0, 0x81], /no new object/],
  ['a dressed reference', [1, tag.ARRAY, 1, tag.DRESSED, 4, tag.REF, 0], /no new object/],
  ['dressed built-ins', [1, tag.DRESSED, 12, tag.INTRINSIC, 0x44, ...Buffer.from('Math')], /no new object/],
  ['an accessor that is no function', [1, tag.DRESSED, 1, tag.BARE, 1, 0, 0x41, 65, 8, 0x81, 0x81], /no function/],
  ['a prototype that is no object', [1, tag.DRESSED, 2, tag.BARE, tag.BARE, 0x81], /where a prototype belongs/],
  ['a cycle of prototypes', [1, tag.DRESSED, 2, tag.BARE, tag.BARE, tag.REF, 0], /[Cc]yclic/],
  ['contents put off twice', [1, tag.LATER, tag.LATER, tag.ARRAY, 0], /twice/],
  ['deferred contents that never come', [1, tag.LATER, tag.ARRAY, 0, tag.LATER], /bytes follow/],
  [
    'many arguments',
    [1, tag.ARGUMENTS, 0xa0, 0x9c, 0x01, ...new Array(20_000).fill(tag.NULL)],
    /arguments object of 20000/,
  ],
  ['nesting without end', [1, ...new Array(100_000).fill(0).flatMap(() => [tag.ARRAY, 1]), tag.NULL], /in one go/],
  ['a table that is not there', [1, tag.ATTACHED, 200, 0, 0, 0, 0, 0, tag.NULL], /not there/],
  ['a table that is cut', [1, tag.ATTACHED, 9, 0, 0, 0, 0, 0, tag.NULL], /ends too early/],
  ['binary data past the end', [1, tag.ATTACHED, 9, 0, 0, 0, 0, 0, tag.NULL, 1, 1, 0, 0, 0, 50, 0, 1], /past its end/],
  ['out-of-band data past the end', [1, tag.ATTACHED, 9, 0, 0, 0, 0, 0, tag.NULL, 1, 1, 0, 0, 0, 50, 1], /do not end/],
  [
    'a huge resizable buffer',
    [1, tag.ATTACHED, 9, 0, 0, 0, 0, 0, tag.NULL, 1, 1, 1, 0xff, ...BIG, 0, 0, 0],
    /resizable/,
  ],
  ['a view of data that are not there', [1, tag.VIEW, 3, 0, 0, 1], /binary data 0/],
  [
    'a view beyond its data',
    [1, tag.ATTACHED, 13, 0, 0, 0, 0, 0, tag.VIEW, 3, 0, 0, 9, 1, 1, 0, 0, 0, 1, 0, 7],
    /not sent/,
  ],
]

describe('hostile bytes are refused', () => {
  test.each(refused)('%s', (_name, bytes, reason) => {
    expect(refuse(bytes)).toMatch(reason)
  })

  test('on both sides of the limits', () => {
    const nested = (levels: number) => [1, ...new Array(levels).fill(0).flatMap(() => [tag.ARRAY, 1]), tag.NULL]
    assert.ok(Array.isArray(decode(Uint8Array.from(nested(MAX_NESTED + 1)))))
    refuse(nested(MAX_NESTED + 2))
    const bytes = gather(encode(['abc']))
    decode(bytes, { maxBytes: bytes.length })
    assert.match(refuse(bytes, { maxBytes: bytes.length - 1 }), /larger than allowed/)
    let deep: unknown = 1
    for (let level = 0; level < 1000; level++) deep = [deep]
    decode(gather(encode(deep)), { maxDepth: 1000 })
    assert.match(refuse(gather(encode(deep)), { maxDepth: 500 }), /deeper than 500/)
  })

  test('a sparse array of wild length costs no memory', () => {
    const before = process.memoryUsage().rss
    const arrays = Array.from(
      { length: 50 },
      () => decode(Uint8Array.from([1, tag.SPARSE, 0x80, 0x80, 0x80, 0x08, 0])) as [],
    )
    assert.equal(arrays[0]?.length, 2 ** 24)
    assert.ok(process.memoryUsage().rss - before < 100 * 2 ** 20)
  })
})

const table = functionTable()
const seeds = cases
  .filter(({ name }) => !/deeper|20,000/.test(name))
  .map(({ make }) => gather(encode(make(), { functions: table.idOf })))
const options = { functions: table.byId, foreign: (data: unknown) => data }

function valueOrRefusal(bytes: Uint8Array): void {
  try {
    decode(bytes, options)
  } catch (error) {
    assert.ok(
      CloudException.isCloudException(error) && error.code === 'decode',
      `${String(error)} of ${bytes.join(' ')}`,
    )
  }
}

test('every truncation of every case is refused', () => {
  for (const bytes of seeds)
    for (let end = 0; end < Math.min(bytes.length, 300); end++) refuse(bytes.subarray(0, end), options)
})

test('mutated messages give a value or a decode error', () => {
  const mutation = fc.tuple(fc.nat(), fc.integer({ min: 0, max: 255 }))
  fc.assert(
    fc.property(fc.constantFrom(...seeds), fc.array(mutation, { minLength: 1, maxLength: 4 }), (seed, mutations) => {
      const bytes = Uint8Array.from(seed)
      for (const [at, value] of mutations) bytes[at % Math.min(bytes.length, 400)] = value
      valueOrRefusal(bytes)
    }),
    { numRuns: 4000 },
  )
})

test('random bytes give a value or a decode error', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 60 }), bytes => valueOrRefusal(Uint8Array.from([1, ...bytes]))),
    { numRuns: 4000 },
  )
})
