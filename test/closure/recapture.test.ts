import { describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { openBundle, openCode } from '../../lib/closure/revive/open-bundle.ts'
import { prepare } from '../../lib/closure/revive/revive.ts'

let count = 0
let mixed: unknown = 1
const data = { list: [1] }
const fixed = 7
const counts = () => count
const holds = () => data.list.length
const still = () => fixed * 2
const mixes = () => (typeof mixed === 'function' ? (mixed as () => unknown)() : mixed)
class Tuned {
  static level = 1
  value() {
    return 1
  }
}
class Meter {
  static #total = 0
  #value = 0
  static total() {
    return Meter.#total
  }
  value() {
    return this.#value
  }
  up() {
    Meter.#total++
    this.#value++
  }
}
const tunes = () => [Tuned.level, new Tuned().value()]
const through = (): number => counts() + 1

const host = { hostModule: () => undefined, module: () => undefined }
function run(fn: Function): unknown {
  const opened = openBundle(capture(fn).bundle)
  return (prepare(opened.code, 'test', host).instantiate(opened).value as () => unknown)()
}

const kinds: readonly (() => Function)[] = [
  () => (a: number) => a,
  () =>
    function named(a: number) {
      return a
    },
  () => ({ method: (a: number) => a }).method,
  () =>
    ({
      method(a: number) {
        return a
      },
    }).method,
  () => async (a: number) => a,
  () => class Named {},
]

/** What can be told of an object without what it holds. */
function facts(object: object): unknown {
  const slots = Reflect.ownKeys(object).map(key => {
    const { value, get, ...bits } = Object.getOwnPropertyDescriptor(object, key) as PropertyDescriptor
    return [
      String(key),
      typeof value === 'object' || typeof value === 'function' ? typeof value : value,
      typeof get,
      bits,
    ]
  })
  const above = Object.getPrototypeOf(object) as object | null
  return [slots.sort(), Object.isExtensible(object), Object.isFrozen(object), above && Object.keys(above)]
}

describe('the same function again', () => {
  test('is the same object when nothing changed', () => {
    for (const fn of [still, holds, counts, through, tunes]) expect(capture(fn)).toBe(capture(fn))
  })

  test('is right when a variable changed, with the same code', () => {
    const before = capture(counts)
    count = 41
    const after = capture(counts)
    expect(after.hash).not.toBe(before.hash)
    expect(after.code).toBe(before.code)
    expect([run(counts), run(through)]).toEqual([41, 42])
    count = 0
    expect(capture(counts).hash).toBe(before.hash)
  })

  test('is right when a variable that two functions share changed', () => {
    const counter = (from: number) => {
      let n = from
      return { up: () => ++n, now: () => n }
    }
    const one = counter(1)
    const both = () => [one.up(), one.now()]
    expect(run(both)).toEqual([2, 2])
    one.up()
    expect(run(both)).toEqual([3, 3])
    expect(one.now()).toBe(2)
  })

  test('is right when an object changed inside', () => {
    expect(run(holds)).toBe(1)
    data.list.push(2)
    expect(run(holds)).toBe(2)
    data.list.pop()
    expect(run(holds)).toBe(1)
  })

  test('is right when a Map came to hold the strings of a tagged template', () => {
    const seen = new Map<TemplateStringsArray, number>()
    const tag = (strings: TemplateStringsArray): number => {
      seen.set(strings, (seen.get(strings) ?? 0) + 1)
      return seen.get(strings) as number
    }
    const site = (): number => tag`x`
    expect(run(site)).toBe(1)
    expect([site(), site()]).toEqual([1, 2])
    expect([run(site), run(site)]).toEqual([3, 3])
    seen.clear()
    expect(run(site)).toBe(1)
  })

  test('is right when a variable holds another kind of value', () => {
    const seen: unknown[] = []
    for (const value of [1, 'x', () => count + 5, { a: 1 }, undefined, () => 'other', null, Number.NaN]) {
      mixed = value
      seen.push(run(mixes))
    }
    expect(seen).toEqual([1, 'x', 5, { a: 1 }, undefined, 'other', null, Number.NaN])
  })

  test('is right when a class or a function got properties', () => {
    expect(run(tunes)).toEqual([1, 1])
    Tuned.level = 2
    expect(run(tunes)).toEqual([2, 1])
    Tuned.prototype.value = () => 9
    expect(run(tunes)).toEqual([2, 9])
    const marked = Object.assign(() => (marked as { mark?: number }).mark, {})
    expect(run(marked)).toBeUndefined()
    Object.assign(marked, { mark: 3 })
    expect(run(marked)).toBe(3)
    Object.assign(marked, { mark: 4 })
    expect(run(marked)).toBe(4)
  })

  test.each<[string, (fn: Function) => unknown]>([
    ['length', fn => Object.defineProperty(fn, 'length', { value: 9 })],
    ['name', fn => Object.defineProperty(fn, 'name', { value: 'other' })],
    ['deleted length', fn => Reflect.deleteProperty(fn, 'length')],
    ['deleted name', fn => Reflect.deleteProperty(fn, 'name')],
    [
      'property in the place of a deleted length',
      fn => Reflect.deleteProperty(fn, 'length') && Object.assign(fn, { a: 1 }),
    ],
    ['accessor', fn => Object.defineProperty(fn, 'a', { get: () => 1 })],
    ['hidden property', fn => Object.defineProperty(fn, 'a', { value: 1 })],
    ['integrity', fn => Object.preventExtensions(fn)],
    ['object above', fn => Object.setPrototypeOf(fn, { odd: 1 })],
    ['absence of one above', fn => Object.setPrototypeOf(fn, null)],
  ])('is right when any kind of function got another %s', (_what, change) => {
    for (const make of kinds) {
      const fn = make()
      const gives = () => fn
      expect(facts(run(gives) as Function)).toEqual(facts(fn))
      change(fn)
      expect(facts(run(gives) as Function)).toEqual(facts(fn))
    }
  })

  test.each<[string, (made: typeof Tuned) => unknown]>([
    ['method that is enumerable', made => Object.defineProperty(made.prototype, 'value', { enumerable: true })],
    ['method that is an accessor', made => Object.defineProperty(made.prototype, 'value', { get: () => () => 2 })],
    ['method with an object above it', made => Object.setPrototypeOf(made.prototype.value, { odd: 1 })],
    ['frozen prototype', made => Object.freeze(made.prototype)],
    ['prototype without the method', made => Reflect.deleteProperty(made.prototype, 'value')],
  ])('is right when a class got a %s', (_what, change) => {
    const made = class {
      static level = 1
      value() {
        return 1
      }
    }
    const gives = () => made
    expect(facts((run(gives) as typeof made).prototype)).toEqual(facts(made.prototype))
    change(made)
    const there = run(gives) as typeof made
    expect(facts(there.prototype)).toEqual(facts(made.prototype))
    if (typeof made.prototype.value === 'function')
      expect(facts(there.prototype.value)).toEqual(facts(made.prototype.value))
  })

  test('is right when a private field, of an instance or of a class, changed', () => {
    const meter = new Meter()
    const reads = () => [meter.value(), Meter.total()]
    expect(run(reads)).toEqual([0, 0])
    const before = capture(reads)
    expect(capture(reads)).toBe(before)
    meter.up()
    expect(capture(reads).hash).not.toBe(before.hash)
    expect(run(reads)).toEqual([1, 1])
    new Meter().up()
    expect(run(reads)).toEqual([1, 2])
  })

  test('is right when a name or a length was defined anew, of a function or of a method of a class', () => {
    const told = (): number => 1
    class Named {
      value() {
        return 1
      }
    }
    const tells = (): unknown => [told.name, told.length, Named.prototype.value.name, Named.prototype.value.length]
    expect(run(tells)).toEqual(['told', 0, 'value', 0])
    Object.defineProperty(told, 'name', { value: 'renamed', configurable: true })
    expect(run(tells)).toEqual(['renamed', 0, 'value', 0])
    Object.defineProperty(Named.prototype.value, 'name', { value: 'changed', configurable: true })
    expect(run(tells)).toEqual(['renamed', 0, 'changed', 0])
    Object.defineProperty(told, 'length', { value: 5, configurable: true })
    Object.defineProperty(Named.prototype.value, 'length', { value: 3, configurable: true })
    expect(run(tells)).toEqual(['renamed', 5, 'changed', 3])
  })

  test('gives the same bytes for the same state, in new closures too', () => {
    const make = (n: number) => () => n + fixed
    expect(capture(make(1)).hash).toBe(capture(make(1)).hash)
    expect(capture(make(1)).hash).not.toBe(capture(make(2)).hash)
    expect(capture(make(1)).code).toBe(capture(make(2)).code)
  })

  test('the code is the same however many closures of one place travel', () => {
    const make = (n: number) => () => n
    const holder = (list: (() => number)[]) => () => list.map(fn => fn())
    expect(capture(holder([make(1)])).code).toBe(capture(holder([make(1), make(2), make(3)])).code)
  })

  test('describes itself', () => {
    const documented = (a: number, b: number, c = 1, ...rest: number[]) => a + b + c + rest.length
    expect(capture(documented)).toMatchObject({ name: 'documented', arity: { min: 2, max: Number.POSITIVE_INFINITY } })
    expect(capture((a: number, b = 1) => a + b).arity).toEqual({ min: 1, max: 2 })
    expect(capture(Math.max)).toMatchObject({ name: 'max', arity: { min: 0, max: Number.POSITIVE_INFINITY } })
    expect(openCode(openBundle(capture(still).bundle).code).header.modules).toEqual([])
  })
})
