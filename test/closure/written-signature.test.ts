import { expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'

/**
 * Adds what it is given.
 *
 * Twice, if asked.
 */
const add = (a: number, b: number = 2, twice?: boolean): number => (twice ? 2 : 1) * (a + b)

/** Greets. */
function greet(name: string, titles: readonly string[], marks: boolean[], ...more: unknown[]): string {
  return [name, ...titles, ...marks, ...more].join()
}

const of = (fn: (...args: never[]) => unknown) => capture(fn).signature()

test('names, types, defaults and what the comment says', () => {
  expect(of(add)).toEqual({
    parameters: [
      { name: 'a', type: 'number', required: true, rest: false },
      { name: 'b', type: 'number', required: false, rest: false },
      { name: 'twice', type: 'boolean', required: false, rest: false },
    ],
    description: 'Adds what it is given.\n\nTwice, if asked.',
  })
  expect(of(greet)).toEqual({
    parameters: [
      { name: 'name', type: 'string', required: true, rest: false },
      { name: 'titles', type: 'string[]', required: true, rest: false },
      { name: 'marks', type: 'boolean[]', required: true, rest: false },
      { name: 'more', type: 'any', required: false, rest: true },
    ],
    description: 'Greets.',
  })
})

test('without types there is no telling', () => {
  const plain = new Function('return (x, y = 3) => x + y')() as (x: never) => unknown
  expect(of(plain)).toEqual({
    parameters: [
      { name: 'x', type: 'any', required: true, rest: false },
      { name: 'y', type: 'any', required: false, rest: false },
    ],
    description: undefined,
  })
})

test('types that JSON has no word for are any', () => {
  expect(of((when: Date, either: string | number) => [when, either])?.parameters.map(({ type }) => type)).toEqual([
    'any',
    'any',
  ])
})

test('a pattern has no name to pass it by', () => {
  expect(() => of(({ a }: { a: number }) => a)).toThrow(/parameter number 1 is a pattern/)
})

test('of a function that is not the user’s nothing is known', () => {
  expect(of(Math.max)).toBeUndefined()
})
