import { expect, test } from 'vitest'
import { z } from 'zod'
import { capture } from '../../lib/closure/capture.ts'
import { encodeParcel } from '../../lib/closure/parcel.ts'
import { openBundle } from '../../lib/closure/revive/open-bundle.ts'
import { prepare } from '../../lib/closure/revive/revive.ts'

const name = z.string().describe('first')
const bare = z.number()
const describes = () => [name.description, bare.description]

function run(fn: Function): { readonly gives: unknown; readonly hash: string } {
  const { bundle, hash, modules } = capture(fn)
  const host = {
    hostModule: () => undefined,
    module: (wanted: string) => modules.find(module => module.hash === wanted)?.bytes,
  }
  const opened = openBundle(bundle)
  return { gives: (prepare(opened.code, 'test', host).instantiate(opened).value as () => unknown)(), hash }
}

test('what a package registers goes along, as it is at each capture', () => {
  const first = run(describes)
  expect(first.gives).toEqual(['first', undefined])
  expect(run(describes).hash).toBe(first.hash)

  z.globalRegistry.add(name, { description: 'second' })
  expect(run(describes).gives).toEqual(['second', undefined])

  z.globalRegistry.add(bare, { description: 'late' })
  const both = run(describes)
  expect(both.gives).toEqual(['second', 'late'])
  expect(run(describes).hash).toBe(both.hash)

  z.globalRegistry.remove(name)
  expect(run(describes).gives).toEqual([undefined, 'late'])
})

interface Flags {
  raise(object: object, flag: unknown): void
  of(object: object): unknown
}

test('so does what an instance keeps in a WeakMap of its own', async () => {
  const file = '../closures/instance-of-a-package-that-holds-a-weak-map/node_modules/flags/index.js'
  const { Flags } = (await import(file)) as { Flags: new () => Flags }
  const flags = new Flags()
  const [one, other] = [{ n: 1 }, { n: 2 }]
  const tells = () => [flags.of(one), flags.of(other)]
  flags.raise(one, 'first')
  const before = run(tells)
  expect(before.gives).toEqual(['first', undefined])
  expect(run(tells).hash).toBe(before.hash)

  flags.raise(one, 'second')
  flags.raise(other, { also: one })
  expect(run(tells).gives).toEqual(['second', { also: { n: 1 } }])
})

test('so does what a package keeps for an object that a variable holds only later', async () => {
  const file = '../closures/plain-object-that-a-package-keeps-something-for/node_modules/tags/index.js'
  const tags = (await import(file)) as {
    tag(object: object, value: unknown): object
    tagOf(object: object): unknown
  }
  let given: object | undefined
  const tells = () => given && tags.tagOf(given)
  expect(run(tells).gives).toBe(undefined)
  given = tags.tag({}, 'late')
  expect(run(tells).gives).toEqual(['late', true])
  tags.tag(given, 'changed')
  expect(run(tells).gives).toEqual(['changed', true])
})

interface Box {
  tell(): unknown
}
const boxes = '../closures/instance-of-a-package-with-weak-state-in-other-files/node_modules/boxes/index.js'

test('an instance whose package keeps state of it comes with a variable, and is refused among arguments', async () => {
  const { Box } = (await import(boxes)) as { Box: new (value: unknown, label: string) => Box }
  const box = new Box(1, 'first')
  const tells = () => box.tell()
  expect(run(tells).gives).toEqual([1, 'first', undefined])

  const asked = (given: Box) => given instanceof Box && given.tell()
  const known = [capture(asked)]
  expect(() => encodeParcel([box], { known, root: 'arguments' })).toThrow(
    expect.objectContaining({
      code: 'capture',
      message: expect.stringMatching(
        /^arguments\[0\]: its package keeps state of it in \w+, a WeakMap or WeakSet, which stays behind here .*use it as a variable/s,
      ),
    }),
  )
})
