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

  test('a method is that of the class that comes as an argument', async () => {
    const { read } = Meter.prototype
    const same = (given: { readonly prototype: object }) => Reflect.get(given.prototype, 'read') === read
    expect(await mp.call(same, Meter).result()).toBe(true)
  })

  test('what returns is the caller’s own', async () => {
    const given = (): number => ++calls
    expect(await mp.call((fn: () => number) => (up() > 0 ? fn : up), given).result()).toBe(given)
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
