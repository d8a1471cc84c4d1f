import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { decodeParcel, encodeParcel, type KnownFunctions } from '../../lib/closure/parcel.ts'
import { encodeResult } from '../../lib/closure/parcel-result.ts'
import { openBundle } from '../../lib/closure/revive/open-bundle.ts'
import { decodeParcel as decodeThere } from '../../lib/closure/revive/parcel.ts'
import { prepare } from '../../lib/closure/revive/revive.ts'
import { gather } from '../../lib/value/encode.ts'
import { build, type Graph, plans } from './graphs.ts'
import { difference, type Inside, type Part } from './likeness.ts'

/** The same ones every time. */
const runs = { seed: 4, numRuns: 40 }
const host = { hostModule: () => undefined, module: () => undefined }

/** Private fields, and what functions tell. */
function insideOf({ tellers, Account, Savings }: Graph): Inside {
  return object => {
    const parts: Part[] = []
    if (Account.is(object)) parts.push(...Account.held(object).map((it): Part => ['held', it]))
    if (Savings.is(object)) parts.push(['rate', Savings.rate(object)])
    const told = tellers.includes(object as () => unknown) ? (object as () => unknown)() : undefined
    if (typeof object === 'function') parts.push(...[told].flat().map((it): Part => ['tells', it]))
    return parts
  }
}

function expectAlike(sent: Graph, come: Graph): void {
  expect(difference(sent, come, [insideOf(sent), insideOf(come)])).toBeUndefined()
}

describe('random graphs of objects, functions and instances are the same', () => {
  test('where a captured function revives', () => {
    fc.assert(
      fc.property(plans, plan => {
        const graph = build(plan)
        const { bundle, hash } = capture(() => graph)
        const opened = openBundle(bundle)
        const revived = prepare(opened.code, hash, host).instantiate(opened).value as () => Graph
        expect(revived().Account).not.toBe(graph.Account)
        expectAlike(graph, revived())
      }),
      runs,
    )
  })

  test('where a parcel revives', () => {
    fc.assert(
      fc.property(plans, plan => {
        const graph = build(plan)
        const come = decodeThere(gather(encodeParcel(graph)), { host, known: () => undefined }) as Graph
        expect(come.Account).not.toBe(graph.Account)
        expectAlike(graph, come)
      }),
      runs,
    )
  })

  test('where a parcel comes back: functions and classes are its sender’s own', async () => {
    await fc.assert(
      fc.asyncProperty(plans, async plan => {
        const graph = build(plan)
        const known: KnownFunctions[] = []
        const revived = (also: KnownFunctions) => known.push({ ...also, functions: [...also.functions] })
        const there = decodeThere(gather(encodeParcel(graph)), { host, known: () => undefined, revived })
        const come = decodeParcel(gather(await encodeResult(there, known))) as Graph
        expect([come.Account, come.Savings, come.tellers[0]]).toEqual([graph.Account, graph.Savings, graph.tellers[0]])
        expectAlike(graph, come)
      }),
      runs,
    )
  })

  test('and have the same bytes when they are sent again', () => {
    fc.assert(
      fc.property(plans, plan => {
        const graph = build(plan)
        const again = build(plan, graph.serial)
        const gives = (it: Graph) => () => it
        expect(capture(gives(again)).hash).toBe(capture(gives(graph)).hash)
        expect(gather(encodeParcel(again))).toEqual(gather(encodeParcel(graph)))
      }),
      runs,
    )
  })
})
