import { describe, expect, test } from 'vitest'
import { type Busy, explainAll, explained, limitOf, type Waiting } from '../../../lib/engine/query/worker-limit.ts'
import { systemClock } from '../../../lib/memory/clock.ts'
import { createJobStore } from '../../../lib/memory/job-store.ts'
import type { WorkerLimit } from '../../../lib/protocol/info.ts'

const upTo = (count: number): number[] => Array.from({ length: count }, (_, nth) => nth + 1)
const backlog = { waiting: 7, inFlight: 3, before: new Map([[901, 40]]) }
const children = { workers: 2, waiting: 0 }
const here = { running: [5, 8], next: [9, 903] }
const local: Busy = { backlog, executors: undefined, children, here }

const limits: readonly [string, Busy, WorkerLimit | null][] = [
  ['all workers run jobs', local, { of: 'workers', max: 2, busy: 2, jids: [5, 8] }],
  [
    'one of them is free',
    { ...local, here: { running: [5], next: [] } },
    { of: 'workers', max: 2, busy: 1, jids: [5] },
  ],
  [
    'a job that waits for others lends its worker',
    { ...local, children: { workers: 2, waiting: 1 }, here: { running: [5, 8, 9], next: [] } },
    { of: 'workers', max: 2, busy: 2, jids: [5, 8, 9] },
  ],
  [
    'more have begun than there are workers: they just ended',
    { ...local, children: { workers: 1, waiting: 0 } },
    { of: 'workers', max: 1, busy: 1, jids: [5, 8] },
  ],
  [
    'twenty are named',
    { ...local, children: { workers: 30, waiting: 0 }, here: { running: upTo(30), next: [] } },
    { of: 'workers', max: 30, busy: 30, jids: upTo(20) },
  ],
  [
    'executors: the messages that they have',
    { ...local, executors: { max: 800, highCpu: false, jids: [3, 4] } },
    { of: 'executors', highCpu: false, max: 800, busy: 3, jids: [3, 4] },
  ],
  [
    'executors, and a queue that can’t say',
    { ...local, backlog: undefined, executors: { max: 100, highCpu: true, jids: [] } },
    { of: 'executors', highCpu: true, max: 100, busy: 0, jids: [] },
  ],
  ['nothing runs here', { ...local, children: undefined }, null],
]

test.each(limits)('%s', (_, busy, expected) => {
  expect(limitOf(busy)).toEqual(expected)
})

describe('a job in the queue', () => {
  const limit = limitOf(local)

  test.each([
    ['first of its chunk: behind those that were taken already', 901, 901, 42],
    ['behind others of its chunk', 901, 911, 52],
    ['the queue does not know its chunk', 1_001, 1_001, null],
  ])('%s', (_, chunk, jid, before) => {
    const queue = { messages: 7, before }
    expect(explained({ kind: 'worker' }, local, chunk, jid)).toEqual({ kind: 'worker', limit, queue })
  })

  test('of a queue that can’t say', () => {
    const silent = { ...local, backlog: undefined }
    expect(explained({ kind: 'worker' }, silent, 901, 901)).toEqual({ kind: 'worker', limit, queue: null })
  })
})

test('a job that was taken here waits for a worker here; of one that another machine took its chunk is known', () => {
  const obstacle = { kind: 'chunk', first: 901, count: 9, before: 1 } as const
  const queue = { messages: 7, before: 1 }
  expect(explained(obstacle, local, 901, 903)).toEqual({ kind: 'worker', limit: limitOf(local), queue })
  expect(explained(obstacle, local, 901, 904)).toEqual(obstacle)
})

test('what waits for something else is said as it is', () => {
  const obstacle = { kind: 'schedule', at: 1_000 } as const
  expect(explained(obstacle, local, 901, 901)).toEqual(obstacle)
})

describe('jobs of both classes', () => {
  const waiting = (jid: number, highCpu: boolean): Waiting => {
    return {
      facts: { jid },
      obstacle: { kind: 'worker' },
      chunk: jid,
      segment: { submission: jid, created: 1 },
      highCpu,
    }
  }

  async function explain(executors: { readonly ordinary: number; readonly highCpu: number } | undefined) {
    const looks: unknown[] = []
    const jobs = {
      async backlog(params: { chunks: readonly number[]; highCpu?: boolean }) {
        looks.push(params)
        return { ...backlog, inFlight: params.highCpu === true ? 90 : 500 }
      },
    }
    const ports = { jobs, launcher: undefined, store: createJobStore(), clock: systemClock }
    const workplace = { ...ports, held: () => undefined, custodies: () => [], settings: { executors } }
    const all = [waiting(1, false), waiting(2, true), waiting(3, false)]
    await explainAll(workplace, all)
    return { looks, limits: all.map(({ facts }) => facts.waitsFor?.kind === 'worker' && facts.waitsFor.limit) }
  }

  test('are told of the executors of their own', async () => {
    const { looks, limits } = await explain({ ordinary: 800, highCpu: 100 })
    const ordinary = { of: 'executors', highCpu: false, max: 800, busy: 500, jids: [] }
    expect(limits).toEqual([ordinary, { of: 'executors', highCpu: true, max: 100, busy: 90, jids: [] }, ordinary])
    expect(looks).toHaveLength(2)
  })

  test('wait for the same workers where machines are alike', async () => {
    expect((await explain(undefined)).looks).toEqual([{ chunks: [1, 2, 3], highCpu: true }])
  })
})
