import { describe, expect, test } from 'vitest'
import { createTold, type Transition } from '../../../lib/engine/dispatch/told.ts'
import type { Work } from '../../../lib/engine/ports/launcher.ts'
import { freshRun } from '../../../lib/engine/records/run.ts'
import { QUEUED } from '../../../lib/engine/records/status-code.ts'
import { transition } from '../../../lib/engine/records/transition.ts'
import { createJobStore } from '../../../lib/memory/job-store.ts'
import { gateOf } from '../../contract/gate-records.contract.ts'
import { jobStoreContract } from '../../contract/job-store.contract.ts'
import { finished, firstClaim, segmentOf } from '../../contract/sample.ts'

jobStoreContract('a told store', async () => createTold(() => undefined).store(createJobStore()))

describe('a told store tells', () => {
  async function begin() {
    const store = createJobStore()
    await store.insert({ segments: [segmentOf(301, 5)] })
    const told: Transition[] = []
    const tellingStore = () => createTold(one => told.push(one)).store(store)
    return { tellingStore, told, take: () => told.splice(0) }
  }

  test('of jobs that are handed in, once', async () => {
    const { tellingStore, take } = await begin()
    const store = tellingStore()
    await store.insert({ segments: [segmentOf(1, 3), segmentOf(101, 2, { gated: true })] })
    expect(take()).toEqual([
      { status: 'queued', ranges: [[1, 3]], submission: 1, function: 'f' },
      { status: 'waiting', ranges: [[101, 2]], submission: 101, function: 'f' },
    ])
    await store.insert({ segments: [segmentOf(1, 3)] })
    expect(take()).toEqual([])
  })

  test('of each that came to another status, and of nothing that was not kept', async () => {
    const { tellingStore, take } = await begin()
    const store = tellingStore()
    const run = firstClaim(301, 5)
    await store.putRuns({ puts: [{ run }] })
    take()
    const some = finished(run, [0, 1, 3])
    await store.putRuns({ puts: [{ run: some }] })
    const about = { submission: 301, attempt: 1 }
    expect(take()).toEqual([
      {
        status: 'done',
        ranges: [
          [301, 2],
          [304, 1],
        ],
        ...about,
      },
    ])
    await store.putRuns({ puts: [{ run: some }] })
    expect(take()).toEqual([])
    await store.putRuns({ puts: [{ run: finished(some, [2], 4) }] })
    expect(take()).toEqual([{ status: 'error', ranges: [[303, 1]], ...about }])
  })

  test('of what another process began', async () => {
    const { tellingStore, take } = await begin()
    const run = firstClaim(301, 5)
    await tellingStore().putRuns({ puts: [{ run }] })
    take()
    await tellingStore().putRuns({ puts: [{ run: finished(run, [0]) }] })
    expect(take()).toEqual([{ status: 'done', ranges: [[301, 1]], submission: 301, attempt: 1 }])
  })

  test('of jobs that were killed before they were claimed', async () => {
    const { tellingStore, take } = await begin()
    const run = transition(freshRun({ first: 301, count: 5, submission: 301 }), { type: 'kill', offsets: [0, 1] }, 5)
    if (typeof run === 'string') throw new Error(run)
    await tellingStore().putRuns({ puts: [{ run }] })
    expect(take()).toMatchObject([{ status: 'killed', ranges: [[301, 2]] }])
  })

  test.each([
    ['open', 'queued', [[101, 1]]],
    ['stalled', 'stalled', [[101, 20]]],
    ['killed', 'killed', [[101, 20]]],
  ] as const)('of a gate that is %s', async (state, status, ranges) => {
    const { tellingStore, take } = await begin()
    const store = tellingStore()
    const row = { id: 101, ranges: [[101, 20]] as const, open: false, gated: true, label: undefined, name: 'f' }
    const rest = { created: 1, touched: 1, parent: undefined, depth: 0, version: 1 }
    await store.putSubmissions({ rows: [{ ...row, ...rest }] })
    await store.putGate({ gate: gateOf(101) })
    expect(take()).toEqual([])
    await store.putGate({ gate: gateOf(101, { state, version: 2 }) })
    expect(take()).toEqual([{ status, ranges, submission: 101 }])
    await store.putGate({ gate: gateOf(101, { state, sent: true, version: 3 }) })
    expect(take()).toEqual([])
  })

  describe('of jobs that began', () => {
    async function running() {
      const store = createJobStore()
      await store.insert({ segments: [segmentOf(301, 5)] })
      const told: Transition[] = []
      const parts = createTold(one => told.push(one))
      const telling = parts.store(store)
      let started: (offsets: readonly number[]) => void = () => undefined
      const launcher = parts.launcher({
        wanted: 1,
        onWanted: () => undefined,
        close: async () => undefined,
        launch(_, reports) {
          started = offsets => reports.started(offsets, 1)
          return { done: Promise.resolve(), kill: () => undefined, abandon: () => undefined }
        },
      })
      const run = firstClaim(301, 5)
      await telling.putRuns({ puts: [{ run }] })
      const work = { first: 301, attempt: 1 } as Work
      const unheard = () => undefined
      launcher.launch(work, { started: unheard, output: unheard, finished: unheard, returned: unheard })
      told.length = 0
      return { store: telling, run, started, take: () => told.splice(0) }
    }

    const about = { submission: 301, attempt: 1 }

    test('at once, and not again when that is written', async () => {
      const { store, run, started, take } = await running()
      started([0, 1, 3])
      const ranges = [
        [301, 2],
        [304, 1],
      ]
      expect(take()).toEqual([{ status: 'processing', ranges, ...about }])
      const renewed = transition(run, { type: 'renew', attempt: 1, started: [0, 1, 3], lease: 9 }, 5)
      if (typeof renewed === 'string') throw new Error(renewed)
      await store.putRuns({ puts: [{ run: renewed }] })
      expect(take()).toEqual([])
    })

    test('and are queued anew by a retry, not by a write that was on its way', async () => {
      const { store, run, started, take } = await running()
      started([0, 1])
      take()
      const onItsWay = finished(run, [2])
      await store.putRuns({ puts: [{ run: onItsWay }] })
      expect(take()).toEqual([{ status: 'done', ranges: [[303, 1]], ...about }])
      const ended = [{ offset: 0, status: QUEUED, flags: 0, usage: undefined }] as const
      const again = transition(onItsWay, { type: 'finish', attempt: 1, started: [0, 1], ended }, 5)
      if (typeof again === 'string') throw new Error(again)
      await store.putRuns({ puts: [{ run: again }] })
      expect(take()).toEqual([{ status: 'queued', ranges: [[301, 1]], ...about }])
      started([0])
      expect(take()).toEqual([{ status: 'processing', ranges: [[301, 1]], ...about }])
    })

    test('and are queued anew when their chunk is given back, but not those that did not', async () => {
      const { store, run, started, take } = await running()
      started([4])
      take()
      const back = transition(run, { type: 'release', attempt: 1, notBefore: 9 }, 5)
      if (typeof back === 'string') throw new Error(back)
      await store.putRuns({ puts: [{ run: back }] })
      expect(take()).toEqual([{ status: 'queued', ranges: [[305, 1]], ...about }])
    })
  })
})
