import assert from 'node:assert/strict'
import type { Case } from './case.ts'
import { Point } from './classes.ts'

const sameMemory = (a: ArrayBufferView, b: ArrayBufferView) => assert.equal(a.buffer, b.buffer)

export const binaryCases: readonly Case[] = [
  {
    name: 'typed arrays, small and large',
    plain: true,
    make: () =>
      [
        Int8Array,
        Uint8Array,
        Uint8ClampedArray,
        Int16Array,
        Uint16Array,
        Int32Array,
        Uint32Array,
        Float32Array,
        Float64Array,
        Float16Array,
      ].flatMap(kind => [0, 1, 33, 5000].map(length => kind.from(new Array(length).keys().map(index => index % 100)))),
  },
  {
    name: 'big typed arrays',
    make: () => [new BigInt64Array(3).fill(-1n), new BigUint64Array(5000).fill(7n)],
    plain: true,
  },
  {
    name: 'Buffers',
    make: () => [Buffer.from('pooled'), Buffer.alloc(10_000, 1), Buffer.alloc(0)],
    plain: true,
    check: (there: unknown[]) => assert.ok(there.every(Buffer.isBuffer)),
  },
  {
    name: 'extra properties of views',
    make: () => [Object.assign(new Uint8Array(3), { a: 1 }), Object.assign(new Uint8Array(300), { a: 1 })],
  },
  {
    name: 'views of one buffer',
    plain: true,
    make: () => {
      const buffer = new ArrayBuffer(20_000)
      return [new Uint8Array(buffer, 3, 5), new Float64Array(buffer, 8, 2000), new DataView(buffer, 1, 9)]
    },
    check: ([a, b, c]: [Uint8Array, Float64Array, DataView]) => {
      sameMemory(a, b)
      sameMemory(a, c)
      a[4] = 9
      assert.equal(c.getUint8(6), 9)
      assert.deepEqual([a.length, b.length, c.byteLength], [5, 2000, 9])
    },
  },
  {
    name: 'a buffer and its view',
    plain: true,
    make: () => {
      const view = new Uint16Array(5000).fill(3)
      return [view, view.buffer, new ArrayBuffer(0)]
    },
    check: ([view, buffer]: [Uint16Array, ArrayBuffer]) =>
      assert.deepEqual([view.buffer === buffer, buffer.byteLength], [true, 10_000]),
  },
  {
    name: 'a resizable buffer',
    plain: true,
    make: () => new ArrayBuffer(8, { maxByteLength: 64 }),
    check: (there: ArrayBuffer) =>
      assert.deepEqual([there.byteLength, there.resizable, there.maxByteLength], [8, true, 64]),
  },
]

/** Deeper than one stack. */
export const deepCases: readonly Case[] = [
  {
    name: 'a list of 20,000 nodes',
    plain: true,
    make: () => {
      let node: { next: unknown; back?: unknown } | null = null
      for (let index = 0; index < 20_000; index++) node = { next: node }
      return { head: node }
    },
    check: (there: { head: { next: unknown } | null }) => {
      let count = 0
      for (let node = there.head; node !== null; node = node.next as never) count++
      assert.equal(count, 20_000)
    },
  },
  {
    name: 'all kinds of containers, each deeper than the stack allows',
    make: () => {
      let value: unknown = 'end'
      for (let level = 0; level < 700; level++) {
        const inner = value
        value = [
          [inner],
          { inner },
          new Map([[inner, level]]),
          new Set([inner]),
          new Error('e', { cause: inner }),
          Object.freeze([inner]),
          new Point(inner as number),
        ][level % 7]
      }
      return value
    },
  },
]
