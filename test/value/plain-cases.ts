import assert from 'node:assert/strict'
import type { Case } from './case.ts'

// biome-ignore format: a table
const atoms: readonly unknown[] = [
  undefined, null, true, false, 0, 1, 127, 128, -1, -128, 255, 65_536, 2 ** 31 - 1, 2 ** 31, -(2 ** 31), -(2 ** 31) - 1,
  2 ** 53, 0.1, -0, Number.NaN, Number.POSITIVE_INFINITY, Number.MIN_VALUE, Number.MAX_VALUE, 0n, 1n, -1n, 255n, 256n,
  2n ** 64n, -(2n ** 200n), '', 'x', 'a'.repeat(8), 'a'.repeat(9), 'a'.repeat(16), 'a'.repeat(17), 'a'.repeat(63),
  'a'.repeat(64), 'ÿ'.repeat(10), 'ÿ'.repeat(100), 'Ā', '日本語', '日'.repeat(100), '💙', '\ud800', '\udfff\ud800', '\0',
]

export const plainCases: readonly Case[] = [
  ...atoms.map(
    (value): Case => ({
      name: `the atom ${typeof value === 'bigint' ? `${value}n` : Object.is(value, -0) ? '-0' : JSON.stringify(value)}`,
      make: () => value,
      plain: true,
      check: there => assert.ok(Object.is(there, value)),
    }),
  ),
  { name: 'small arguments', make: () => [3, 'x'], plain: true },
  {
    name: 'objects of one shape',
    make: () => [
      { a: 1, b: 'x' },
      { a: 2, b: 'y' },
      { b: 3, a: 4 },
    ],
    plain: true,
  },
  { name: 'an empty object and array', make: () => [{}, []], plain: true },
  { name: 'no prototype', make: () => Object.assign(Object.create(null), { a: 1 }), plain: true },
  { name: 'no prototype and nothing in it', make: () => Object.create(null) },
  {
    name: 'a cycle',
    plain: true,
    make: () => {
      const a: Record<string, unknown> = { list: [1] }
      a['self'] = a
      return a
    },
    check: (there: { self: unknown }) => assert.equal(there.self, there),
  },
  {
    name: 'shared references',
    plain: true,
    make: () => {
      const shared = { n: 1 }
      return [shared, { shared }, new Map([[shared, shared]]), ...Array.from({ length: 20 }, () => [shared])]
    },
    check: (there: [object, { shared: object }]) => assert.equal(there[0], there[1].shared),
  },
  {
    name: 'own __proto__',
    plain: true,
    make: () => JSON.parse('{"__proto__": {"evil": true}, "a": 1}'),
    check: (there: { evil?: unknown }) => {
      assert.equal(Object.getPrototypeOf(there), Object.prototype)
      assert.equal(there.evil, undefined)
    },
  },
  {
    name: 'Map and Set',
    make: () =>
      new Map<unknown, unknown>([
        [1, new Set([1, 'a'])],
        [{}, [new Map()]],
      ]),
    plain: true,
  },
  { name: 'dates', make: () => [new Date(0), new Date(Number.NaN), new Date(-1)], plain: true },
  {
    name: 'holes',
    make: () => Object.assign(new Array(5), [1], { 3: 4 }),
    check: (there: unknown[]) => assert.ok(!(1 in there)),
  },
  {
    name: 'a huge sparse array',
    make: () => Object.assign(new Array(4_294_967_295), { 7: 'a', 4000000000: 'b' }),
    check: (there: unknown[]) =>
      assert.deepEqual([there.length, Object.keys(there)], [4_294_967_295, ['7', '4000000000']]),
  },
]
