import assert from 'node:assert/strict'
import { types } from 'node:util'
import type { Case } from './case.ts'
import { Empty, HttpError, Point, Registry, Stack } from './classes.ts'

const bare = (object: object): object => Object.assign(Object.setPrototypeOf(object, Object.prototype), { extra: 1 })

export const richCases: readonly Case[] = [
  { name: 'extra properties of an array', make: () => Object.assign([1, 2], { index: 0, [Symbol.for('k')]: 1 }) },
  { name: 'extra properties of a long array', make: () => Object.assign(new Array(100).fill(1), { index: 0 }) },
  {
    name: 'a hidden property of an array',
    make: () => [3, 100].map(n => Object.defineProperty(new Array(n).fill(1), 'hidden', { value: 1 })),
    check: (there: { hidden: number }[]) =>
      assert.deepEqual(
        there.map(each => each.hidden),
        [1, 1],
      ),
  },
  { name: 'extra properties of a Map', make: () => Object.assign(new Map([[1, 2]]), { extra: true }) },
  {
    name: 'built-ins that inherit from Object.prototype alone',
    make: () => [
      bare(new Map([[1, 2]])), bare(new Set([3])), bare(new Date(7)), bare(new Uint8Array([4, 5])), bare(Object(6n)),
      bare(new ArrayBuffer(8)), bare(/x/g), bare([9]),
    ], // biome-ignore format: a table
    check: (there: [object, object, object, object, object, object, object, object], here: object[]) => {
      assert.ok(there.every(each => Object.getPrototypeOf(each) === Object.prototype))
      assert.deepEqual(there.map(Object.getOwnPropertyDescriptors), here.map(Object.getOwnPropertyDescriptors))
      const [map, set, date, view, box, buffer] = there
      assert.equal(Map.prototype.get.call(map, 1), 2)
      assert.ok(Set.prototype.has.call(set, 3))
      assert.equal(Date.prototype.getTime.call(date), 7)
      assert.ok(view instanceof Object && ArrayBuffer.isView(view))
      assert.equal(BigInt.prototype.valueOf.call(box), 6n)
      assert.ok(types.isAnyArrayBuffer(buffer))
    },
  },
  {
    name: 'a RegExp',
    make: () => Object.assign(/a+/dgimsuy, { lastIndex: 3 }),
    check: (there: RegExp) => assert.equal(there.lastIndex, 3),
  },
  { name: 'boxes', make: () => [Object(1), Object('ab'), Object(true), Object(5n), Object(Symbol.iterator)] },
  {
    name: 'symbols',
    make: () => {
      const unique = Symbol('u')
      return [Symbol.for('r'), Symbol.iterator, unique, { [unique]: 1, [Symbol.for('r')]: 2 }, Symbol()]
    },
    check: (there: [symbol, symbol, symbol, Record<symbol, number>, symbol]) => {
      assert.deepEqual(there.slice(0, 2), [Symbol.for('r'), Symbol.iterator])
      assert.equal(there[3][there[2]], 1)
      assert.equal(there[4].description, undefined)
    },
  },
  {
    name: 'integrity',
    make: () => [
      Object.freeze({ a: 1 }), Object.seal({ a: 1 }), Object.preventExtensions({ a: 1 }), Object.freeze([1, [2]]),
      Object.freeze({}), Object.seal([1]), Object.preventExtensions(new Map()),
    ], // biome-ignore format: a table
    check: (there: object[], here: object[]) => {
      const facts = (o: object) => [Object.isFrozen(o), Object.isSealed(o), Object.isExtensible(o)]
      assert.deepEqual(there.map(facts), here.map(facts))
    },
  },
  {
    name: 'an array of fixed length',
    make: () =>
      [[], [1], new Array(40).fill(1)].map(list => Object.defineProperty(list, 'length', { writable: false })),
    check: (there: unknown[][]) =>
      assert.deepEqual(
        there.map(list => Object.getOwnPropertyDescriptor(list, 'length')),
        [0, 1, 40].map(value => ({ value, writable: false, enumerable: false, configurable: false })),
      ),
  },
  {
    name: 'descriptors',
    make: () =>
      Object.defineProperties(
        {},
        { hidden: { value: 1 }, fixed: { value: 2, enumerable: true }, soft: { value: 3, configurable: true } },
      ),
    check: (there: object, here: object) =>
      assert.deepEqual(Object.getOwnPropertyDescriptors(there), Object.getOwnPropertyDescriptors(here)),
  },
  {
    name: 'accessors',
    make: () => ({ get a() { return 5 }, set a(_value) {}, set b(_value: unknown) {} }), // biome-ignore format: short
    check: (there: object, here: object) =>
      assert.deepEqual(Object.getOwnPropertyDescriptors(there), Object.getOwnPropertyDescriptors(here)),
  },
  {
    name: 'an object as prototype',
    make: () => Object.create({ inherited: 1 }, { a: { value: 1, enumerable: true } }),
  },
  {
    name: 'a prototype that knows its child',
    make: () => {
      const prototype: Record<string, unknown> = {}
      const child = Object.create(prototype)
      prototype['child'] = child
      return child
    },
    check: (there: object) => assert.equal(Object.getPrototypeOf(there).child, there),
  },
  {
    name: 'instances of classes',
    make: () => [new Point(1), new Point(2), new Empty()],
    check: (there: Point[]) => assert.deepEqual([there[1]?.double, there[2] instanceof Empty], [4, true]),
  },
  {
    name: 'instances of subclasses of built-ins',
    make: () => [new Registry([['a', 1]]), Stack.of(1, 2), new HttpError('gone')],
    check: (there: [Registry, Stack, HttpError]) => {
      assert.deepEqual([there[0].get('a'), there[0].label, there[1].length, there[2].status], [1, 'all', 2, 404])
      assert.ok(there[2] instanceof HttpError && there[0] instanceof Registry && there[1] instanceof Stack)
    },
  },
  {
    name: 'functions',
    make: () => [Point, Object.freeze, Math.max],
    check: (there, here) => assert.deepEqual(there, here),
  },
  {
    name: 'built-in objects',
    make: () => [Math, JSON, Array.prototype, globalThis, process.env, Reflect, Symbol.prototype],
    check: (there: unknown[], here: unknown[]) => assert.ok(there.every((each, index) => each === here[index])),
  },
  {
    name: 'errors',
    make: () =>
      [Error, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(kind =>
        Object.assign(new kind('m', { cause: new Error('inner') }), { code: 'E' }),
      ),
    check: (there: Error[], here: Error[]) => {
      for (const [index, error] of there.entries()) {
        const { stack, ...rest } = Object.getOwnPropertyDescriptors(error)
        const { stack: _accessor, ...expected } = Object.getOwnPropertyDescriptors(here[index] as Error)
        assert.deepEqual(rest, expected)
        assert.deepEqual([stack?.value, stack?.enumerable], [here[index]?.stack, false])
        assert.equal(Object.prototype.toString.call(error), '[object Error]')
      }
    },
  },
  {
    name: 'an AggregateError and a DOMException',
    make: () => [new AggregateError([new Error('1')], 'all'), new DOMException('stop', 'AbortError')],
    check: ([all, stop]: [AggregateError, DOMException]) =>
      assert.deepEqual([all.errors.length, stop.message, stop.name, stop.code], [1, 'stop', 'AbortError', 20]),
  },
  {
    name: 'URLs',
    make: () => [new URL('http://a.b/c?d=e#f'), new URLSearchParams('a=1&a=2')],
    check: (there: unknown[]) => assert.equal(String(there), 'http://a.b/c?d=e#f,a=1&a=2'),
  },
  {
    name: 'an arguments object',
    make: () =>
      (function list(..._values: unknown[]) {
        // biome-ignore lint/complexity/noArguments: it is the case
        return arguments
      })(1, { a: 2 }),
    check: (there: object) =>
      assert.deepEqual(
        [Object.prototype.toString.call(there), Array.from(there as [])],
        ['[object Arguments]', [1, { a: 2 }]],
      ),
  },
  {
    name: 'hidden elements of sloppy arguments',
    make: () => {
      const list = new Function('return arguments')('a', 'b', 'c') as object
      Object.defineProperty(list, 0, { enumerable: false })
      return Object.defineProperty(list, 2, { enumerable: false, writable: false })
    },
    check: (there: object, here: object) => {
      for (const index of [0, 1, 2, 3]) {
        assert.deepEqual(Object.getOwnPropertyDescriptor(there, index), Object.getOwnPropertyDescriptor(here, index))
      }
    },
  },
]
