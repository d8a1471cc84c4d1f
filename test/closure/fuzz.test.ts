import { describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { encodeParcel } from '../../lib/closure/parcel.ts'
import { openBundle, openCode, sha256 } from '../../lib/closure/revive/open-bundle.ts'
import { decodeParcel, isParcel } from '../../lib/closure/revive/parcel.ts'
import { revive } from '../../lib/closure/revive/revive.ts'
import { CloudException } from '../../lib/protocol/errors.ts'
import { decodeFrame, encodeFrame } from '../../lib/protocol/frame.ts'
import { gather } from '../../lib/value/encode.ts'

/** Of each sample. The same ones every time. */
const MUTATIONS = 3_000

let count = 0
const up = () => ++count
const marker = Symbol('marker')
class Base {
  static made = new Map([['a', [1]]])
  name = 'base'
}
class Point extends Base {
  readonly x: number
  constructor(x: number) {
    super()
    this.x = x
  }
  get double() {
    return 2 * this.x
  }
}
const list: unknown[] = [new Point(1), { [marker]: marker }, /a/g, new Date(0), Float64Array.of(1, 2)]
list.push(list)
const accessor = Object.defineProperty(Object.create({ above: 1 }), 'here', { get: () => count, enumerable: true })
const described = Object.assign(() => [up(), list.length, accessor.here, Math.max(1, 2)], { extra: { deep: [up] } })
const inside = Function('object', 'with (object) return () => [a, b]')({ a: 1, b: [2] }) as () => unknown
const host = { hostModule: () => undefined, module: () => undefined }

const samples: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ['a small function', capture(() => list.length).bundle],
  ['functions that share a variable, classes, accessors', capture(described).bundle],
  ['a function inside of `with`', capture(inside).bundle],
  ['a parcel', gather(encodeParcel({ described, point: new Point(3), Point, list }))],
  ['a value without functions', gather(encodeParcel([1, 'x', new Map([[{ a: 1 }, new Set([2n])]]), null, -0]))],
]

describe('bytes that were changed on their way', () => {
  test.each(samples)('%s: are refused or give a value, and run nothing that was not there', (_name, bytes) => {
    const text = isParcel(bytes) ? openCode(openBundle(bytes).code).text : ''
    const random = seeded(bytes.byteLength)
    let refused = 0
    for (let round = 0; round < MUTATIONS; round++) {
      const changed = mutated(bytes, random)
      if (outcomeOf(() => decodeParcel(changed)) === 'refused') refused++
      const opened = outcomeOf(() => (isParcel(changed) ? openBundle(changed) : undefined))
      if (opened === 'refused' || opened === undefined) continue
      expect(openCode((opened as ReturnType<typeof openBundle>).code).text).toBe(text)
      outcomeOf(() => revive(changed, 'fuzzed', host))
    }
    expect(count).toBe(0)
    expect(refused).toBeGreaterThan(MUTATIONS / 10)
  })

  test('code is not run under a name that is not its own', () => {
    const { bundle } = capture(described)
    const at = Buffer.from(bundle).indexOf('Math.max')
    const changed = Uint8Array.from(bundle)
    changed.set(Buffer.from('Math.min'), at)
    expect(at).toBeGreaterThan(0)
    expect(() => revive(changed, 'changed', host)).toThrow(/not the one that was sent/)
  })

  test.each(samples.slice(0, 4))('%s: also where only the data were changed', (_name, bytes) => {
    const { header, sections } = decodeFrame(bytes)
    const [code, data] = sections as [Uint8Array, Uint8Array]
    const random = seeded(data.byteLength)
    let refused = 0
    for (let round = 0; round < MUTATIONS; round++) {
      const changed = encodeFrame(header, [code, mutated(data, random)])
      if (outcomeOf(() => revive(changed, 'fuzzed', host)) === 'refused') refused++
      outcomeOf(() => decodeParcel(changed))
    }
    expect(count).toBe(0)
    expect(refused).toBeGreaterThan(MUTATIONS / 10)
  })

  test('packages are not run under a hash that is not theirs', () => {
    const { header, sections } = decodeFrame(capture(() => list.length).bundle)
    const [code, data] = sections as [Uint8Array, Uint8Array]
    const { header: codeHeader, text } = openCode(code)
    const needing = encodeFrame({ ...codeHeader, modules: ['0'.repeat(64)] }, [new TextEncoder().encode(text)])
    const bundle = encodeFrame({ ...(header as object), code: sha256(needing) }, [needing, data])
    const other = new TextEncoder().encode('globalThis.picloudPackageRan = true')
    expect(() => revive(bundle, 'changed', { ...host, module: () => other })).toThrow(/not those that were sent/)
    expect('picloudPackageRan' in globalThis).toBe(false)
  })
})

/** What came of it; fails for anything thrown that is no refusal. */
function outcomeOf(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    expect(error).toBeInstanceOf(CloudException)
    return 'refused'
  }
}

function seeded(seed: number): (below: number) => number {
  let state = seed
  return below => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * below)
  }
}

/** One to three changes: a byte, a number of four, a stretch left out, doubled or moved, or the end cut off. */
function mutated(bytes: Uint8Array, random: (below: number) => number): Uint8Array {
  let changed = Uint8Array.from(bytes)
  for (let left = 1 + random(3); left > 0; left--) {
    const at = random(changed.byteLength)
    const length = 1 + random(16)
    const kind = random(6)
    if (kind === 0) changed[at] = random(256)
    else if (kind === 1) changed[at] = (changed[at] ?? 0) ^ (1 << random(8))
    else if (kind === 2)
      new DataView(changed.buffer).setUint32(Math.max(0, Math.min(at, changed.byteLength - 4)), random(2 ** 32))
    else if (kind === 3) changed = joined(changed.subarray(0, at), changed.subarray(at + length))
    else if (kind === 4)
      changed = joined(changed.subarray(0, at), changed.subarray(random(at + 1), at), changed.subarray(at))
    else changed = Uint8Array.from(changed.subarray(0, Math.max(4, at)))
    if (changed.byteLength < 4) return changed
  }
  return changed
}

function joined(...parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(Buffer.concat(parts))
}
