import { describe, expect, test } from 'vitest'
import { type Obstacle, waitsFor } from '../../../lib/engine/query/waits-for.ts'
import type { Gate } from '../../../lib/engine/records/gate.ts'
import { freshRun, type Run } from '../../../lib/engine/records/run.ts'
import { DONE, PROCESSING, QUEUED, STALLED, WAITING } from '../../../lib/engine/records/status-code.ts'
import { done, endless, harness } from '../harness.ts'

const now = 1_000
const gate = (change: Partial<Gate>): Gate => ({
  id: 901,
  dependencies: [
    [1, 10],
    [101, 5],
  ],
  mode: 'abort',
  opensAt: 0,
  state: 'waiting',
  cursor: 106,
  edged: false,
  cause: undefined,
  sentTo: 0,
  sent: false,
  version: 1,
  created: 0,
  looked: 0,
  ...change,
})
const run = (change: Partial<Run>): Run => ({ ...freshRun({ first: 901, count: 3, submission: 901 }), ...change })

const cases: readonly [string, number, Gate | undefined, Run | undefined, Obstacle | null][] = [
  ['nobody looked yet: the last dependency', WAITING, gate({}), undefined, { kind: 'dependency', jid: 105, total: 15 }],
  [
    'the one it watches',
    WAITING,
    gate({ edged: true, cursor: 8 }),
    undefined,
    { kind: 'dependency', jid: 7, total: 15 },
  ],
  [
    'dependencies are done, its time is to come',
    WAITING,
    gate({ edged: true, cursor: 0, opensAt: 1_001 }),
    undefined,
    { kind: 'schedule', at: 1_001 },
  ],
  [
    'its time is to come',
    QUEUED,
    gate({ dependencies: [], opensAt: 1_001 }),
    undefined,
    { kind: 'schedule', at: 1_001 },
  ],
  ['its time has come', QUEUED, gate({ dependencies: [], opensAt: 1_000 }), undefined, { kind: 'worker' }],
  ['it failed and is tried again', QUEUED, undefined, run({ notBefore: 1_001 }), { kind: 'retry', at: 1_001 }],
  ['the time of its next try has come', QUEUED, undefined, run({ notBefore: 1_000 }), { kind: 'worker' }],
  [
    'a job of its chunk runs',
    QUEUED,
    undefined,
    run({ phase: 'processing' }),
    { kind: 'chunk', first: 901, count: 3, before: 2 },
  ],
  [
    'one of those before it in its chunk is over',
    QUEUED,
    undefined,
    run({ phase: 'processing', rows: Uint8Array.of(DONE, QUEUED, QUEUED) }),
    { kind: 'chunk', first: 901, count: 3, before: 1 },
  ],
  ['nobody claimed it', QUEUED, undefined, undefined, { kind: 'worker' }],
  ['behind an open gate', QUEUED, gate({ state: 'open' }), undefined, { kind: 'worker' }],
  ['it runs', PROCESSING, undefined, run({ phase: 'processing' }), null],
  ['it is done', DONE, undefined, run({ phase: 'finished' }), null],
  ['it stalled', STALLED, gate({ state: 'stalled' }), undefined, null],
]

test.each(cases)('%s', (_, code, gate, run, expected) => {
  expect(waitsFor({ jid: 903, code, gate, run, now })).toEqual(expected)
})

describe('in the engine', () => {
  test('a job names the unfinished one that it depends on', async () => {
    const { submit, engine } = await harness(endless)
    const first = await submit(1)
    const second = await submit(1, { dependsOn: [[first, 1]] })
    const { jobs } = await engine.info({ ranges: [[second, 1]], keys: ['status', 'waitsFor'] })
    expect(jobs).toEqual([{ jid: second, status: 'waiting', waitsFor: { kind: 'dependency', jid: first, total: 1 } }])
  })

  test('where nothing runs a job waits for a worker', async () => {
    const { submit, engine } = await harness(() => done(), { start: false })
    const first = await submit(1)
    const { jobs } = await engine.info({ ranges: [[first, 1]], keys: ['waitsFor'] })
    const queue = { messages: 1, before: 0 }
    expect(jobs).toEqual([{ jid: first, waitsFor: { kind: 'worker', limit: null, queue } }])
  })

  test('in the queue it has its place: jobs of messages before its own, and of its own', async () => {
    const { submit, engine } = await harness(() => done(), { start: false, chunkSize: 10 })
    await submit(25)
    const second = await submit(20)
    const { jobs } = await engine.info({ ranges: [[second + 12, 1]], keys: ['waitsFor'] })
    const queue = { messages: 5, before: 37 }
    expect(jobs).toEqual([{ jid: second + 12, waitsFor: { kind: 'worker', limit: null, queue } }])
  })
})
