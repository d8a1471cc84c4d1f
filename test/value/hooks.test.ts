import assert from 'node:assert/strict'
import { types } from 'node:util'
import { describe, test } from 'vitest'
import { decode } from '../../lib/value/decode.ts'
import { encode, gather } from '../../lib/value/encode.ts'
import type { Hidden } from '../../lib/value/encoding.ts'
import { OUT_OF_BAND_BYTES } from '../../lib/value/limits.ts'
import { functionTable } from './function-table.ts'

class Ref {
  readonly jid: number
  constructor(jid: number) {
    this.jid = jid
  }
}

describe('foreign objects', () => {
  const foreign = (object: object) => (object instanceof Ref ? { ref: object.jid } : undefined)
  const resolve = (data: unknown) => `result of ${(data as { ref: number }).ref}`

  test('travel as their stand-ins, and are resolved once each', () => {
    const ref = new Ref(5)
    const asked: unknown[] = []
    const bytes = gather(encode([ref, { ref }, [1], new Ref(6)], { foreign, level: 2 }))
    const there = decode(bytes, { foreign: data => asked.push(data) && resolve(data) })
    assert.deepEqual(there, ['result of 5', { ref: 'result of 5' }, [1], 'result of 6'])
    assert.equal(asked.length, 2)
  })

  test('are not asked about proxies, which have a hook of their own', () => {
    const proxy = new Proxy({}, { getPrototypeOf: () => assert.fail('a trap ran') })
    assert.throws(() => encode([proxy], { foreign }), /a Proxy can’t be sent/)
    const target: { self?: object } = {}
    target.self = proxy
    const inside = () => ({ kind: 'proxy', target, handler: {} }) as const
    const [one, other] = decode(gather(encode([proxy, proxy], { foreign, inside }))) as { self: object }[]
    assert.ok(types.isProxy(one) && one === other && one?.self === one)
  })

  test('a stand-in that nests too deep is refused', () => {
    let deep: unknown = 1
    for (let level = 0; level < 200; level++) deep = [deep]
    assert.throws(
      () => encode(new Ref(1), { foreign: object => (object instanceof Ref ? deep : undefined) }),
      /stand-in nests/,
    )
  })
})

describe('private state', () => {
  class Account {
    #balance: number
    owner = { name: 'a' }
    constructor(balance: number) {
      this.#balance = balance
    }
    static read(account: object): Hidden | undefined {
      return #balance in account
        ? { maker: Account, state: { balance: account.#balance }, parts: ['#balance', account.#balance] }
        : undefined
    }
    static write(account: object, hidden: unknown): void {
      ;(account as Account).#balance = (hidden as { balance: number }).balance
    }
    get balance(): number {
      return this.#balance
    }
  }

  test('goes through the hooks, wherever the instance stands', () => {
    const { idOf, byId } = functionTable()
    let deep: unknown = new Account(7)
    for (let level = 0; level < 150; level++) deep = { deep }
    const first = new Account(5)
    const bytes = gather(encode([first, first, deep], { functions: idOf, hidden: Account.read }))
    const reveal = {
      create: (maker: Function) => Reflect.construct(maker, [0]) as object,
      fill: Account.write,
    }
    const there = decode(bytes, { functions: byId, reveal }) as [Account, Account, { deep: unknown }]
    assert.equal(there[0], there[1])
    assert.deepEqual([there[0].balance, there[0].owner], [5, { name: 'a' }])
    let node: unknown = there[2]
    while (!(node instanceof Account)) node = (node as { deep: unknown }).deep
    assert.equal(node.balance, 7)
  })
})

test('a hook may encode and decode itself', () => {
  const inner: Uint8Array[] = []
  const functions = (fn: unknown) => inner.push(gather(encode([(fn as { name: string }).name, 'inner']))) - 1
  const bytes = gather(encode(['before', function named() {}, 'after'], { functions }))
  const there = decode(bytes, {
    functions: id => (decode(inner[id] as Uint8Array) as never[]).concat as never,
  }) as unknown[]
  assert.deepEqual([there[0], typeof there[1], there[2]], ['before', 'function', 'after'])
  assert.deepEqual(decode(inner[0] as Uint8Array), ['named', 'inner'])
})

describe('binary data', () => {
  const large = Buffer.alloc(OUT_OF_BAND_BYTES, 1)

  test('is out of band from the threshold on, without copying', () => {
    const { parts } = encode([large])
    assert.ok(parts.some(part => part.buffer === large.buffer))
    const below = encode([large.subarray(1)]).parts
    assert.equal(below.length, 1)
  })

  test('is a view of the message, or a copy when asked', () => {
    const bytes = gather(encode([large]))
    assert.equal((decode(bytes) as [Buffer])[0].buffer, bytes.buffer)
    assert.notEqual((decode(bytes, { copy: true }) as [Buffer])[0].buffer, bytes.buffer)
  })

  test('is copied where the message is not aligned', () => {
    const floats = new Float64Array(5000).fill(0.5)
    const bytes = gather(encode(floats))
    const shifted = new Uint8Array(bytes.length + 1)
    shifted.set(bytes, 1)
    assert.deepEqual(decode(shifted.subarray(1)), floats)
  })

  test('of a pool leaves its neighbours at home', () => {
    const secret = Buffer.from('the neighbour’s secret')
    const shared = Buffer.from('mine')
    const text = Buffer.from(gather(encode([shared, shared.subarray(1, 2)]))).toString('latin1')
    assert.ok(text.includes('mine') && !text.includes(secret.toString('latin1').slice(0, 10)))
    const bare = (buffer: Buffer) => new Uint8Array(buffer.buffer, buffer.byteOffset, buffer.length)
    const around = [Buffer.from('one'), Buffer.from('a secret between'), Buffer.from('two')] as const
    const bytes = Buffer.from(gather(encode([bare(around[0]), bare(around[2])]))).toString('latin1')
    assert.ok(bytes.includes('two') && !bytes.includes('a secret between'))
    const [a, b] = decode(gather(encode([shared, shared.subarray(1, 2)]))) as [Buffer, Buffer]
    a[1] = 0x41
    assert.equal(b[0], 0x41)
  })
})
