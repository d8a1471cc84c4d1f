import { describe, expect, test } from 'vitest'
import mp from '../../../lib/mp.ts'

interface Tags {
  tag<T extends object>(object: T, value: unknown): T
  tagOf(object: object): readonly [value: unknown, isSeen: boolean]
}

interface Box {
  tell(): unknown
}

interface Flags {
  raise(object: object, flag: unknown): void
  of(object: object): unknown
  isKnown(object: object): boolean
}

interface Vault {
  open(): unknown
}

const cases = '../../closures'
const { tag, tagOf } = (await import(
  `${cases}/plain-object-that-a-package-keeps-something-for/node_modules/tags/index.js`
)) as Tags
const { Box } = (await import(
  `${cases}/instance-of-a-package-with-weak-state-in-other-files/node_modules/boxes/index.js`
)) as { Box: new (value: unknown, label: string, owner?: object) => Box }
const { Flags } = (await import(
  `${cases}/instance-of-a-package-that-holds-a-weak-map/node_modules/flags/index.js`
)) as { Flags: new () => Flags }
const vaults = `${cases}/instance-of-a-package-with-weak-state-that-can-not-go/node_modules/vault/index.js`

const asked = (given: object): unknown => [tagOf(given), tagOf({})]
const tell = (box: Box): unknown => box.tell()

describe('what a package keeps in WeakMaps for arguments goes along', () => {
  test('for plain objects, functions and what is below them', async () => {
    const plain = tag({ n: 1 }, 'plain')
    expect(await mp.call(asked, plain).result()).toEqual([
      ['plain', true],
      [null, false],
    ])
    const below = (given: { readonly deep: readonly object[] }): unknown => given.deep.map(tagOf)
    expect(await mp.call(below, { deep: [{}, tag({}, 'deep')] }).result()).toEqual([
      [null, false],
      ['deep', true],
    ])
    const fn = tag(() => 7, 'function')
    expect(await mp.call((given: () => number) => [given(), tagOf(given)], fn).result()).toEqual([
      7,
      ['function', true],
    ])
    // Alone again.
    expect(await mp.call(asked, {}).result()).toEqual([
      [null, false],
      [null, false],
    ])
  })

  test('as it is at each call, and with what it leads to in the arguments', async () => {
    const [given, other] = [{ n: 1 }, { n: 2 }]
    tag(given, { other, given })
    const read = (one: typeof given, two: typeof given): unknown => {
      const [held] = tagOf(one) as unknown as readonly [{ readonly other: object; readonly given: object }]
      return [held.other === two, held.given === one, tagOf(two)[1]]
    }
    expect(await mp.call(read, given, other).result()).toEqual([true, true, false])
    tag(other, 'too')
    expect(await mp.call(read, given, other).result()).toEqual([true, true, true])
    tag(given, 'changed')
    expect(await mp.call(asked, given).result()).toEqual([
      ['changed', true],
      [null, false],
    ])
  })

  test('where the function holds the object too', async () => {
    const held = tag({ n: 1 }, 'held')
    const same = (given: object): unknown => [given === held, tagOf(given), tagOf(held)]
    expect(await mp.call(same, held).result()).toEqual([true, ['held', true], ['held', true]])
  })

  test('for instances of its classes, whether or not the function uses the package', async () => {
    const box = new Box(1, 'first', { name: 'me' })
    expect(await mp.call(tell, box).result()).toEqual([1, 'first', { name: 'me' }])
    expect(await mp.call((given: Box) => [given instanceof Box, given.tell()], box).result()).toEqual([
      true,
      [1, 'first', { name: 'me' }],
    ])
    expect(mp.explain(tell, box)).toMatchObject({ sendable: true })
  })

  test('in the rows of a map', async () => {
    const boxes = Array.from({ length: 600 }, (_, at) => new Box(at, `box ${at}`, { at }))
    const told = await mp.map(tell, boxes).result()
    expect(told).toEqual(boxes.map((_, at) => [at, `box ${at}`, { at }]))
    const plain = Array.from({ length: 600 }, (_, at) => tag({ at }, at))
    expect(await mp.map((given: object) => tagOf(given)[0], plain).result()).toEqual(plain.map(({ at }) => at))
  })
})

describe('an instance that holds a WeakMap of its own', () => {
  const both = (given: Flags, one: object): unknown => [given.of(one), given.isKnown(one)]

  test('goes with its entries as an argument', async () => {
    const flags = new Flags()
    const one = { n: 1 }
    flags.raise(one, { about: one })
    const told = (given: Flags, it: object): unknown => [
      (given.of(it) as { readonly about: object }).about === it,
      given.isKnown(it),
      given.isKnown({}),
    ]
    expect(await mp.call(told, flags, one).result()).toEqual([true, true, false])
    expect(await mp.call(([given, it]: readonly [Flags, object]) => both(given, it), [flags, one]).result()).toEqual([
      { about: { n: 1 } },
      true,
    ])
    expect(await mp.map(both, [flags, flags], [one, {}]).result()).toEqual([
      [{ about: { n: 1 } }, true],
      [undefined, false],
    ])
  })

  test('is one with what the function holds', async () => {
    const flags = new Flags()
    const [one, two] = [{ n: 1 }, { n: 2 }]
    flags.raise(one, 'first')
    flags.raise(two, 'second')
    const asks = (given: object): unknown => both(flags, given)
    expect(await mp.call(asks, two).result()).toEqual(['second', true])
    expect(await mp.map(asks, [{}, one, two]).result()).toEqual([
      [undefined, false],
      ['first', true],
      ['second', true],
    ])
  })

  test('comes back with them', async () => {
    const made = await mp
      .call(() => {
        const [flags, one] = [new Flags(), { n: 1 }]
        flags.raise(one, 'there')
        return { flags, one }
      })
      .result()
    expect(made.flags).toBeInstanceOf(Flags)
    expect(both(made.flags, made.one)).toEqual(['there', true])
    expect(both(made.flags, {})).toEqual([undefined, false])
  })
})

describe('what can’t go along', () => {
  test('is refused by name where an instance is nothing without it', async () => {
    const { Vault } = (await import(vaults)) as { Vault: new (secret: unknown) => Vault }
    const open = (vault: Vault): unknown => vault.open()
    expect(await mp.call(open, new Vault('gold')).result()).toBe('gold')
    const refusal =
      /^arguments\[0\]: its package keeps something of it in _Vault_secret, a WeakMap or WeakSet, that can’t be sent .*Make it in the job/s
    await expect(mp.call(open, new Vault(new WeakRef({})))).rejects.toThrow(refusal)
    await expect(mp.map(open, [new Vault(new WeakRef({}))])).rejects.toThrow(refusal)
    expect(mp.explain(open, new Vault(new WeakRef({})))).toMatchObject({ sendable: false })
  })

  test('… and in rows after the first, where that brought nothing of the package', async () => {
    const both = (given: number | Box): unknown => (typeof given === 'number' ? given : given.tell())
    await expect(mp.map(both, [1, new Box(1, 'late')])).rejects.toThrow(
      /^arguments\[0\]: its package keeps state of it in \w+, a WeakMap or WeakSet, which stays behind here .*use it as a variable/s,
    )
  })

  test('stays behind where it may be a cache', async () => {
    expect(await mp.call(asked, tag({}, new WeakRef({}))).result()).toEqual([
      [null, true],
      [null, false],
    ])
  })
})
