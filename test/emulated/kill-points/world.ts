import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { GetQueueAttributesCommand, type SQSClient } from '@aws-sdk/client-sqs'
import { changeFrom, type StreamRecord } from '../../../lib/aws/store/stream-changes.ts'
import type { Receipt, Received } from '../../../lib/engine/ports/queue.ts'
import type { Run } from '../../../lib/engine/records/run.ts'
import type { Death } from './dying.ts'
import type { Answered, Asked } from './handler.ts'
import { HandlerProcess } from './handler-process.ts'
import { type Mapped, makeResources, type Place, type Resources } from './resources.ts'
import type { TableStream } from './table-stream.ts'

/** What a mapping hides a batch for, in milliseconds: an executor that holds chunks renews it. */
const VISIBILITY_MS = 5_000
/** Records of one batch. */
const BATCH = 100
/** Milliseconds between looks at a stream that has nothing new. */
const LOOK_MS = 100

/** The functions that can be handed to a process that dies. */
export type Role = 'api' | 'executor' | 'gates'

/** A table, queues and a bucket, what maps them to handlers as Lambda does, and the processes of the handlers. */
export class World implements AsyncDisposable {
  /** Side effects of jobs: a line each. */
  readonly log: string
  readonly stream: TableStream
  /** Requests that were answered by nobody. */
  unanswered: Asked[] = []
  /** Whether each batch of records comes twice: from its end, and then as it is. */
  doubling = false
  readonly #jobs: Mapped
  readonly #control: Mapped
  readonly #sqs: SQSClient
  readonly #env: NodeJS.ProcessEnv
  readonly #healthy: HandlerProcess
  readonly #doomed = new Map<Role, HandlerProcess>()
  readonly #undo: AsyncDisposableStack
  readonly #failures: unknown[] = []
  /** Handlers at work, and how often the stream was read to its end and handled. */
  #busy = 0
  #reads = 0
  #closed = false
  readonly #pumps: Promise<unknown>

  private constructor({ folder, stream, jobs, control, sqs, env }: Resources, undo: AsyncDisposableStack) {
    this.log = join(folder, 'log')
    this.stream = stream
    this.#jobs = jobs
    this.#control = control
    this.#sqs = sqs
    this.#env = env
    this.#undo = undo
    this.#healthy = this.#undo.use(new HandlerProcess(env))
    this.#pumps = Promise.all([this.#mapJobs(), this.#mapControl(), this.#mapStream()])
  }

  static async open(place: Place): Promise<World> {
    await using undo = new AsyncDisposableStack()
    const resources = await makeResources(place, undo)
    return new World(resources, undo.move())
  }

  /** Hands all that comes for this role to a process that kills itself at this point. */
  doom(role: Role, death: Death): HandlerProcess {
    const doomed = this.#undo.use(new HandlerProcess(this.#env, death))
    this.#doomed.set(role, doomed)
    return doomed
  }

  #handler(role: Role): HandlerProcess {
    const doomed = this.#doomed.get(role)
    return doomed?.isAlive === true ? doomed : this.#healthy
  }

  /** As API Gateway does. */
  async fetch(asked: Asked): Promise<Answered> {
    try {
      return await this.#handler('api').call('fetch', asked)
    } catch (error) {
      this.unanswered.push(asked)
      throw error
    }
  }

  /** Sends messages that nobody asked for. */
  async send(bodies: readonly unknown[]): Promise<void> {
    await this.#jobs.queue.send({ bodies })
  }

  /** Has these records come once more. */
  async deliver(records: readonly StreamRecord[]): Promise<void> {
    for (let from = 0; from < records.length; from += BATCH) {
      let batch = records.slice(from, from + BATCH)
      while (batch.length > 0 && !this.#closed) batch = await this.#deliver(batch)
    }
  }

  /** What is left of the batch: all of it when the handler died. */
  async #deliver(batch: StreamRecord[]): Promise<StreamRecord[]> {
    const failed = await this.#handler('gates')
      .call('release', batch)
      .catch(() => undefined)
    return failed === undefined ? batch : batch.filter(one => failed.includes(one.dynamodb?.SequenceNumber ?? ''))
  }

  /** Whether there is nothing left to do. */
  async isQuiet(): Promise<boolean> {
    if (this.#failures.length > 0) throw new AggregateError(this.#failures, 'A mapping failed.')
    const seen = this.stream.records.length
    const isStill = () => this.#busy === 0 && this.stream.records.length === seen
    if (!(await this.#areEmpty()) || !isStill()) return false
    // What was written last may not have been read: until the stream was found empty by a read that began after this.
    const read = this.#reads + 2
    while (this.#reads < read && isStill() && !this.#closed) await pause(LOOK_MS)
    return isStill() && (await this.#areEmpty())
  }

  async #areEmpty(): Promise<boolean> {
    return (await this.#isEmpty(this.#jobs)) && (await this.#isEmpty(this.#control))
  }

  async #isEmpty({ url }: Mapped): Promise<boolean> {
    const { Attributes = {} } = await this.#sqs.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['All'] }),
    )
    const kinds = ['', 'NotVisible', 'Delayed'] as const
    return kinds.every(kind => Attributes[`ApproximateNumberOfMessages${kind}`] === '0')
  }

  /** Writes that ended a job, in the order of the stream. */
  ends(jid: number): Run[] {
    return this.stream.records.flatMap(record => {
      const change = changeFrom(record)
      return change?.kind === 'run' && change.run.first === jid ? [change.run] : []
    })
  }

  /** What jobs did: a line each. */
  async effects(): Promise<readonly string[]> {
    const text = await readFile(this.log, 'utf8').catch(() => '')
    return text.split('\n').filter(line => line !== '')
  }

  #mapJobs(): Promise<void> {
    return this.#map(this.#jobs, received => this.#handler('executor').call('run', received))
  }

  #mapControl(): Promise<void> {
    return this.#map(this.#control, received => this.#handler('gates').call('look', received))
  }

  /** A batch whose handler dies is seen again once its visibility is over. */
  #map(
    { queue }: Mapped,
    handle: (received: readonly Received<unknown>[]) => Promise<readonly Receipt[]>,
  ): Promise<void> {
    return this.#repeat(async () => {
      const received = await queue.receive({ max: 10, visibility: VISIBILITY_MS, wait: 1_000 })
      if (received.length === 0) return
      await this.#enter(async () => {
        const kept = await handle(received).catch(() => undefined)
        if (kept === undefined) return
        const done = received.map(one => one.receipt).filter(receipt => !kept.includes(receipt))
        await queue.delete({ receipts: done })
      })
    })
  }

  #mapStream(): Promise<void> {
    return this.#repeat(async () => {
      const fresh = await this.stream.read()
      if (fresh.length === 0) await pause(LOOK_MS)
      await this.#enter(async () => {
        if (this.doubling) await this.deliver(fresh.toReversed())
        await this.deliver(fresh)
      })
      this.#reads++
    })
  }

  async #enter(work: () => Promise<void>): Promise<void> {
    this.#busy++
    await work()
    this.#busy--
  }

  async #repeat(work: () => Promise<void>): Promise<void> {
    try {
      while (!this.#closed) await work()
    } catch (error) {
      this.#failures.push(error)
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#closed = true
    await this.#pumps
    await this.#undo.disposeAsync()
  }
}
