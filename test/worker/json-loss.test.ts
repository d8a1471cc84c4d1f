import { describe, expect, test } from 'vitest'
import { renderPath } from '../../lib/value/path.ts'
import { jsonLossIn } from '../../lib/worker/child/json-loss.ts'

class Money {
  readonly cents = 5
  toJSON(): string {
    return `${this.cents} ct`
  }
}

class Point {
  readonly x = 1
}

describe('what JSON would change in silence', () => {
  test.each<[string, unknown, string]>([
    ['no number', Number.NaN, 'NaN at result'],
    ['an infinite number in a list', [1, [Number.NEGATIVE_INFINITY]], '-Infinity at result[1][0]'],
    ['a Date of no time', { at: new Date(Number.NaN) }, 'an invalid Date at result.at'],
    ['a Map', { counts: new Map([['a', 1]]) }, 'a Map at result.counts'],
    ['a Set', [new Set([1])], 'a Set at result[0]'],
    ['a WeakMap', { a: new WeakMap() }, 'a WeakMap at result.a'],
    ['a WeakSet', { a: new WeakSet() }, 'a WeakSet at result.a'],
    ['a RegExp', { 'a b': /x/ }, 'a RegExp at result["a b"]'],
    ['an Error', { error: new TypeError('x') }, 'an Error at result.error'],
    ['a Promise', { later: Promise.resolve(1) }, 'a Promise at result.later'],
    ['an ArrayBuffer', { bytes: new ArrayBuffer(1) }, 'an ArrayBuffer at result.bytes'],
    ['a typed array', { samples: new Float64Array(2) }, 'a Float64Array at result.samples'],
    ['a function', { name: 'x', run: () => 1 }, 'a function at result.run'],
    ['a symbol', [Symbol('x')], 'a symbol at result[0]'],
  ])('is found: %s', (_, value, found) => {
    const loss = jsonLossIn(value)
    expect(loss && `${loss.what} at ${renderPath(loss.path, 'result')}`).toBe(found)
  })

  test.each<[string, unknown]>([
    ['plain data', { a: [1, 'x', true, null, -0.5], b: {} }],
    ['what an undefined property says', { a: undefined }],
    ['dates, Buffers and all that say what they mean', [new Date(0), Buffer.from('x'), new Money()]],
    ['instances of classes', new Point()],
    ['undefined', undefined],
  ])('is not: %s', (_, value) => {
    expect(jsonLossIn(value)).toBeUndefined()
  })
})
