import assert from 'node:assert/strict'
import { test } from 'vitest'
import { decode } from '../../lib/value/decode.ts'
import { encode, gather } from '../../lib/value/encode.ts'
import { functionTable } from './function-table.ts'

function bomb(..._values: unknown[]): never {
  throw new Error('user code ran')
}

const trap = { get: bomb, set: bomb, enumerable: true, configurable: true }

test('encoding runs no getter, iterator, toJSON or overridden method', () => {
  class Armed extends Map<number, number> {
    override get size(): number {
      return bomb()
    }
    override forEach(): never {
      return bomb()
    }
    override [Symbol.iterator](): never {
      return bomb()
    }
    override get [Symbol.toStringTag](): string {
      return bomb()
    }
  }
  const methods = { toJSON: bomb, valueOf: bomb, toString: bomb, [Symbol.iterator]: bomb }
  const values = [
    Object.defineProperty({ a: 1 }, 'armed', trap),
    Object.defineProperty([1, 2], 1, trap),
    Object.defineProperty(new Array(100).fill(1), 50, trap),
    Object.defineProperty(new Array(100).fill(1), 'constructor', trap),
    Object.defineProperties(new Date(), { getTime: trap, toISOString: trap }),
    Object.defineProperties(/x/, { flags: trap, source: trap, global: trap }),
    Object.defineProperties(new Uint8Array(3), { buffer: trap, length: trap, byteOffset: trap, constructor: trap }),
    Object.defineProperties(new Error('x'), { name: trap, message: trap, stack: trap }),
    new Armed([[1, 2]]),
    Object.assign(new Date(0), methods),
    Object.assign(Object(5), methods),
  ]
  const { idOf, byId } = functionTable()
  const there = decode(gather(encode(values, { functions: idOf })), { functions: byId }) as object[]
  assert.equal(there.length, values.length)
  assert.equal(Object.getOwnPropertyDescriptor(there[0], 'armed')?.get, bomb)
  assert.equal(Object.getOwnPropertyDescriptor(there[1], 1)?.get, bomb)
  assert.equal(Map.prototype.get.call(there[8] as never, 1), 2)
})

test('decoding runs no setter, neither of a class nor of a changed Object.prototype', () => {
  class Guarded {
    a = 1
    set b(_value: number) {
      bomb()
    }
  }
  const here = Object.defineProperty(new Guarded(), 'b', {
    value: 2,
    enumerable: true,
    writable: true,
    configurable: true,
  })
  const { idOf, byId } = functionTable()
  const instance = gather(encode([here], { functions: idOf }))
  const plain = gather(
    encode([{ polluted: 1, a: 2 }, Object.assign([], { polluted: 3 }), Object.assign(new Array(9), { 4: 1 })]),
  )
  Object.defineProperty(Object.prototype, 'polluted', trap)
  try {
    assert.deepEqual(Object.entries((decode(instance, { functions: byId }) as [object])[0]), [
      ['a', 1],
      ['b', 2],
    ])
    const [object, array] = decode(plain) as [object, object]
    assert.equal(Object.getOwnPropertyDescriptor(object, 'polluted')?.value, 1)
    assert.equal(Object.getOwnPropertyDescriptor(array, 'polluted')?.value, 3)
  } finally {
    Reflect.deleteProperty(Object.prototype, 'polluted')
  }
})

test('decoding pollutes no prototype', () => {
  const bytes = gather(
    encode([
      JSON.parse('{"__proto__": {"evil": 1}, "constructor": {"prototype": {"evil": 1}}}'),
      Object.assign([], JSON.parse('{"__proto__": 1}')),
    ]),
  )
  decode(bytes)
  assert.equal(({} as { evil?: unknown }).evil, undefined)
})
