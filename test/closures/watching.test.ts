import { describe, expect, test } from 'vitest'
import { Calls } from './calls.ts'
import { Snapshots } from './snapshot.ts'

class Locked {
  #code = 1
  turn() {
    this.#code = 2
    return this.#code
  }
}

describe('what would be noticed', () => {
  test('calls of the user’s functions', () => {
    const calls = new Calls()
    const watched = {
      get value() {
        return 1
      },
      toJSON: () => 'text',
    }
    const during = (act: () => unknown): string[] => {
      // The function that is given is itself one of this file.
      const called = calls.during(import.meta.url, () => void act())
      return called.map(it => it.split(' at ')[0] ?? '').filter(name => name !== '(anonymous)' && name !== 'act')
    }
    expect(during(() => Object.getOwnPropertyDescriptors(watched))).toEqual([])
    expect(during(() => watched.value)).toEqual(['get value'])
    expect(during(() => JSON.stringify(watched))).toEqual(['toJSON'])
  })

  test('not what looking itself would call', () => {
    const trapped: string[] = []
    const handler = new Proxy({}, { get: (_, trap) => void trapped.push(String(trap)) })
    const proxy = new Proxy({ inside: 1 }, handler)
    const heirs = [Object.create(proxy), Object.setPrototypeOf(() => 1, proxy), Object.setPrototypeOf([], proxy)]
    using snapshots = new Snapshots(import.meta.url)
    const before = snapshots.of(heirs)
    expect([before.length > 4, trapped]).toEqual([true, []])
    Object.defineProperty(heirs[2], 0, { value: 'changed' })
    expect([snapshots.of(heirs).join() === before.join(), trapped]).toEqual([false, []])
  })

  const locked = new Locked()
  const list = [1]
  const map = new Map([['a', list]])
  const proxy = new Proxy({ inside: 1 }, {})
  let count = 0
  const bound = ((object: object) => object).bind(undefined, { held: list })
  const reads = () => [locked, map, proxy, count, bound]
  test.each<[what: string, change: () => unknown]>([
    ['a variable', () => count++],
    ['a private field', () => locked.turn()],
    ['an entry', () => map.set('a', [1])],
    ['an item', () => list.push(2)],
    ['what is behind a proxy', () => Reflect.set(proxy, 'inside', 2)],
    ['a property that hides', () => Object.defineProperty(list, 'hidden', { value: 1 })],
    ['that an object was closed', () => Object.preventExtensions(map)],
    ['a property of the function', () => Object.assign(reads, { extra: 1 })],
    ['what an object inherits', () => Object.setPrototypeOf(locked, null)],
  ])('a change of %s', (_what, change) => {
    using snapshots = new Snapshots(import.meta.url)
    const before = snapshots.of(reads)
    expect(snapshots.of(reads)).toEqual(before)
    change()
    expect(snapshots.of(reads)).not.toEqual(before)
  })
})
