import { expect, test } from 'vitest'
import { createEngine } from '../../../lib/engine/engine.ts'
import type { ChunkMessage } from '../../../lib/engine/ports/queue.ts'
import { type Run, statusAt } from '../../../lib/engine/records/run.ts'
import { DONE, ERROR } from '../../../lib/engine/records/status-code.ts'
import { createBlobs } from '../../../lib/memory/blobs.ts'
import { createJobStore } from '../../../lib/memory/job-store.ts'
import { createQueue } from '../../../lib/memory/queue.ts'
import { manualTime } from '../../contract/manual-time.ts'
import { finished, firstClaim, segmentOf } from '../../contract/sample.ts'

async function begin() {
  const time = manualTime()
  const { timers } = time
  const clock = { now: time.now, random: () => 0.5 }
  const store = createJobStore()
  const jobs = createQueue<ChunkMessage>({ clock, timers })
  const control = createQueue<never>({ clock, timers })
  const engine = createEngine({ store, jobs, control, blobs: createBlobs(), timers, clock, digest: () => '' })
  await store.insert({ segments: [segmentOf(1, 2)] })
  const sent = time.now() - 1_000_000
  const give = (again?: number) => {
    const body = { first: 1, weight: 2, ...(again !== undefined && { again }) }
    return engine.giveUp([{ body, sent, receipt: 'r' }])
  }
  const queued = async () => (await jobs.receive({ max: 10, visibility: 1, wait: 0 })).map(({ body }) => body)
  const statuses = async () => {
    const run = (await store.read({ ranges: [[1, 2]] }))[0]?.runs[0]?.run
    return run && [statusAt(run, 0), statusAt(run, 1)]
  }
  const put = (run: Run) => store.putRuns({ puts: [{ run }] })
  return { time, engine, give, queued, statuses, put, sent }
}

test('a chunk that never began is sent again, three times', async () => {
  const { give, queued, statuses } = await begin()
  expect(await give()).toEqual(['r'])
  expect(await queued()).toEqual([{ first: 1, weight: 2, again: 1 }])
  expect(await give(2)).toEqual(['r'])
  expect(await queued()).toEqual([{ first: 1, weight: 2, again: 3 }])
  expect(await give(3)).toEqual(['r'])
  expect(await queued()).toEqual([])
  expect(await statuses()).toEqual([ERROR, ERROR])
})

test('a chunk that somebody holds is left to its holder', async () => {
  const { time, give, statuses, put } = await begin()
  await put({ ...firstClaim(1, 2), lease: time.now() + 1 })
  expect(await give()).toEqual([])
  await time.advance(2)
  expect(await give()).toEqual(['r'])
  expect(await statuses()).toEqual([ERROR, ERROR])
})

test('what ended stays as it ended', async () => {
  const { give, statuses, put } = await begin()
  const one = firstClaim(1, 2)
  const half = { ...finished(one, [0]), lease: 1 }
  await put(one)
  await put(half)
  expect(await give()).toEqual(['r'])
  expect(await statuses()).toEqual([DONE, ERROR])
  expect(await give()).toEqual(['r'])
  expect(await statuses()).toEqual([DONE, ERROR])
})

test('nothing hangs on a chunk that nobody knows', async () => {
  const { engine, sent, queued } = await begin()
  expect(await engine.giveUp([{ body: { first: 501, weight: 1 }, sent, receipt: 's' }])).toEqual(['s'])
  expect(await queued()).toEqual([])
})
