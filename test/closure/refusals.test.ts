import { createHash } from 'node:crypto'
import { Socket } from 'node:net'
import { describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { CaptureError } from '../../lib/closure/capture-error.ts'
import { encodeFrame } from '../../lib/protocol/frame.ts'

const cache = { entries: new WeakMap() }
const socket = new Socket()
const hash = createHash('sha256')
const running = (function* () {
  yield 1
})()
const bound = ((a: object, b: number) => [a, b]).bind(undefined, cache)
let settle: unknown
void new Promise(resolve => {
  settle = resolve
})
class Base {
  hello() {
    return 'hello'
  }
}
class Derived extends Base {
  override hello() {
    return super.hello()
  }
  lexical() {
    return () => super.hello()
  }
  lexicalThis() {
    return (text = this.hello()) => text
  }
}
class Line extends Socket {}
const line = new Line()
const within = new Function('proxy', 'with (proxy) return () => x')(new Proxy({ x: 1 }, {})) as () => unknown
const trapped = new Proxy(cache, {})
const proxied = new Proxy(() => cache, {})
const boundProxy = proxied.bind(undefined)
const { proxy: revoked, revoke } = Proxy.revocable({}, {})
revoke()
const pending = new Promise(() => undefined)
const key = `k${1}`
const laterThenable = {}
const oddPromise = Promise.resolve(laterThenable)
// biome-ignore lint/suspicious/noThenProperty: what is tested
Object.assign(laterThenable, { then: () => undefined })
class Hidden {
  #work() {
    return 1
  }
  static take(it: Hidden): unknown {
    return it.#work
  }
}
const work = Hidden.take(new Hidden())
const helper = () => cache

const refused: readonly (readonly [name: string, fn: (...args: never[]) => unknown, path: RegExp, why: RegExp])[] = [
  ['a WeakMap in an object', () => cache, /^\(anonymous\) → cache\.entries$|^fn → cache\.entries$/, /WeakMap/],
  ['through another function', () => helper(), /→ helper → cache\.entries$/, /WeakMap/],
  ['a socket', () => socket, /→ socket/, /Socket/],
  ['an instance below a class of Node’s', () => line, /→ line/, /Socket/],
  ['a function inside of with of a Proxy', within, /→ with$/, /`with` of a Proxy/],
  ['a hash', () => hash, /→ hash/, /Hash|native|inside of Node/],
  ['a generator that runs', () => running, /→ running$/, /generator/],
  ['what a bound function holds', () => bound(1), /→ bound \(its argument 0\)\.entries$/, /WeakMap/],
  ['a bound function of a proxy', () => boundProxy(), /→ boundProxy$/, /bound function of a Proxy/],
  ['the end of a promise', () => settle, /→ settle/, /native code/],
  [
    'super of the class around, of no object',
    Derived.prototype.lexical.call(undefined as never),
    /./,
    /`super` with the `this` of the function around it, which is no object/,
  ],
  [
    'this of the method around, which is a small number',
    Derived.prototype.lexicalThis.call(5 as never),
    /./,
    /`this` of the function around it, which can’t be read/,
  ],
  ['a private method as a value', () => work, /→ #work/, /private name/],
  ['what the target of a proxy holds', () => trapped, /→ trapped \(its target\)\.entries$/, /WeakMap/],
  ['what the target of a proxy of a function holds', () => proxied(), /→ cache\.entries$/, /WeakMap/],
  ['a revoked proxy', () => revoked, /→ revoked$/, /Proxy that was revoked/],
  ['a pending promise', () => pending, /→ pending$/, /while it is pending/],
  ['a promise of what has a then', () => oddPromise, /→ oddPromise$/, /has a `then` itself/],
  ['a function of PiCloud’s own', () => encodeFrame, /→ encodeFrame/, /belongs to PiCloud/],
  ['import.meta as a whole', () => import.meta, /./, /import\.meta/],
  ['import() of a computed name', () => import(key), /./, /import\(\)/],
]

describe('refused before anything is sent', () => {
  test.each(refused)('%s', (_name, fn, path, why) => {
    const error = refusalOf(fn)
    expect(error.path.join(' → ')).toMatch(path)
    expect(error.reason).toMatch(why)
    expect(error.message).toContain(error.reason)
    expect(error.code).toBe('capture')
    expect(error.hint).toMatch(/\.$/)
    expect(error.message).toContain(error.hint)
    expect(error.place).toMatchObject({ url: import.meta.url, line: expect.any(Number) })
  })

  test.each([
    ['a native function', settle as Function],
    ['a function of PiCloud’s own', encodeFrame],
  ])('%s itself: the place is where it was given to us', (_name, fn) => {
    const { stack = '' } = new Error('here')
    const error = refusalOf(fn)
    expect(error.place?.url).toBe(import.meta.url)
    expect(error.place?.line).toBeGreaterThan(Number(/refusals\.test\.ts[^:]*:(\d+)/.exec(stack)?.[1]))
    expect(error.hint).toMatch(/\.$/)
  })

  test('a variable that is not initialised yet', () => {
    const early = () => late
    expect(refusalOf(early)).toMatchObject({ path: ['early', 'late'], reason: 'it is not initialised yet' })
    const late = [1]
    expect(capture(early).name).toBe('early')
  })

  test.each(['esbuild', 'typescript'])(
    'private names that %s made WeakMaps of: its target is to be raised',
    async by => {
      const input = new URL(`../closures/class-refused-private-names-by-${by}/input.mjs`, import.meta.url).href
      const { default: fn } = (await import(/* @vite-ignore */ input)) as { default: Function }
      expect(refusalOf(fn).hint).toMatch(/target to ES2022/)
      expect(refusalOf(() => cache).hint).toMatch(/^Use a Map/)
    },
  )

  test('the place is the user’s file and line', () => {
    const fn = () => cache
    const { stack = '' } = new Error('here')
    const line = Number(/refusals\.test\.ts[^:]*:(\d+)/.exec(stack)?.[1]) - 1
    expect(refusalOf(fn).place).toMatchObject({ line })
    expect(refusalOf(fn).place?.url).toContain('refusals.test.ts')
  })
})

function refusalOf(fn: Function): CaptureError {
  try {
    capture(fn)
  } catch (error) {
    if (error instanceof CaptureError) return error
    throw error
  }
  throw new Error('it was captured')
}
