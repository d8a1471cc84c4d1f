import { describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { explain } from '../../lib/closure/explain/explain.ts'
import { heldBy } from '../../lib/closure/held-by.ts'
import { encodeParcel } from '../../lib/closure/parcel.ts'
import { decodeParcel } from '../../lib/closure/revive/parcel.ts'
import { revive } from '../../lib/closure/revive/revive.ts'
import { decodeFrame, encodeFrame } from '../../lib/protocol/frame.ts'
import type { Callable } from '../../lib/value/captured.ts'
import { gather } from '../../lib/value/encode.ts'

// A module is strict, and has no `with`.
const inside = Function('object', 'text', 'with (object) return { up: () => ++n, peek: () => n }') as (
  object: object,
) => Record<'up' | 'peek', () => number>
const ofMath = Function('with (Math) return () => max(1, 2)')() as Callable

const host = { hostModule: () => undefined, module: () => undefined }
let runs = 0
const there = (fn: Callable): Callable => revive(capture(fn).bundle, `with-${runs++}`, host).value as Callable

describe('functions that were made inside of `with`', () => {
  test('are captured as they are each time', () => {
    const state: { n?: number } = { n: 1 }
    const { peek } = inside(state)
    expect(there(peek)()).toBe(1)
    state.n = 2
    expect(there(peek)()).toBe(2)
    expect(capture(peek).hash).toBe(capture(peek).hash)
    delete state.n
    expect(() => there(peek)()).toThrow('n is not defined')
  })

  test('travel on from where they came to', () => {
    const { up, peek } = inside({ n: 1 })
    const both = there(there(there(() => [up(), up(), peek(), ofMath()])))
    expect(both()).toEqual([2, 3, 3, 2])
  })

  test('are refused among arguments where the function has the object', () => {
    const state = { n: 1 }
    const captured = capture(() => state)
    const send = (object: object) => encodeParcel([inside(object).up], { held: heldBy(captured, true) })
    expect(() => send(state)).toThrow('inside of `with` of an object that travels with another function')
    expect(() => send({ n: 1 })).not.toThrow()
  })

  test('are placeholders where nothing is revived, and their objects data', () => {
    const state = { n: 1 }
    const { up } = inside(state)
    const inert = decodeParcel(gather(encodeParcel({ up, state, ofMath }))) as { up: () => number; state: object }
    expect(inert.state).toEqual({ n: 1 })
    expect(() => inert.up()).toThrow('stands for itself only')
  })

  test('have the object among their variables', () => {
    const { up } = inside({ n: 1, list: [1, 2, 3] })
    expect(explain(up).root.parts.map(({ name, kind }) => [name, kind])).toEqual([
      ['with', 'object'],
      ['n', 'undefined'],
    ])
  })

  test('are not made of what was changed on its way', () => {
    const { header, sections } = decodeFrame(capture(inside({ n: 1 }).up).bundle)
    for (const withs of [[1], [1, 'x'], [1, -5], [1, 7], [0, 0], 'no']) {
      const changed = encodeFrame({ ...(header as object), withs }, sections)
      expect(() => revive(changed, `changed-${runs++}`, host)).toThrow(/can’t be re(?:vived|ad)/)
    }
  })
})
