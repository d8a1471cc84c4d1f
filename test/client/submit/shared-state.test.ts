import { Hono } from 'hono'
import { describe, expect, test } from 'vitest'
import mp from '../../../lib/mp.ts'

let calls = 0
const up = (): number => ++calls
const registry = new Map<string, number>()
class Meter {
  read(): string {
    return 'read'
  }
}
const makeCounter = () => {
  let count = 0
  return { up: () => ++count, read: () => count }
}

interface Kinds {
  readonly Field: new () => object
  isField(value: unknown): boolean
  isText(value: unknown): boolean
}

describe('what functions among the arguments share with the function of the job', () => {
  test('a variable that one of them assigns is one there too', async () => {
    const given = (): number => ++calls
    expect(await mp.call((fn: () => number) => [up(), fn(), up(), calls], given).result()).toEqual([1, 2, 3, 3])
    const { up: more, read } = makeCounter()
    const sum = (fn: () => number) => [fn(), read(), fn(), read()]
    expect(await mp.call(sum, more).result()).toEqual([1, 1, 2, 2])
    // The variable has changed since the function was captured first.
    more()
    expect(await mp.call(sum, more).result()).toEqual([2, 2, 3, 3])
    expect(read()).toBe(1)
  })

  test('an object in variables of both is one there too', async () => {
    const put = (key: string) => registry.set(key, 1)
    const result = mp.call((fn: (key: string) => unknown) => {
      fn('a')
      return [...registry.keys()]
    }, put)
    expect(await result.result()).toEqual(['a'])
    expect(registry.size).toBe(0)
  })

  test('an object that both hold is one there too, however deep and whatever it is', async () => {
    const secret = Symbol('secret')
    const target = { hits: 0 }
    const shared = {
      object: { n: 0 },
      map: new Map([['a', 1]]),
      bytes: new Uint8Array(8),
      proxy: new Proxy(target, {}),
      bound: up.bind(undefined),
      promise: Promise.resolve(1),
      date: Object.assign(new Date(0), { zone: 'UTC' }),
      meter: new Meter(),
      secret,
    }
    const held = { deep: [{ ...shared }], target }
    const same = (given: readonly { readonly inside: typeof shared }[]): string[] => {
      const [mine, yours] = [held.deep[0] as object, given[0]?.inside as object]
      return Object.keys(mine).filter(key => Reflect.get(mine, key) === Reflect.get(yours, key))
    }
    const all = Object.keys(shared)
    // Plain arguments, and those that hold functions.
    expect(await mp.call(same, [{ inside: { ...shared } }]).result()).toEqual(all)
    const through = (given: () => readonly { readonly inside: typeof shared }[]): string[] => same(given())
    const around = [[{ inside: { ...shared } }]] as const
    expect(await mp.call(through, () => around[0]).result()).toEqual(all)
    // What one changes the other sees, and nobody here.
    const grow = (given: { readonly list: { n: number }[] }): number => {
      for (const each of given.list) each.n++
      return held.deep[0]?.object.n ?? -1
    }
    expect(await mp.call(grow, { list: [shared.object, shared.object] }).result()).toBe(2)
    expect(shared.object.n).toBe(0)
    // As it is now, also where another object of equal state stands where one stood before.
    held.deep[0] = { ...shared, object: { n: 0 } }
    expect(await mp.call(grow, { list: [shared.object] }).result()).toBe(0)
    expect(await mp.call(grow, { list: [held.deep[0].object] }).result()).toBe(1)
    // Rows are taken as they come: each has a copy as of then.
    const rows = function* () {
      for (shared.object.n = 5; shared.object.n < 7; shared.object.n++) yield { list: [shared.object] }
    }
    const read = ({ list }: { readonly list: readonly { readonly n: number }[] }) => [list[0]?.n, target.hits]
    expect(await mp.map(read, rows()).result()).toEqual([
      [5, 0],
      [6, 0],
    ])
  })

  test('a method is that of the class that comes as an argument', async () => {
    const { read } = Meter.prototype
    const same = (given: { readonly prototype: object }) => Reflect.get(given.prototype, 'read') === read
    expect(await mp.call(same, Meter).result()).toBe(true)
  })

  test('a class of a package with private fields is one, whoever holds its instances', async () => {
    const app = new Hono().get('/hi', context => context.text('hi'))
    const asked = async (given: Hono): Promise<unknown> => [
      await (await given.request('/hi')).text(),
      given instanceof Hono,
      Object.getPrototypeOf(given) === Object.getPrototypeOf(new Hono()),
    ]
    expect(await mp.call(asked, app).result()).toEqual(['hi', true, true])
    // Captured once more, alone.
    expect(await mp.call(() => asked(new Hono().get('/hi', context => context.text('new')))).result()).toEqual([
      'new',
      true,
      true,
    ])
    expect(await mp.call(() => asked(app)).result()).toEqual(['hi', true, true])
    await expect(mp.map(asked, [app])).rejects.toThrow(
      'it shares the class Hono, which has private fields, with the function that is mapped',
    )
    // Of rows that bring it themselves.
    const alone = async (given: { request(path: string): Response | Promise<Response> }): Promise<string> =>
      (await given.request('/hi')).text()
    expect(await mp.map(alone, [app, app]).result()).toEqual(['hi', 'hi'])
  })

  test('a package is one, also where its own functions alone know its classes', async () => {
    const file = '../../closures/instance-that-functions-of-its-package-know/node_modules/kinds/index.js'
    const { Field, isField, isText } = (await import(file)) as Kinds
    const both = (field: unknown) => [isField(field), isText(field)]
    const make = () => new Field()
    expect(await mp.call(both, make()).result()).toEqual([true, true])
    expect(await mp.call(both, { deep: [make()] }.deep[0]).result()).toEqual([true, true])
    expect(await mp.call((given: typeof make) => both(given()), make).result()).toEqual([true, true])
    // Alone again, after it was captured with them.
    expect(await mp.call(both, { kind: 'none' }).result()).toEqual([false, false])
    const rows = Array.from({ length: 600 }, make)
    expect(new Set((await mp.map(both, rows).result()).flat())).toEqual(new Set([true]))
  })

  test('what returns is the caller’s own', async () => {
    const given = (): number => ++calls
    expect(await mp.call((fn: () => number) => (up() > 0 ? fn : up), given).result()).toBe(given)
  })

  test('… of that very call, where others of equal text and state were sent before', async () => {
    const counters = Array.from({ length: 4 }, makeCounter)
    const calls = counters.map(({ up: each }) => mp.call((fn: () => number) => fn, each))
    for (const [index, call] of calls.entries()) expect(await call.result()).toBe(counters[index]?.up)
    const maps = counters.map(({ up: each }) => mp.map(() => each, [1, 2]))
    for (const [index, map] of maps.entries()) {
      expect(await map.result()).toEqual([counters[index]?.up, counters[index]?.up])
    }
    const rows = await mp
      .map(
        (fn: () => number) => fn,
        counters.map(({ up: each }) => each),
      )
      .result()
    for (const [index, fn] of rows.entries()) expect(fn).toBe(counters[index]?.up)
    const fails = (each: () => number) => () => {
      throw Object.assign(new Error('failed'), { each })
    }
    const thrown = await Promise.allSettled(counters.map(({ up: each }) => mp.call(fails(each)).result()))
    for (const [index, result] of thrown.entries()) {
      expect(result).toMatchObject({ reason: { cause: { each: counters[index]?.up } } })
    }
  })

  test('unique symbols that return are the caller’s own', async () => {
    const make = () => Symbol('of one description')
    const [first, second, given] = [make(), make(), make()]
    const both = (also: symbol) => [first, { [second]: also }, also, Symbol('new')] as const
    const [one, object, other, made] = await mp.call(both, given).result()
    expect([one, ...Reflect.ownKeys(object), object[second], other]).toEqual([first, second, given, given])
    expect(made.toString()).toBe('Symbol(new)')
    const symbols = [make(), make(), make()]
    const calls = symbols.map(symbol => mp.call(() => new Set([symbol])))
    for (const [index, call] of calls.entries()) expect([...(await call.result())]).toEqual([symbols[index]])
    expect(await mp.map((symbol: symbol) => ({ symbol }), symbols).result()).toEqual(
      symbols.map(symbol => ({ symbol })),
    )
    // A captured variable that holds another symbol now.
    let changing = make()
    const give = () => [changing]
    expect(await mp.call(give).result()).toEqual([changing])
    changing = make()
    expect(await mp.call(give).result()).toEqual([changing])
    // Among functions, in what is thrown, and where one job's result is another's argument.
    expect(await mp.call(() => ({ give, first })).result()).toEqual({ give, first })
    const failing = mp.call(() => {
      throw Object.assign(new Error('failed'), { first })
    })
    await expect(failing.result()).rejects.toMatchObject({ cause: { first } })
    const passed = mp.call((it: readonly symbol[]) => it[0]?.description, mp.ref(await mp.call(give)) as never)
    expect(await passed.result()).toBe('of one description')
  })

  test('rows of a map travel apart, so there an assigned variable is refused by name', async () => {
    const given = (): number => ++calls
    const map = mp.map((fn: () => number) => [up(), fn()], [given]).result()
    await expect(map).rejects.toMatchObject({
      name: 'CaptureError',
      path: ['given', 'calls'],
      reason: expect.stringContaining('shares the variable calls with the function that is mapped'),
    })
    const one = makeCounter()
    const other = makeCounter()
    // Two counters of one text are two.
    expect(await mp.map((fn: () => number) => [one.up(), fn(), one.read()], [other.up]).result()).toEqual([[1, 1, 1]])
    for (const [mine, yours, name] of [
      [one.up, one.read, 'read'],
      [one.read, one.up, 'up'],
    ] as const) {
      await expect(mp.map((fn: () => number) => [mine(), fn()], [yours]).result()).rejects.toMatchObject({
        path: [name, 'count'],
      })
    }
  })
})
