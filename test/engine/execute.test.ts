import { expect, test } from 'vitest'
import { createEngine } from '../../lib/engine/engine.ts'
import type { Launcher, Outcome, Reports, Work } from '../../lib/engine/ports/launcher.ts'
import type { ChunkMessage } from '../../lib/engine/ports/queue.ts'
import { statusAt } from '../../lib/engine/records/run.ts'
import type { StoredRun } from '../../lib/engine/records/segment.ts'
import { DONE, ERROR, QUEUED } from '../../lib/engine/records/status-code.ts'
import { createBlobs } from '../../lib/memory/blobs.ts'
import { createJobStore } from '../../lib/memory/job-store.ts'
import { createQueue } from '../../lib/memory/queue.ts'
import { decodeFailure } from '../../lib/protocol/failure.ts'
import { unpack } from '../../lib/protocol/packed.ts'
import { manualTime } from '../contract/manual-time.ts'
import { segmentOf } from '../contract/sample.ts'

const usage = { started: 1, finished: 2, cpuUser: 0, cpuSystem: 0, memory: 0 }
const ended = (offset: number, status: 'done' | 'killed'): Outcome => {
  return { offset, status, payload: new Uint8Array([1]), usage, ...(status === 'killed' && { code: 'killed' }) }
}

/** Starts the first job of a launch and leaves the others pending. A killed job ends at once. */
function oneAtATime(): Launcher & { finish(offset: number): void; tries: number[] } {
  let current: { work: Work; reports: Reports; open: Set<number>; done: () => void } | undefined
  const end = (outcome: Outcome): void => {
    if (current === undefined || !current.open.delete(outcome.offset)) return
    current.reports.finished([outcome])
    if (current.open.size === 0) current.done()
  }
  const tries: number[] = []
  return {
    tries,
    wanted: 0,
    onWanted: () => undefined,
    finish: offset => end(ended(offset, 'done')),
    launch(work, reports) {
      const { promise, resolve } = Promise.withResolvers<void>()
      const offsets = work.jobs.map(({ offset }) => offset)
      tries.push(...work.jobs.map(job => job.tries))
      current = { work, reports, open: new Set(offsets), done: resolve }
      reports.started(offsets.slice(0, 1), 1_000_000)
      return { done: promise, kill: offset => end(ended(offset, 'killed')), abandon: resolve }
    },
    close: async () => undefined,
  }
}

async function begin() {
  const time = manualTime()
  const { timers } = time
  const clock = { now: time.now, random: () => 0.5 }
  const store = createJobStore()
  const jobs = createQueue<ChunkMessage>({ clock, timers })
  const launcher = oneAtATime()
  const control = createQueue<never>({ clock, timers })
  const engine = createEngine({ store, jobs, control, blobs: createBlobs(), timers, clock, digest: () => '', launcher })
  await store.lease({ count: 100 })
  await store.insert({ segments: [segmentOf(1, 3)] })
  await jobs.send({ bodies: [{ first: 1, weight: 3 }] })
  const receive = () => jobs.receive({ max: 10, visibility: 600_000, wait: 0 })
  const runOf = async (): Promise<StoredRun> => {
    const [found] = await store.read({ ranges: [[1, 3]], payloads: true })
    return found!.runs[0]!
  }
  return { time, engine, launcher, receive, runOf }
}

test('it resolves once all is written, and the message is gone', async () => {
  const { time, engine, launcher, receive, runOf } = await begin()
  const over = engine.execute(await receive(), time.now() + 1_000_000)
  await time.advance(10)
  for (const offset of [0, 1, 2]) launcher.finish(offset)
  await over
  const { run } = await runOf()
  expect(run.phase).toBe('finished')
  await time.advance(1_000_000)
  expect(await receive()).toEqual([])
})

test('at its end what runs is timed out, and what did not begin is given back', async () => {
  const { time, engine, receive, runOf } = await begin()
  const over = engine.execute(await receive(), time.now() + 5_000)
  await time.advance(4_999)
  expect((await runOf()).run.phase).toBe('processing')
  await time.advance(2)
  await over
  const { run, payloads } = await runOf()
  expect([0, 1, 2].map(offset => statusAt(run, offset))).toEqual([ERROR, QUEUED, QUEUED])
  expect(run.phase).toBe('queued')
  expect(decodeFailure(unpack(payloads[0]!.packed, 0))).toMatchObject({ code: 'timeout' })
  const again = await receive()
  expect(again.map(({ body }) => body)).toEqual([{ first: 1, weight: 3 }])
})

test('what was given back runs elsewhere, as the first try that it is', async () => {
  const { time, engine, launcher, receive, runOf } = await begin()
  const over = engine.execute(await receive(), time.now() + 5_000)
  await time.advance(5_001)
  await over
  const more = engine.execute(await receive(), time.now() + 100_000)
  await time.advance(10)
  for (const offset of [1, 2]) launcher.finish(offset)
  await more
  const { run } = await runOf()
  expect([0, 1, 2].map(offset => statusAt(run, offset))).toEqual([ERROR, DONE, DONE])
  expect(launcher.tries).toEqual([1, 1, 1, 1, 1])
})

test('with no time left nothing begins for long', async () => {
  const { time, engine, receive, runOf } = await begin()
  const over = engine.execute(await receive(), time.now() - 1)
  await time.advance(10)
  await over
  expect((await runOf()).run.unfinished).toBeGreaterThan(0)
})

test('at the end of one that took them late they go back, and run again where there is time', async () => {
  const { time, engine, launcher, receive, runOf } = await begin()
  const over = engine.execute(await receive(), time.now() + 5_000, true)
  await time.advance(5_001)
  await over
  const { run } = await runOf()
  expect([0, 1, 2].map(offset => statusAt(run, offset))).toEqual([QUEUED, QUEUED, QUEUED])
  expect(run.phase).toBe('queued')
  const more = engine.execute(await receive(), time.now() + 100_000)
  await time.advance(10)
  for (const offset of [0, 1, 2]) launcher.finish(offset)
  await more
  expect((await runOf()).run.phase).toBe('finished')
})
