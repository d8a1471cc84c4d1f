import { describe, expect, test } from 'vitest'
import { type Busy, explained, limitOf } from '../../../lib/engine/query/worker-limit.ts'
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
    { ...local, executors: 900 },
    { of: 'executors', max: 900, busy: 3, jids: [] },
  ],
  [
    'executors, and a queue that can’t say',
    { ...local, backlog: undefined, executors: 900 },
    { of: 'executors', max: 900, busy: 0, jids: [] },
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
