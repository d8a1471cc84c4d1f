import { runInThisContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { bundleOf } from '../../lib/closure/emit/bundle.ts'
import { openBundle } from '../../lib/closure/revive/open-bundle.ts'
import { prepare } from '../../lib/closure/revive/revive.ts'

let count = 0

const host = { hostModule: () => undefined, module: () => undefined }
function run(fn: Function): unknown {
  const opened = openBundle(capture(fn).bundle)
  return (prepare(opened.code, 'test', host).instantiate(opened).value as () => unknown)()
}

describe('the same function again and again, its variables read from inside', () => {
  test('is right however often, for variables of all kinds', () => {
    const made = (parameter: number) => {
      // biome-ignore lint/suspicious/noVar: one of that kind is what is wanted
      var hoisted = 0
      const seen: (() => readonly number[])[] = []
      const ups: (() => void)[] = []
      for (let turn = 0; turn < 2; turn++) {
        let inner = turn
        seen.push(() => [parameter, hoisted, turn, inner, count])
        ups.push(() => {
          // biome-ignore lint/style/noParameterAssign: one of that kind is what is wanted
          parameter++
          hoisted += 10
          inner += 100
        })
      }
      try {
        throw 1
      } catch (caught) {
        let thrown = caught as number
        seen.push(() => [thrown, hoisted])
        ups.push(() => {
          thrown--
        })
      }
      function* own() {
        yield parameter
      }
      seen.push(() => [...own(), hoisted])
      ups.push(() => undefined)
      return { seen, ups }
    }
    const { seen, ups } = made(5)
    for (let time = 0; time < 50; time++) {
      for (const [index, fn] of seen.entries()) {
        expect(run(fn)).toEqual(fn())
        ups[index]?.()
        expect(run(fn)).toEqual(fn())
      }
      count++
    }
    count = 0
  })

  test('is as from the start however often, where evaluated text could use names that the function hides', () => {
    // In a script of its own, as evaluated text may use all that a file has at its top.
    const around = runInThisContext(`(hidden, seen) => [
      (hidden) => [hidden, text => eval(text)],
      () => seen++,
      () => hidden++,
    ]`) as (hidden: number, seen: number) => readonly (() => unknown)[]
    const [fn, ...ups] = around(5, 7) as [() => unknown, ...(() => unknown)[]]
    for (let time = 0; time < 40; time++) {
      for (const up of ups) up()
      expect(capture(fn).hash).toBe(bundleOf(fn, 'fn').hash)
    }
  })

  test('is right however often, where a variable is not there yet or turns into what needs more', () => {
    let late: unknown = 0
    const gives = () => (typeof late === 'function' ? (late as () => unknown)() : late)
    for (let time = 0; time < 50; time++) {
      late = time
      expect(run(gives)).toBe(time)
    }
    for (const value of [{ a: 1 }, () => 'made', 2n, Symbol.iterator, undefined]) {
      late = value
      expect(run(gives)).toEqual(gives())
    }
  })

  test('takes no variable of the function for one of the same name around it that evaluated text can’t see', () => {
    // Made here, evaluated text would see what this file imports.
    const made = runInThisContext(`(shadowed => {
      let changed = 0
      return { fn: shadowed => eval('shadowed ?? changed'), step: () => { shadowed += ++changed } }
    })`) as (shadowed: number) => { fn: () => unknown; step: () => void }
    const { fn, step } = made(5)
    for (let time = 0; time < 20; time++) {
      step()
      expect(capture(fn).hash).toBe(bundleOf(fn, 'fn').hash)
      expect(run(fn)).toBe(time + 1)
    }
  })
})
