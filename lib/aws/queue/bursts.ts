import { InvokeCommand, type LambdaClient } from '@aws-sdk/client-lambda'
import type { Clock } from '../../engine/ports/clock.ts'
import type { ChunkMessage, Queue } from '../../engine/ports/queue.ts'
import type { ExecutorClass } from '../environment.ts'
import { inParallel } from '../in-parallel.ts'
import { Allowance } from '../store/allowance.ts'
import type { Table } from '../store/table.ts'
import { keyOf } from '../table-schema.ts'
import { type BurstMessage, MAPPED_AT_ONCE } from './burst-queue.ts'

/** Milliseconds of which each has a number of calls: by then a mapping called more executors than a burst does. */
const WINDOW_MS = 60_000
/** Calls under way at a time. */
const PARALLEL = 20

/** What executors are called with: no jobs, so that their messages stay with the queue, and a call that is lost costs only speed. */
export interface PullEvent {
  readonly pull: true
}

const pull: PullEvent = { pull: true }

export interface BurstClass {
  /** Name of its executor's function. */
  readonly function: string
  /** How many may be called a minute. */
  readonly burst: number
  /** How many may run at a time. */
  readonly executors: number
}

export interface BurstsOptions {
  readonly client: Pick<LambdaClient, 'send'>
  readonly table: Table
  readonly jobs: Pick<Queue<ChunkMessage>, 'backlog'>
  readonly clock: Pick<Clock, 'now'>
  readonly classes: Readonly<Record<ExecutorClass, BurstClass>>
}

export interface Bursts {
  /** Calls as many executors as help with so many messages, and as there is room for. Each pulls from the queue of its class. */
  start(burst: BurstMessage['burst']): Promise<void>
}

/** For all that ask there are so many calls a minute, as what is in flight is known a minute late. */
export function createBursts({ client, table, jobs, clock, classes }: BurstsOptions): Bursts {
  return {
    async start({ messages, highCpu }) {
      const name = highCpu ? 'highCpu' : 'ordinary'
      const { function: FunctionName, burst: most, executors } = classes[name]
      if (most === 0) return
      const { inFlight = 0 } = (await jobs.backlog?.({ chunks: [], highCpu })) ?? {}
      const wanted = Math.min(messages - MAPPED_AT_ONCE, executors - inFlight)
      if (wanted <= 0) return
      const allowance = new Allowance({ table, key: keyOf.burst(name), clock, most, window: WINDOW_MS })
      await inParallel(Array.from({ length: await allowance.take(wanted) }), PARALLEL, () =>
        client.send(new InvokeCommand({ FunctionName, InvocationType: 'Event', Payload: JSON.stringify(pull) })),
      )
    },
  }
}
