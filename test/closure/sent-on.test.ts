import * as path from 'node:path'
import { expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { revive } from '../../lib/closure/revive/revive.ts'
import type { Callable } from '../../lib/value/captured.ts'

/** As a job does that hands a function on to another. */
function sentOn(fn: Callable): Callable {
  let at = fn
  for (let time = 0; time < 3; time++) {
    const { bundle, hash } = capture(at)
    at = revive(bundle, `${hash}-${time}`, { hostModule: () => undefined, module: () => undefined }).value as Callable
  }
  return at
}

class Maker {
  readonly v = 1
  lexical(): Callable {
    return (x: number) => [this.v, x]
  }
}

function target(this: unknown): Callable {
  return () => [new.target === undefined, this]
}

const first = new Maker().lexical()
const second = target.call('self')
const tag = (strings: TemplateStringsArray): TemplateStringsArray => strings
const make = () => () => tag`a`
const inner = make()

test.each([
  [
    'what arrow functions take from around',
    () => [first(2), second()],
    [
      [1, 2],
      [true, 'self'],
    ],
  ],
  ['namespaces of built-in modules', () => path.join('a', 'b'), 'a/b'],
  ['one template in two functions', () => inner() === make()(), true],
])('a function that was revived travels on: %s', (_name, fn, gives) => {
  expect(sentOn(fn)()).toEqual(gives)
})
