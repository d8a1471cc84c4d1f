import { expect, test } from 'vitest'
import { Unpacked } from '../../../lib/worker/code/unpacked.ts'

function three(): Unpacked {
  const unpacked = new Unpacked()
  for (const hash of ['a', 'b', 'c']) unpacked.add(hash, 10)
  return unpacked
}

test.each([
  [30, []],
  [29, ['a']],
  [20, ['a']],
  [19, ['a', 'b']],
  [0, ['a', 'b', 'c']],
  [-1, ['a', 'b', 'c']],
])('with a limit of %i bytes, %j go of three', (limit, gone) => {
  expect(three().excess(limit)).toEqual(gone)
})

test('what was used last goes last', () => {
  const unpacked = three()
  unpacked.hold('a')
  unpacked.letGo('a')
  expect(unpacked.excess(10)).toEqual(['b', 'c'])
})

test('what a job needs never goes, until the last lets it go', () => {
  const unpacked = three()
  unpacked.hold('a')
  unpacked.hold('a')
  expect(unpacked.excess(0)).toEqual(['b', 'c'])
  unpacked.letGo('a')
  expect(unpacked.excess(0)).toEqual(['b', 'c'])
  unpacked.letGo('a')
  expect(unpacked.excess(0)).toEqual(['b', 'c', 'a'])
})

test('what is held before it is there is held', () => {
  const unpacked = new Unpacked()
  unpacked.hold('a')
  unpacked.add('a', 10)
  expect(unpacked.excess(0)).toEqual([])
  unpacked.letGo('a')
  expect(unpacked.excess(0)).toEqual(['a'])
})

test('what went takes nothing; what comes again counts once', () => {
  const unpacked = three()
  unpacked.remove('b')
  unpacked.remove('b')
  unpacked.add('c', 12)
  expect(unpacked.total).toBe(22)
  expect(unpacked.has('b')).toBe(false)
})
