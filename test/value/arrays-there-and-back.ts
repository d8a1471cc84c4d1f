import assert from 'node:assert/strict'
import { decode } from '../../lib/value/decode.ts'
import { elementsKind, PACKED, UNASKED_ELEMENTS, UNTOLD } from '../../lib/value/elements-kind.ts'
import { encode, gather } from '../../lib/value/encode.ts'

// A program of its own, as what it is about changes once in a process. It prints how many arrays came back as they were.

const changes: readonly ((array: unknown[]) => unknown)[] = [
  array => Object.defineProperty(array, 1, { writable: false }),
  array => Object.defineProperty(array, 1, { enumerable: false }),
  array => Object.defineProperty(array, 1, { configurable: false }),
  array => Object.defineProperty(array, 1, { get: undefined as never }),
  array => Reflect.deleteProperty(array, 1),
  array => Object.assign(array, { 2000: 1 }),
  array => Object.assign(array, { named: 1 }),
  array => Object.freeze(array),
  array => Object.seal(array),
  () => undefined,
]

let count = 0
for (const hasAsked of [false, true]) {
  if (hasAsked) elementsKind(new Array(UNASKED_ELEMENTS + 1))
  assert.equal(elementsKind([1]), hasAsked ? PACKED : UNTOLD)
  for (const change of changes) {
    for (const value of [1, 1.5, 'a', {}, undefined]) {
      for (const length of [3, 40]) {
        const here = Array.from({ length }, () => value)
        change(here)
        const there = decode(gather(encode(here))) as object
        assert.deepEqual(Object.getOwnPropertyDescriptors(there), Object.getOwnPropertyDescriptors(here))
        assert.deepEqual(
          [Object.isFrozen(there), Object.isSealed(there), Object.isExtensible(there)],
          [Object.isFrozen(here), Object.isSealed(here), Object.isExtensible(here)],
        )
        count++
      }
    }
  }
}
assert.equal(elementsKind([1]), PACKED)
console.log(`${count} arrays`)
