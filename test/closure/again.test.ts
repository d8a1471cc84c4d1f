import { expect, test } from 'vitest'
import { type Captured, capture } from '../../lib/closure/capture.ts'
import { revive } from '../../lib/closure/revive/revive.ts'
import type { Callable } from '../../lib/value/captured.ts'

// A job may send on what it was sent: what was revived is captured again.

const here = import.meta.url
let count = 0

function revived({ bundle }: Captured): Callable {
  const host = { hostModule: () => undefined, module: () => undefined }
  return revive(bundle, `again-${count++}`, host).value as Callable
}

const thrice = (fn: Callable): Callable => revived(capture(revived(capture(revived(capture(fn))))))

test('what arrow functions took from around them', () => {
  class Counter {
    n = 2
    step = 3
    by = (times: number) => this.n * this.step * times
  }
  function around(this: unknown, ..._given: unknown[]) {
    // biome-ignore lint/complexity/noArguments: it is what is tried
    return [() => arguments.length, () => this, () => new.target] as const
  }
  const counter = new Counter()
  const object = { all: around.call({ name: 'of' }, 1, 2) }
  const again = thrice(() => [counter.by(2), object.all[0](), object.all[1](), object.all[2]()])
  expect(again()).toEqual([12, 2, { name: 'of' }, undefined])
})

test('variables in common', () => {
  let n = 0
  const up = () => ++n
  const now = () => n
  const again = thrice(() => [up(), up(), now()])
  expect([again(), n]).toEqual([[1, 2, 2], 0])
})

test('a refusal names the user’s file', () => {
  let broken: unknown = 1
  const again = revived(capture(() => [broken, (value: unknown) => (broken = value)])) as () => [
    unknown,
    (value: unknown) => void,
  ]
  const [, set] = again()
  set(new WeakMap())
  expect(() => capture(again)).toThrow(`(${here}:`)
})

test('a stack names the user’s file', () => {
  const fails = () => {
    throw new Error('again')
  }
  expect(capture(thrice(fails)).place?.url).toBe(here)
})

test('a function that calls eval takes none of the names along that its script has of our own', () => {
  let n = 1
  const cell = {
    get value() {
      return n
    },
  }
  const run = Function('cell', 'return function (text) { return eval(text) }')(cell) as (text: string) => unknown
  const around = (text: string) => [run(text), cell.value, ++n]
  expect(thrice(around)('cell.value')).toEqual([1, 1, 2])
})
