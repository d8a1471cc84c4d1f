import { EventEmitter } from 'node:events'
import os from 'node:os'
import * as path from 'node:path'
import { basename } from 'node:path'

const k = 5
const table = { rows: [1, 2], index: new Map([['x', 1]]), self: undefined as unknown }
table.self = table
let count = 0
const increment = (): number => ++count
const twice = (x: number): number => 2 * x
function factorial(n: number): number {
  return n < 2 ? 1 : n * factorial(n - 1)
}
const even = (n: number): boolean => n === 0 || odd(n - 1)
const odd = (n: number): boolean => n !== 0 && even(n - 1)
const tools = {
  base: 10,
  add(n: number) {
    return this.base + n
  },
  get doubled(): number {
    return this.base * 2
  },
  ['com' + 'puted']() {
    return 'c'
  },
  async later() {
    return 'later'
  },
}
const emitterClass = EventEmitter
const withProperties = Object.assign((x: number) => x + withProperties.extra, { extra: 3 })
function counter(from: number) {
  let n = from
  return { up: () => ++n, now: () => n, reset: (to: number) => (n = to) }
}
const one = counter(0)
const [left, right] = [counter(7), counter(7)]
const loop: (() => number)[] = []
for (let i = 0; i < 3; i++) loop.push(() => i)
const late = { f: (): boolean => late.f === undefined }
const marker = Symbol('marker')
const holder = { [marker]: marker, again: marker }
const caught = (() => {
  try {
    throw new Error('why')
  } catch (thrown) {
    return () => (thrown as Error).message
  }
})()
const tag = (parts: TemplateStringsArray, ...values: unknown[]) => parts.raw.join('|') + values.join(',')
const nested = (a: number) => (b: number) => (c: number) => a + b * c
const { max } = Math
const shadow = (process: { env: string }) => () => process.env
const frozen = Object.freeze({ a: Object.freeze([1]) })
const error = new TypeError('bad', { cause: 'x' })

function strictThis(this: unknown) {
  return this === undefined
}

export interface Case {
  readonly name: string
  readonly fn: (...args: never[]) => unknown
  readonly args?: readonly unknown[]
  readonly gives: unknown
}

/** What travels, and what it must give in a fresh process. */
export const cases: readonly Case[] = [
  { name: 'nothing captured', fn: () => 3 * 3, gives: 9 },
  { name: 'arguments', fn: (a: number, b: number) => a - b, args: [5, 2], gives: 3 },
  { name: 'a primitive', fn: () => 3 * k, gives: 15 },
  {
    name: 'an object with a cycle',
    fn: () => [table.rows, table.index.get('x'), table.self === table],
    gives: [[1, 2], 1, true],
  },
  { name: 'a function', fn: (x: number) => twice(x) + 1, args: [4], gives: 9 },
  {
    name: 'a variable of the file that two functions share',
    fn: () => [increment(), increment(), count],
    gives: [1, 2, 2],
  },
  { name: 'a function declaration that calls itself', fn: factorial, args: [5], gives: 120 },
  { name: 'functions that call each other', fn: (n: number) => even(n), args: [7], gives: false },
  { name: 'a method of an object', fn: () => tools.add(5), gives: 15 },
  {
    name: 'a getter, a computed and an async method',
    fn: async () => [tools.doubled, (tools as never as { computed(): string }).computed(), await tools.later()],
    gives: [20, 'c', 'later'],
  },
  { name: 'a method by itself', fn: () => tools.add.call({ base: 1 } as typeof tools, 1), gives: 2 },
  { name: 'an async function', fn: async (x: number) => (await Promise.resolve(x)) + 1, args: [1], gives: 2 },
  {
    name: 'a generator',
    fn: () => [
      ...(function* () {
        yield k
        yield* [1]
      })(),
    ],
    gives: [5, 1],
  },
  {
    name: 'an async generator',
    fn: async () => {
      const all = []
      for await (const x of (async function* () {
        yield k
      })())
        all.push(x)
      return all
    },
    gives: [5],
  },
  { name: 'a variable of a function', fn: one.up, gives: 1 },
  {
    name: 'a variable of a function that two functions share',
    fn: () => {
      one.up()
      one.up()
      return one.now()
    },
    gives: 2,
  },
  {
    name: 'two variables of one declaration',
    fn: () => {
      left.up()
      return [left.now(), right.now(), right.up()]
    },
    gives: [8, 7, 8],
  },
  { name: 'loop variables', fn: () => loop.map(f => f()), gives: [0, 1, 2] },
  { name: 'a catch variable', fn: caught, gives: 'why' },
  { name: 'parameters of functions around', fn: nested(2)(3) as never, args: [4], gives: 14 },
  { name: 'a parameter that hides a global', fn: shadow({ env: 'mine' }), gives: 'mine' },
  {
    name: 'defaults and patterns',
    fn: (({ a = k, ...rest } = {} as { a?: number; b?: number }, [b] = [twice(1)]) => [a, rest, b]) as never,
    args: [{ b: 1 }],
    gives: [5, { b: 1 }, 2],
  },
  { name: 'a tagged template', fn: () => tag`a${k}b`, gives: 'a|b5' },
  { name: 'properties of a function', fn: withProperties, args: [1], gives: 4 },
  { name: 'a function in an object that it captures', fn: () => late.f(), gives: false },
  { name: 'a unique symbol', fn: () => holder[marker] === marker && holder.again === marker, gives: true },
  { name: 'a frozen object', fn: () => Object.isFrozen(frozen) && Object.isFrozen(frozen.a), gives: true },
  { name: 'an error', fn: () => [error instanceof TypeError, error.message, error.cause], gives: [true, 'bad', 'x'] },
  { name: 'an import of a built-in module', fn: () => basename('/a/b'), gives: 'b' },
  { name: 'a namespace of a built-in module', fn: () => [path.join('a', 'b'), path.posix.sep], gives: ['a/b', '/'] },
  { name: 'the default of a built-in module', fn: () => os.EOL, gives: '\n' },
  { name: 'a built-in class', fn: () => new emitterClass() instanceof EventEmitter, gives: true },
  { name: 'an intrinsic under another name', fn: () => max(1, 2) === Math.max(1, 2), gives: true },
  { name: 'an intrinsic itself', fn: Math.max as never, args: [1, 4], gives: 4 },
  { name: 'a built-in function itself', fn: basename as never, args: ['/x/y'], gives: 'y' },
  {
    name: 'what is not defined anywhere',
    fn: () => typeof (globalThis as Record<string, unknown>)['nowhere'],
    gives: 'undefined',
  },
  { name: 'import.meta', fn: () => import.meta.url, gives: import.meta.url },
  { name: 'import() of a built-in module', fn: async () => (await import('node:path')).sep, gives: '/' },
  {
    name: 'names and lengths',
    fn: () => [factorial.name, twice.name, twice.length, tools.add.name],
    gives: ['factorial', 'twice', 1, 'add'],
  },
  { name: 'strict code', fn: strictThis as never, gives: true },
  { name: 'the worker’s own environment', fn: () => process.env['PICLOUD_TEST_ONLY_HERE'], gives: undefined },
]

/** What the cases would change if they ran here. */
export function stateHere(): readonly number[] {
  return [count, one.now(), left.now(), right.now()]
}
