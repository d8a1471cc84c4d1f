import { expect, test } from 'vitest'
import type { Work } from '../../lib/engine/ports/launcher.ts'
import { pack } from '../../lib/protocol/packed.ts'
import { Kinds } from '../../lib/worker/kind.ts'

const hash = (digit: string): string => digit.repeat(64)

/** A job of one and the same function, in an environment with an archive of this hash. */
function work(archive?: string, name = 'e'): Work {
  const environment = archive === undefined ? {} : { environment: { name, hash: archive } }
  const fn = { bundle: hash('a'), code: hash('b'), name: 'f', node: 24, ...environment }
  return { first: 1, attempt: 1, jobs: [{ offset: 0, tries: 0 }], function: fn, options: {}, args: pack([]), depth: 0 }
}

test('jobs of one function share children within an environment, and never across two', () => {
  const kinds = new Kinds()
  const [none, one, other, again] = [undefined, hash('1'), hash('2'), hash('1')].map(each => kinds.of(work(each)))
  expect(again).toBe(one)
  expect(new Set([none, one, other].map(kind => kind?.family)).size).toBe(3)
  expect(one?.spec.environment).toEqual({ name: 'e', hash: hash('1') })
  expect(none?.spec.environment).toBeUndefined()
})

test('environments of other names and the same packages share no children: what these say names their own', () => {
  const kinds = new Kinds()
  const [one, other] = [kinds.of(work(hash('1'), 'one')), kinds.of(work(hash('1'), 'other'))]
  expect(other.family).not.toBe(one.family)
  expect([one, other].map(({ spec }) => spec.environment?.name)).toEqual(['one', 'other'])
})
