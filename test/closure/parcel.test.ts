import { describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { decodeParcel, encodeParcel, isParcel } from '../../lib/closure/parcel.ts'
import { encodeResult } from '../../lib/closure/parcel-result.ts'
import { openBundle } from '../../lib/closure/revive/open-bundle.ts'
import { decodeParcel as decodeThere } from '../../lib/closure/revive/parcel.ts'
import { prepare, type Revived } from '../../lib/closure/revive/revive.ts'
import { gather } from '../../lib/value/encode.ts'

class Point {
  x: number
  constructor(x: number) {
    this.x = x
  }
  double() {
    return 2 * this.x
  }
}
let ran = 0
class Noted {
  #at = ran++
  at() {
    return this.#at
  }
}
class Wrapped extends Map<number, number> {
  #size = 1
  constructor() {
    super([[ran++, 1]])
  }
  own() {
    return this.#size
  }
}
class Unstoppable {
  #n: number
  constructor({ [ran++]: n = 0 }: readonly number[] = []) {
    this.#n = n
  }
  n() {
    return this.#n
  }
}
class Failure extends Error {
  readonly extra = 1
}
const host = { hostModule: () => undefined, module: () => undefined }
const moves = (by: number) => (p: Point) => (p instanceof Point ? new Point(p.x + by) : undefined)

/** As a worker would have it. */
function there(fn: Function): { hash: string } & Revived {
  const { bundle, hash } = capture(fn)
  const opened = openBundle(bundle)
  return { hash, ...prepare(opened.code, hash, host).instantiate(opened) }
}

describe('values with functions', () => {
  test('a value without is the plain encoding', () => {
    const payload = gather(encodeParcel([1, { a: 'x' }]))
    expect(isParcel(payload)).toBe(false)
    expect(decodeParcel(payload)).toEqual([1, { a: 'x' }])
  })

  test('functions and instances revive where a host is, sharing what they share', () => {
    let n = 0
    const value = { up: () => ++n, now: () => n, points: [new Point(2)], Point }
    const payload = gather(encodeParcel(value))
    expect(isParcel(payload)).toBe(true)
    const known = () => undefined
    const revived = decodeThere(payload, { host, known }) as typeof value
    expect([revived.up(), revived.up(), revived.now(), n]).toEqual([1, 2, 2, 0])
    expect(revived.Point).not.toBe(Point)
    expect(revived.points[0]).toBeInstanceOf(revived.Point)
    expect(revived.points[0]?.double()).toBe(4)
  })

  test('without a host they are placeholders that throw', () => {
    const value = { run: () => 'ran', point: new Point(1) }
    const inert = decodeThere(gather(encodeParcel(value))) as typeof value
    expect(inert.point.x).toBe(1)
    expect(() => inert.run()).toThrow(/stands for itself only/)
    expect(() => inert.point.double()).toThrow()
  })

  test('what comes back under the name of a class that was sent is an instance of it', async () => {
    const worker = there(moves(3))
    const known = [worker]
    const args = gather(encodeParcel([new Point(4)], { known: [capture(moves(3))] }))
    const [point] = decodeThere(args, {
      host,
      known: (hash, id) => (hash === worker.hash ? worker.functions[id] : undefined),
    }) as [Point]
    const moved = (worker.value as (p: Point) => Point | undefined)(point)
    const back = decodeParcel(gather(await encodeResult({ moved }, known)))
    expect((back as { moved: Point }).moved).toBeInstanceOf(Point)
    expect((back as { moved: Point }).moved.double()).toBe(14)
  })

  test.each([
    [Noted, /initialisers/],
    [Wrapped, /constructor would have to run/],
    [Unstoppable, /can’t be stopped/],
  ])(
    'private fields that can’t be put back without a call of the user’s are refused by name: %s',
    async (type, why) => {
      const worker = there(() => new type())
      const payload = gather(await encodeResult((worker.value as () => object)(), [worker]))
      ran = 0
      const refusal = (): unknown => decodeParcel(payload)
      expect(refusal).toThrow(why)
      expect(refusal).toThrow(type.name)
      expect(ran).toBe(0)
    },
  )

  test('an error of the user’s own class comes back as one', async () => {
    const worker = there(() => {
      throw new Failure('no')
    })
    let thrown: unknown
    try {
      ;(worker.value as () => void)()
    } catch (error) {
      thrown = error
    }
    const back = decodeParcel(gather(await encodeResult(thrown, [worker])))
    expect(back).toBeInstanceOf(Failure)
    expect(back).toMatchObject({ message: 'no', extra: 1 })
  })

  test('a function that a job made comes back, and runs where the caller asks for it', async () => {
    const adder = (a: number) => {
      let calls = 0
      return { add: (b: number) => a + b + calls++, calls: () => calls }
    }
    const worker = there(adder)
    const made = (worker.value as typeof adder)(10)
    made.add(1)
    const payload = gather(await encodeResult(made, [worker]))
    const inert = decodeParcel(payload) as typeof made
    expect(() => inert.add(1)).toThrow(/stands for itself only/)
    const live = decodeParcel(payload, { host }) as typeof made
    expect([live.add(1), live.add(1), live.calls(), made.calls()]).toEqual([12, 13, 3, 1])
  })

  test('the encoder’s own stand-ins pass through', () => {
    const special = { kind: 'special' }
    const foreign = (object: object) => (object === special ? { id: 5 } : undefined)
    const payload = gather(encodeParcel([special, () => 1], { foreign }))
    const decoded = decodeThere(payload, { host, foreign: data => ({ found: data }) }) as unknown[]
    expect(decoded[0]).toEqual({ found: { id: 5 } })
  })

  test.each([
    [0, /value\[0\]|value/],
    [2, /plain data only/],
  ] as const)('refuses at level %i what can’t travel', (level, message) => {
    expect(() => encodeParcel([new WeakMap(), () => 1], { level })).toThrow(message)
  })
})
