import assert from 'node:assert/strict'
import { AsyncLocalStorage } from 'node:async_hooks'
import { createHash, createSecretKey } from 'node:crypto'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { type EncodeOptions, encode } from '../../lib/value/encode.ts'
import { ValueError } from '../../lib/value/value-error.ts'
import { Point } from './classes.ts'
import { functionTable } from './function-table.ts'

function refusalOf(value: unknown, options?: EncodeOptions): ValueError {
  try {
    encode(value, options)
  } catch (error) {
    assert.ok(error instanceof ValueError, String(error))
    return error
  }
  assert.fail('it was not refused')
}

const bare = (object: object): object => Object.assign(Object.setPrototypeOf(object, Object.prototype), { extra: 1 })

const { proxy: revoked, revoke } = Proxy.revocable({}, {})
revoke()
const detached = new ArrayBuffer(8)
structuredClone(detached, { transfer: [detached] })

const refused: readonly (readonly [name: string, value: unknown, reason: RegExp])[] = [
  ['a WeakMap', new WeakMap(), /a WeakMap can’t be sent.*Use a Map/],
  ['a WeakSet', new WeakSet(), /a WeakSet can’t be sent.*Use a Set/],
  ['a WeakRef', new WeakRef({}), /a WeakRef can’t be sent/],
  ['a FinalizationRegistry', new FinalizationRegistry(() => {}), /a FinalizationRegistry can’t be sent/],
  ['a promise', Promise.resolve(1), /a promise can’t be sent.*Await it/],
  ['a WeakMap that looks like an object', bare(new WeakMap()), /a WeakMap can’t be sent/],
  ['an iterator that looks like an object', bare(new Set().values()), /an iterator can’t be sent/],
  ['a promise that looks like an object', bare(Promise.resolve(1)), /a promise can’t be sent/],
  ['a generator', (function* () {})(), /a generator can’t be sent/],
  ['an iterator of an array', [1].values(), /an iterator can’t be sent/],
  ['an iterator of a Map', new Map().entries(), /an iterator can’t be sent/],
  ['a proxy', new Proxy({}, {}), /a Proxy can’t be sent/],
  ['a proxy of an array', new Proxy([], {}), /a Proxy can’t be sent/],
  ['a revoked proxy', revoked, /a Proxy can’t be sent/],
  ['shared memory', new SharedArrayBuffer(8), /shared memory can’t be sent.*copy/],
  ['a view of shared memory', new Uint8Array(new SharedArrayBuffer(8)), /shared memory can’t be sent/],
  ['a detached buffer', detached, /transferred away/],
  ['a function', () => 1, /a function can’t be sent here/],
  ['a proxy of a function', new Proxy(() => 1, {}), /can’t be sent/],
  ['an instance', new Point(1), /an instance of Point can’t be sent here/],
  ['an AbortController', new AbortController(), /an AbortController can’t be sent/],
  ['a TextDecoder', new TextDecoder('utf-16le'), /a TextDecoder can’t be sent/],
  ['below Intl.Collator', Object.create(Intl.Collator.prototype), /an Intl.Collator can’t be sent/],
  ['a Blob', new Blob([]), /a Blob can’t be sent/],
  ['a socket', new Socket(), /can’t be sent/],
  ['a hash', createHash('sha256'), /can’t be sent/],
  ['a key', createSecretKey(Buffer.alloc(32)), /can’t be sent/],
  ['an AsyncLocalStorage', new AsyncLocalStorage(), /can’t be sent/],
  ['a timer', setTimeout(() => {}, 0).unref(), /can’t be sent/],
]

describe('what can’t travel is refused', () => {
  test.each(refused)('%s', (_name, value, reason) => {
    const error = refusalOf({ deep: [new Map([['key', value]])] }, { root: 'args' })
    expect(error.message).toMatch(reason)
    expect(error.message).toContain('args.deep[0].get("key")')
    assert.equal(error.code, 'value')
    assert.deepEqual(
      error.path?.map(step => step.kind),
      ['property', 'index', 'map-value'],
    )
  })

  test.each(refused)('%s at level 1, without a path', (_name, value) => {
    const error = refusalOf([value], { level: 1 })
    assert.equal(error.path, undefined)
    assert.match(error.message, /fastSerialization: 0/)
  })

  test('subclasses of what holds state, whatever their properties', () => {
    const kinds = [
      class extends WeakMap<object, number> {},
      class extends EventTarget {},
      class extends AbortController {},
    ]
    for (const kind of kinds) {
      const { idOf } = functionTable()
      assert.match(refusalOf(Object.assign(new kind(), { x: 1 }), { functions: idOf }).message, /can’t be sent/)
    }
  })

  test('what the functions hook refuses, with its reason', () => {
    const functions = () => {
      throw new Error('it uses a private name')
    }
    const error = refusalOf([{ f: () => 1 }], { functions })
    assert.match(error.message, /^value\[0\]\.f: a function can’t be sent: it uses a private name/)
    assert.equal((error.cause as Error).message, 'it uses a private name')
    assert.match(refusalOf([new Point(1)], { functions }).message, /an instance of Point can’t be sent: it uses/)
  })
})

describe('level 2 takes plain data only', () => {
  const { idOf } = functionTable()
  const rich = { error: new Error('e'), symbol: Symbol.iterator, instance: new Point(1), fn: Math.max, regexp: /x/ }
  const odd = { frozen: Object.freeze({ a: 1 }), getter: { get a() { return 1 } }, extra: Object.assign([1], { a: 1 }), env: process.env } // biome-ignore format: short
  test.each(Object.entries({ ...rich, ...odd }))('not %s', (_name, value) => {
    assert.match(refusalOf([value], { level: 2, functions: idOf }).message, /fastSerialization: 2/)
  })
})

describe('limits', () => {
  test.each([10, 100_000])('bytes: %i', maxBytes => {
    const fits = Buffer.alloc(Math.max(0, maxBytes - 100))
    assert.ok(encode(fits.toString('latin1'), { maxBytes }).size <= maxBytes)
    assert.match(refusalOf('x'.repeat(maxBytes + 1), { maxBytes }).message, /more than \d+ bytes/)
    assert.match(refusalOf(Buffer.alloc(maxBytes + 1), { maxBytes }).message, /more than \d+ bytes/)
  })

  test('bytes, exactly', () => {
    const { size } = encode(['abc', 1])
    assert.equal(encode(['abc', 1], { maxBytes: size }).size, size)
    refusalOf(['abc', 1], { maxBytes: size - 1 })
  })

  test('levels', () => {
    const nested = (levels: number) => {
      let value: unknown = []
      for (let level = 1; level < levels; level++) value = [value]
      return value
    }
    assert.ok(encode(nested(200), { maxDepth: 250 }).size > 0)
    assert.match(refusalOf(nested(500), { maxDepth: 250 }).message, /nests deeper than 250 levels/)
  })

  test('a value after a refused one is encoded as ever', () => {
    refusalOf([{ a: [1, 2, new WeakMap()] }])
    assert.deepEqual(encode([1]).parts, [Uint8Array.of(1, 0x10, 1, 0x81)])
  })
})
