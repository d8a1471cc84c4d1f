import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createEngine } from '../engine/engine.ts'
import type { ChunkMessage, Receipt, Received } from '../engine/ports/queue.ts'
import { defaultSettings } from '../engine/ports/settings.ts'
import { createApp } from '../http/app.ts'
import type { Principal } from '../protocol/job.ts'
import type { RequestLike } from '../protocol/message.ts'
import type { Serve } from '../worker/asks.ts'
import { createPool } from '../worker/create-pool.ts'
import { baseOf, settings, type Trial, warn } from './base.ts'
import type { Environment } from './environment.ts'
import { classOf, executorsOf } from './executor-class.ts'
import { machineFrom } from './machine.ts'
import { isChunkMessage } from './queue/message-body.ts'

/** Jobs end this many milliseconds before Lambda ends their function: time to kill them, and to write that down. */
const MARGIN_MS = 20_000

/** The part of its time in which an executor that pulls takes more: a job that it takes last has all but that. */
const PULL_SHARE = 0.1
/** Milliseconds that it waits for more: it is paid for meanwhile. */
const PULL_WAIT_MS = 1_000

export interface ExecutorFunction {
  /**
   * Runs chunks until each is finished, given back or lost, and no child is left busy.
   * @param deadline when Lambda ends this call: epoch milliseconds
   * @returns the receipts whose messages must come again
   */
  run(received: readonly Received<unknown>[], deadline: number): Promise<readonly Receipt[]>
  /**
   * Takes messages of its class from the queue by itself, until there are none, and for no more than a tenth of its time: what comes
   * later is left to executors that have all of theirs.
   * @param deadline as above
   */
  pull(deadline: number): Promise<void>
}

/** Runs jobs in child processes of the function. */
export function assembleExecutor(environment: Environment<'executor'>, trial: Trial = {}): ExecutorFunction {
  const { lease = defaultSettings.lease } = trial.settings ?? {}
  const own = classOf(environment)
  const base = baseOf(environment, { ...trial, own })
  const asking = new WeakMap<RequestLike, Principal>()
  const serve: Serve = (request, principal) => {
    asking.set(request, principal)
    return app.fetch(request)
  }
  const asked = { storage: Number(environment.executorStorage), class: own }
  const { price, ...machine } = machineFrom(process.env, asked)
  const launcher = createPool({
    ...machine,
    // A child that waits for a function that may never come is paid for all the time.
    spares: 0,
    blobs: base.blobs,
    serve,
    environments: join(tmpdir(), 'picloud-environments'),
    hostModules: { picloud: besideBundle('index'), 'picloud/mp': besideBundle('mp') },
  })
  const executors = executorsOf(environment)
  const engine = createEngine({ ...base, launcher }, { ...settings, executors, price, ...trial.settings })
  const app = createApp(engine, { principalOf: request => asking.get(request), report: warn })
  const { workers } = machine
  const chunksOf = (received: readonly Received<unknown>[]) =>
    received.filter(one => isChunkMessage(one.body)) as readonly Received<ChunkMessage>[]
  return {
    async pull(deadline) {
      const until = Date.now() + PULL_SHARE * (deadline - Date.now())
      try {
        while (Date.now() < until) {
          const received = await base.jobs.receive({ max: workers, visibility: lease, wait: PULL_WAIT_MS })
          if (received.length === 0) return
          await engine.execute(chunksOf(received), deadline - MARGIN_MS, true)
        }
      } catch (error) {
        warn(error)
      }
    },
    async run(received, deadline) {
      const chunks = chunksOf(received)
      const receipts = chunks.map(one => one.receipt)
      base.jobs.map(receipts)
      try {
        // The queue hides a message for as long as the function may run; a machine that dies is to be noticed sooner.
        await base.jobs.delay({ receipts, delay: lease })
        await engine.execute(chunks, deadline - MARGIN_MS)
      } catch (error) {
        warn(error)
      }
      return base.jobs.unmap(receipts)
    },
  }
}

/** What jobs import as `picloud`: a bundle beside that of the function. */
function besideBundle(name: string): string {
  return new URL(`../picloud/${name}.js`, import.meta.url).href
}
