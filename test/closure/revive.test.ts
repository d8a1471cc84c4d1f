import { fc, test as property } from '@fast-check/vitest'
import { describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { encodeParcel } from '../../lib/closure/parcel.ts'
import { openBundle, openCode } from '../../lib/closure/revive/open-bundle.ts'
import { decodeParcel } from '../../lib/closure/revive/parcel.ts'
import { prepare, revive } from '../../lib/closure/revive/revive.ts'
import { CloudException } from '../../lib/protocol/errors.ts'
import { decodeFrame, encodeFrame } from '../../lib/protocol/frame.ts'
import { encode, gather } from '../../lib/value/encode.ts'

const base = 2
const helper = (x: number) => x * base
const sample = (x: number) => helper(x) + 1
const host = { hostModule: () => undefined, module: () => undefined }
const { bundle } = capture(sample)
const { header, sections } = decodeFrame(bundle)

describe('reviving', () => {
  test('gives the function', () => {
    expect((revive(bundle, 'sample', host).value as typeof sample)(4)).toBe(9)
  })

  test('prepares once, instantiates apart', () => {
    let n = 0
    const next = () => ++n
    const opened = openBundle(capture(next).bundle)
    const prepared = prepare(opened.code, 'next', host)
    const [one, other] = [prepared.instantiate(opened), prepared.instantiate(opened)]
    expect([(one.value as typeof next)(), (one.value as typeof next)(), (other.value as typeof next)()]).toEqual([
      1, 2, 1,
    ])
  })

  test('shares what no job can change', () => {
    const constant = () => base
    const opened = openBundle(capture(constant).bundle)
    const prepared = prepare(opened.code, 'constant', host)
    expect(prepared.instantiate(opened)).toBe(prepared.instantiate(opened))
  })

  test.each<[what: string, bytes: Uint8Array]>([
    ['an empty body', new Uint8Array()],
    ['another version', encodeFrame({ ...(header as object), version: 99 }, sections)],
    ['a missing section', encodeFrame(header, sections.slice(0, 1))],
    ['a section too many', encodeFrame(header, [...sections, sections[0] as Uint8Array])],
    ['an instance around itself', encodeFrame({ ...(header as object), instances: [0, 0] }, sections)],
    [
      'a function of no instance',
      encodeFrame({ ...(header as object), functions: [{ instance: 99, member: 0, cells: [] }] }, sections),
    ],
    ['functions without records', encodeFrame({ ...(header as object), functions: [] }, sections)],
    ['other data', encodeFrame(header, [sections[0] as Uint8Array, new Uint8Array([1, 1, 0])])],
    [
      'code that is none',
      encodeFrame(header, [
        encodeFrame(openCode(sections[0] as Uint8Array).header, [new TextEncoder().encode('5')]),
        sections[1] as Uint8Array,
      ]),
    ],
  ])('refuses %s', (_what, bytes) => {
    expect(() => revive(bytes, 'bad', host)).toThrow(CloudException)
  })

  test('takes entries for WeakMaps and WeakSets, and refuses what are none', () => {
    const parcel = decodeFrame(gather(encodeParcel(new Proxy({}, {}))))
    const withEntries = (entries: unknown): unknown => {
      const data = gather(encode([[], [7, [], entries]]))
      return decodeParcel(encodeFrame(parcel.header, [parcel.sections[0] as Uint8Array, data]))
    }
    expect(withEntries([])).toBe(7)
    for (const broken of [5, [5], [[]], [[new Map(), {}, 1]], [[{}, {}]], [[Object.prototype, 1, 2]]]) {
      expect(() => withEntries(broken)).toThrow(expect.objectContaining({ code: 'revive' }))
    }
  })

  property.prop([fc.nat(bundle.byteLength - 1), fc.nat(255)], { numRuns: 2_000 })(
    'bytes that were changed are refused or revive to something, and never run on the way',
    (at, byte) => {
      const changed = Uint8Array.from(bundle)
      changed[at] = byte
      // The text of functions is code by design: what is mutated here is everything around it.
      const { code } = tryOpen(changed) ?? {}
      if (code !== undefined && Buffer.compare(code, sections[0] as Uint8Array) !== 0) return
      try {
        revive(changed, 'fuzzed', host)
      } catch (error) {
        expect(error).toBeInstanceOf(CloudException)
      }
    },
  )
})

function tryOpen(bytes: Uint8Array): { code: Uint8Array } | undefined {
  try {
    return openBundle(bytes)
  } catch {
    return undefined
  }
}
