import { createEngine } from '../engine/engine.ts'
import type { ChunkMessage, ControlMessage, Receipt, Received } from '../engine/ports/queue.ts'
import { createApp } from '../http/app.ts'
import { secrets } from '../http/watch/secrets.ts'
import type { RequestLike } from '../protocol/message.ts'
import { baseOf, pause, settings, type Trial, warn } from './base.ts'
import { dynamoDbClient, lambdaClient, s3Client, schedulerClient, sqsClient } from './clients.ts'
import type { Environment } from './environment.ts'
import { burstsOf, executorsOf } from './executor-class.ts'
import { readFirstSecret } from './first-secret.ts'
import type { Caller } from './http-event.ts'
import { createBursts } from './queue/bursts.ts'
import { drainQueue } from './queue/drain-queue.ts'
import {
  isBurstMessage,
  isChunkMessage,
  isControlMessage,
  isCronMessage,
  isScheduleMessage,
} from './queue/message-body.ts'
import { createQueue } from './queue/queue.ts'
import { type CronEvent, createCronSchedules } from './schedules/cron-schedules.ts'
import { createSchedules } from './schedules/schedules.ts'
import { createRegistry } from './store/registry.ts'
import { changeFrom, type StreamRecord } from './store/stream-changes.ts'
import { Table } from './store/table.ts'
import { createStreamFailures } from './stream-failures.ts'

/** Milliseconds after which nobody is called any more for messages that were sent: by then the mapping does. */
const BURST_MS = 60_000

/** The sweeper begins nothing in the last milliseconds of its call. */
const SWEEP_MARGIN_MS = 10_000
/** Milliseconds for which a sweep hides the dead letters that it looks at: less than the time to the next. */
const DEAD_LETTER_MS = 240_000

export interface ApiFunction {
  fetch(request: Request, caller: Caller): Promise<Response>
}

/** The HTTP app over the engine, which takes jobs in and runs none. */
export function assembleApi(environment: Environment<'api'>, trial: Trial = {}): ApiFunction {
  const ports = {
    ...baseOf(environment, { ...trial, presigned: true }),
    keyring: createRegistry({ client: dynamoDbClient(), name: environment.keysTable, pause }),
    secrets: { ...secrets, first: () => readFirstSecret(environment.keySecret) },
  }
  // Lambda’s Node runs on Amazon Linux.
  const platform = { os: 'linux', cpu: environment.executorCpu, libc: 'glibc' } as const
  const executors = executorsOf(environment)
  const engine = createEngine(ports, { ...settings, platform, executors, ...trial.settings })
  const callers = new WeakMap<RequestLike, Caller>()
  const app = createApp(engine, {
    principalOf(request) {
      const { principal, from = '' } = callers.get(request) ?? {}
      return principal ?? engine.accounts.principalOf({ authorization: request.headers.get('authorization'), from })
    },
    report: warn,
  })
  return {
    fetch(request, caller) {
      callers.set(request, caller)
      return app.fetch(request)
    },
  }
}

export interface ReleaseFunction {
  /** @returns sequence numbers of the records that must come again */
  release(records: readonly StreamRecord[]): Promise<readonly string[]>
}

/** Hears of what ended, and of gates that changed. */
export function assembleRelease(environment: Environment<'release'>, trial: Trial = {}): ReleaseFunction {
  const engine = createEngine(baseOf(environment, trial), { ...settings, ...trial.settings })
  return {
    async release(records) {
      try {
        await engine.changed(records.flatMap(record => changeFrom(record) ?? []))
        return []
      } catch (error) {
        // One by one, so that what can’t be handled holds up nothing else.
        warn(error)
      }
      const failed: string[] = []
      for (const record of records) {
        try {
          const change = changeFrom(record)
          if (change !== undefined) await engine.changed([change])
        } catch (error) {
          warn(error)
          failed.push(record.dynamodb?.SequenceNumber ?? '')
        }
      }
      return failed
    },
  }
}

export interface ControlFunction {
  /** @returns the receipts whose messages must come again */
  look(received: readonly Received<unknown>[]): Promise<readonly Receipt[]>
}

/** Looks at gates, makes schedules for those that wait for their time and for crons, and calls executors where many jobs come at once. */
export function assembleControl(environment: Environment<'control'>, trial: Trial = {}): ControlFunction {
  const base = baseOf(environment, trial)
  const engine = createEngine(base, { ...settings, ...trial.settings })
  const { scheduleGroup: group, scheduleTarget: target, scheduleRole: role } = environment
  const client = schedulerClient()
  const schedules = createSchedules({ client, group, target, role })
  const table = new Table({ client: dynamoDbClient(), name: environment.jobsTable, pause })
  const bursts = createBursts({ client: lambdaClient(), table, ...base, classes: burstsOf(environment) })
  const crons = createCronSchedules({ client, registry: base.registry, group, target, role })

  async function lookAt(message: Received<unknown>): Promise<void> {
    const { body, receipt, sent } = message
    if (isControlMessage(body)) return await engine.control([message as Received<ControlMessage>])
    if (isCronMessage(body)) await crons.follow(body.cron)
    else if (isBurstMessage(body)) {
      if (Date.now() - sent < BURST_MS) await bursts.start(body.burst)
    } else if (isScheduleMessage(body)) {
      if (body.schedule.at > Date.now()) await schedules.create(body.schedule)
      else await engine.wake(body.schedule.gate)
    }
    await base.control.delete({ receipts: [receipt] })
  }

  return {
    async look(received) {
      const receipts = received.map(one => one.receipt)
      base.control.map(receipts)
      for (const message of received) await lookAt(message).catch(warn)
      return base.control.unmap(receipts)
    },
  }
}

export interface SweeperFunction {
  /** @param deadline when Lambda ends this call: epoch milliseconds */
  sweep(deadline: number): Promise<void>
}

/** Takes up what fell through. */
export function assembleSweeper(environment: Environment<'sweeper'>): SweeperFunction {
  const base = baseOf(environment)
  const engine = createEngine(base, settings)
  const client = sqsClient()
  const queueOf = (url: string) => createQueue<unknown>({ client, url, pause })
  const deadJobs = [environment.jobsDeadLetters, environment.jobsHighCpuDeadLetters].map(queueOf)
  const deadControl = queueOf(environment.controlDeadLetters)
  const failures = createStreamFailures(s3Client(), environment.resultsBucket)

  async function giveUp(received: readonly Received<unknown>[]): Promise<readonly Receipt[]> {
    const chunks = received.filter(one => isChunkMessage(one.body)) as readonly Received<ChunkMessage>[]
    const foreign = received.filter(one => !isChunkMessage(one.body)).map(one => one.receipt)
    return [...foreign, ...(await engine.giveUp(chunks))]
  }

  /** Gates are found by their pointers; what asked for a look at them can go. */
  async function lookAtGates(received: readonly Received<unknown>[]): Promise<readonly Receipt[]> {
    for (const { body } of received) {
      if (isControlMessage(body)) for (const { gate } of body.watches) await engine.wake(gate)
      else if (isScheduleMessage(body)) await engine.wake(body.schedule.gate)
      // Only the control function may make schedules.
      else if (isCronMessage(body)) await base.alarms.changed({ label: body.cron })
    }
    return received.map(one => one.receipt)
  }

  return {
    async sweep(deadline) {
      const until = deadline - SWEEP_MARGIN_MS
      const dead = { until, visibility: DEAD_LETTER_MS }
      const steps = [
        () => engine.sweep(),
        ...deadJobs.map(queue => () => drainQueue(queue, { ...dead, handle: giveUp })),
        () => drainQueue(deadControl, { ...dead, handle: lookAtGates }),
        () => failures.each(until, engine.changed),
      ]
      for (const step of steps) await step().catch(warn)
    },
  }
}

export interface CronFunction {
  /** The time of a gate has come. */
  wake(gate: number): Promise<void>
  /** A minute of a cron has come, if its day is one of those that the cron is for. */
  fire(event: CronEvent): Promise<void>
}

/** What schedules call. */
export function assembleCron(environment: Environment<'cron'>, trial: Trial = {}): CronFunction {
  const engine = createEngine(baseOf(environment, trial), { ...settings, ...trial.settings })
  return {
    wake: gate => engine.wake(gate),
    async fire({ cron: label, minute }) {
      const at = Date.parse(minute)
      if (Number.isNaN(at)) throw new Error(`“${minute}” is no moment: a schedule of the cron “${label}” sent it.`)
      await engine.crons.fire({ label, minute: at })
    },
  }
}
