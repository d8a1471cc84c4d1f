import { describe, expect, it } from 'vitest'
import type { Change, JobStore } from '../../lib/engine/ports/job-store.ts'
import { KILL, KILL_TREE, type StoredRun } from '../../lib/engine/records/segment.ts'
import { DONE, ERROR } from '../../lib/engine/records/status-code.ts'
import { unpack } from '../../lib/protocol/packed.ts'
import { gateOf, gateRecordsContract } from './gate-records.contract.ts'
import { finished, firstClaim, partOf, segmentOf } from './sample.ts'

function payloadsOf({ run, payloads }: StoredRun): Record<number, number[]> {
  const found: Record<number, number[]> = {}
  for (const { offsets, packed } of payloads) {
    for (const [index, offset] of offsets.entries()) found[run.first + offset] = [...unpack(packed, index)]
  }
  return found
}

/** What every job store does. Each test makes its own store, or its own part of one, that nobody else writes to. */
export function jobStoreContract(name: string, make: () => Promise<JobStore>): void {
  gateRecordsContract(name, make)

  describe(`${name} leases jids`, () => {
    it('in whole blocks, none twice', async () => {
      const store = await make()
      const before = await store.leased()
      const firsts = await Promise.all([100, 300, 100].map(count => store.lease({ count })))
      const taken = firsts.flatMap((first, nth) =>
        Array.from({ length: [1, 3, 1][nth] ?? 0 }, (_, i) => first + 100 * i),
      )
      expect(new Set(taken).size).toBe(5)
      for (const first of taken) expect((first - 1) % 100).toBe(0)
      expect(await store.leased()).toBe(Math.max(...taken) + 99)
      expect(Math.min(...taken)).toBeGreaterThan(before)
    })
  })

  describe(`${name} keeps segments and runs`, () => {
    it('puts a segment if absent, and tells which one was there', async () => {
      const store = await make()
      expect(await store.insert({ segments: [segmentOf(1, 10), segmentOf(11, 5)] })).toEqual([undefined, undefined])
      const [there, fresh] = await store.insert({ segments: [segmentOf(1, 10, { created: 9 }), segmentOf(101, 100)] })
      expect(there).toMatchObject({ first: 1, count: 10, created: 1 })
      expect(fresh).toBeUndefined()
    })

    it('keeps who submitted it', async () => {
      const store = await make()
      const { segment, args } = segmentOf(101, 3, { parent: 5, depth: 2, key: 7 })
      await store.insert({ segments: [{ segment, args }] })
      expect((await store.read({ ranges: [[102, 1]] }))[0]?.segment).toEqual(segment)
    })

    it('takes no segment that overlaps another', async () => {
      const store = await make()
      await store.insert({ segments: [segmentOf(11, 10)] })
      for (const other of [segmentOf(11, 5), segmentOf(15, 20), segmentOf(5, 7), segmentOf(1, 50)]) {
        expect((await store.insert({ segments: [other] }))[0]).toMatchObject({ first: 11, count: 10 })
      }
      expect(await store.insert({ segments: [segmentOf(1, 10), segmentOf(21, 3)] })).toEqual([undefined, undefined])
    })

    it('copies what it takes', async () => {
      const store = await make()
      // A Buffer, whose `slice` would not copy; one job and several.
      for (const count of [1, 2]) {
        const { segment, args } = segmentOf(100 * count + 1, count)
        const bytes = Buffer.from(args.bytes)
        await store.insert({ segments: [{ segment, args: { ends: args.ends, bytes } }] })
        bytes.fill(0)
        const [read] = await store.read({ ranges: [[segment.first, count]], args: true })
        expect([...unpack(read!.args!, count - 1)]).toEqual([1, count - 1, 7])
      }
    })

    it('reads the segments that a range touches, range by range, each in the order of jids', async () => {
      const store = await make()
      await store.insert({ segments: [segmentOf(150, 10), segmentOf(1, 100), segmentOf(101, 20), segmentOf(301, 1)] })
      const firsts = async (...ranges: [number, number][]) =>
        (await store.read({ ranges })).map(({ segment }) => segment.first)
      expect(await firsts([1, 400])).toEqual([1, 101, 150, 301])
      expect(await firsts([100, 2])).toEqual([1, 101])
      expect(await firsts([121, 29])).toEqual([])
      expect(await firsts([121, 30])).toEqual([150])
      expect(await firsts([301, 1], [50, 1])).toEqual([301, 1])
      expect(await firsts([159, 1], [160, 1])).toEqual([150])
    })

    it('reads arguments only where asked', async () => {
      const store = await make()
      await store.insert({ segments: [segmentOf(1, 2)] })
      expect((await store.read({ ranges: [[1, 1]] }))[0]?.args).toBeUndefined()
      expect((await store.read({ ranges: [[1, 1]], args: true }))[0]?.args?.ends).toHaveLength(2)
    })

    it('keeps a run only on top of the version that it came from', async () => {
      const store = await make()
      await store.insert({ segments: [segmentOf(1, 3)] })
      const one = firstClaim(1, 3)
      const two = finished(one, [0])
      expect(await store.putRuns({ puts: [{ run: two }] })).toEqual([false])
      expect(await store.putRuns({ puts: [{ run: one }] })).toEqual([true])
      expect(await store.putRuns({ puts: [{ run: one }] })).toEqual([false])
      expect(await store.putRuns({ puts: [{ run: two }, { run: two }] })).toEqual([true, false])
      const [read] = await store.read({ ranges: [[1, 1]] })
      expect(read?.runs[0]?.run).toEqual(two)
    })

    it('keeps exactly one of many claims at once', async () => {
      const store = await make()
      await store.insert({ segments: [segmentOf(1, 3)] })
      const claims = Array.from({ length: 8 }, () => store.putRuns({ puts: [{ run: firstClaim(1, 3) }] }))
      expect((await Promise.all(claims)).flat().filter(Boolean)).toHaveLength(1)
    })

    it('reads the runs of the chunks that a range touches', async () => {
      const store = await make()
      await store.insert({ segments: [segmentOf(1, 10, { chunkSize: 3 })] })
      for (const [first, count] of [
        [7, 3],
        [10, 1],
        [1, 3],
      ] as const) {
        await store.putRuns({ puts: [{ run: firstClaim(first, count, 1) }] })
      }
      const runs = async (first: number, count: number) =>
        (await store.read({ ranges: [[first, count]] }))[0]?.runs.map(({ run }) => run.first)
      expect(await runs(1, 10)).toEqual([1, 7, 10])
      expect(await runs(3, 2)).toEqual([1])
      expect(await runs(9, 2)).toEqual([7, 10])
      expect(await runs(4, 3)).toEqual([])
    })

    it('keeps the payloads of each write that was kept, and no others', async () => {
      const store = await make()
      await store.insert({ segments: [segmentOf(1, 4)] })
      const one = firstClaim(1, 4)
      const two = finished(one, [2, 0])
      const three = finished(two, [1, 3])
      await store.putRuns({ puts: [{ run: one }] })
      await store.putRuns({ puts: [{ run: two, payloads: partOf([2, 0]) }] })
      await store.putRuns({ puts: [{ run: two, payloads: partOf([2, 0], 9) }] })
      const [half] = await store.read({ ranges: [[1, 4]], payloads: true })
      expect(payloadsOf(half!.runs[0]!)).toEqual({ 1: [1, 0], 3: [1, 2] })
      await store.putRuns({ puts: [{ run: three, payloads: partOf([1, 3], 5) }] })
      const [whole] = await store.read({ ranges: [[1, 4]], payloads: true })
      expect(payloadsOf(whole!.runs[0]!)).toEqual({ 1: [1, 0], 2: [5, 1], 3: [1, 2], 4: [5, 3] })
    })

    it('refuses the run of a chunk that no segment has', async () => {
      const store = await make()
      expect(await store.putRuns({ puts: [{ run: firstClaim(1, 3) }] })).toEqual([false])
    })

    it('adds up kill marks; the greater stays', async () => {
      const store = await make()
      await store.insert({ segments: [segmentOf(1, 3)] })
      expect((await store.read({ ranges: [[1, 3]] }))[0]?.kills).toBeUndefined()
      await store.markKilled({ segment: 1, kills: Uint8Array.of(KILL, 0, KILL_TREE) })
      await store.markKilled({ segment: 1, kills: Uint8Array.of(0, KILL, KILL) })
      expect([...((await store.read({ ranges: [[2, 1]] }))[0]?.kills ?? [])]).toEqual([KILL, KILL, KILL_TREE])
      await store.markKilled({ segment: 501, kills: Uint8Array.of(KILL) })
    })

    it('buries jobs: their status stays, their payloads go, the others’ stay', async () => {
      const store = await make()
      await store.insert({ segments: [segmentOf(1, 3)] })
      const one = firstClaim(1, 3)
      await store.putRuns({ puts: [{ run: one }] })
      await store.putRuns({ puts: [{ run: finished(one, [0, 1, 2]), payloads: partOf([0, 1, 2]) }] })
      await store.bury({ tombs: [{ segment: 1, statuses: Uint8Array.of(0, DONE, 0) }] })
      const [some] = await store.read({ ranges: [[1, 3]], payloads: true })
      expect([...(some?.tombs ?? [])]).toEqual([0, DONE, 0])
      expect(payloadsOf(some!.runs[0]!)).toEqual({ 1: [1, 0], 3: [1, 2] })
      await store.bury({ tombs: [{ segment: 1, statuses: Uint8Array.of(ERROR, ERROR, DONE) }] })
      const [all] = await store.read({ ranges: [[1, 3]], payloads: true, args: true })
      expect([...(all?.tombs ?? [])]).toEqual([ERROR, DONE, DONE])
      expect(all?.args).toBeUndefined()
      expect(all?.runs.flatMap(run => Object.keys(payloadsOf(run)))).toEqual([])
      expect((await store.insert({ segments: [segmentOf(1, 3)] }))[0]).toMatchObject({ first: 1 })
    })
  })

  describe(`${name} tells of changes`, () => {
    it('of runs with finished jobs, gates and kill marks, where it can', async () => {
      const store = await make()
      const seen: Change[] = []
      store.listen?.(changes => seen.push(...changes))
      await store.insert({ segments: [segmentOf(1, 2)] })
      const one = firstClaim(1, 2)
      const two = finished(one, [0, 1])
      await store.putRuns({ puts: [{ run: one }] })
      await store.putRuns({ puts: [{ run: two }] })
      await store.putRuns({ puts: [{ run: two }] })
      await store.putGate({ gate: gateOf(9) })
      await store.markKilled({ segment: 1, kills: Uint8Array.of(KILL, 0) })
      const expected: Change[] = [
        { kind: 'run', run: two },
        { kind: 'gate', gate: gateOf(9) },
        { kind: 'kill', segment: 1 },
      ]
      expect(seen).toEqual(store.listen === undefined ? [] : expected)
    })
  })
}
