import { createHash } from 'node:crypto'
import type { Blobs } from '../engine/ports/blobs.ts'
import type { CronAlarms } from '../engine/ports/cron-alarms.ts'
import type { JobStore } from '../engine/ports/job-store.ts'
import type { Ports } from '../engine/ports/ports.ts'
import type { ChunkMessage, ControlMessage } from '../engine/ports/queue.ts'
import type { Registry } from '../engine/ports/registry.ts'
import type { Settings } from '../engine/ports/settings.ts'
import { createBlobs } from './blobs/blobs.ts'
import { createPresign } from './blobs/presign.ts'
import { dynamoDbClient, presigningClient, s3Client, sqsClient } from './clients.ts'
import { systemClock } from './clock.ts'
import type { Environment, ExecutorClass } from './environment.ts'
import { createBurstQueue } from './queue/burst-queue.ts'
import { createClassQueue } from './queue/class-queue.ts'
import { createMappedQueue, type MappedQueue } from './queue/mapped-queue.ts'
import { createQueue } from './queue/queue.ts'
import { type CronMessage, createCronAlarms } from './schedules/cron-alarms.ts'
import { createTimers, type ScheduleMessage } from './schedules/timers.ts'
import { createJobStore } from './store/job-store.ts'
import { createRegistry } from './store/registry.ts'

/** The ports as every function has them. */
export interface Base extends Ports {
  readonly store: JobStore
  readonly jobs: MappedQueue<ChunkMessage>
  readonly control: MappedQueue<ControlMessage>
  readonly blobs: Blobs
  readonly registry: Registry
  readonly alarms: CronAlarms
}

/** What a trial of the functions has otherwise. */
export interface Trial {
  readonly settings?: Partial<Settings>
  /** Stands between the function and its ports. */
  readonly ports?: (ports: Base) => Base
}

export interface BaseOptions extends Trial {
  /** Whether clients put and read large blobs themselves. */
  readonly presigned?: boolean
  /** Of an executor: from which queue it takes jobs. Default `ordinary`; the others take none. */
  readonly own?: ExecutorClass
}

/** One job a message and a run, as a function is a machine of its own. */
export const settings: Partial<Settings> = {
  chunkSize: 1,
  startsAtClaim: true,
  sharesOutput: true,
  // For a quarter of an hour Scheduler calls again, and then Lambda for another, where there is no room.
  cronGrace: 1_800_000,
  onError: warn,
}

/** What every function is told, and those that deal with files. */
type BaseEnvironment = Environment<'release'> & { readonly filesBucket?: string }

/** @param environment what the function is told */
export function baseOf(environment: BaseEnvironment, options: BaseOptions = {}): Base {
  const { presigned = false, own = 'ordinary', ports = same } = options
  const { jobsTable, jobsQueue, jobsHighCpuQueue, controlQueue, resultsBucket, filesBucket } = environment
  const sqs = sqsClient()
  const dynamoDb = dynamoDbClient()
  const queueOf = <Body>(url: string) => createQueue<Body>({ client: sqs, url, pause })
  const blobsOf = (bucket: string) =>
    createBlobs({
      client: s3Client(),
      bucket,
      pause,
      ...(presigned && { addresses: createPresign(presigningClient(), bucket) }),
    })
  const [ordinary, highCpu] = [queueOf<ChunkMessage>(jobsQueue), queueOf<ChunkMessage>(jobsHighCpuQueue)]
  const jobs = createClassQueue({ ordinary, highCpu, own, clock: systemClock })
  return ports({
    store: createJobStore({ client: dynamoDb, table: jobsTable, pause }),
    registry: createRegistry({ client: dynamoDb, name: jobsTable, pause }),
    jobs: createMappedQueue(createBurstQueue({ queue: jobs, control: queueOf(controlQueue), onError: warn })),
    control: createMappedQueue(queueOf<ControlMessage>(controlQueue)),
    blobs: blobsOf(resultsBucket),
    ...(filesBucket !== undefined && { files: blobsOf(filesBucket) }),
    timers: createTimers(queueOf<ScheduleMessage>(controlQueue)),
    alarms: createCronAlarms(queueOf<CronMessage>(controlQueue)),
    clock: systemClock,
    digest: bytes => createHash('sha256').update(bytes).digest('hex'),
  })
}

function same(ports: Base): Base {
  return ports
}

export function pause(ms: number): Promise<void> {
  return new Promise(resolve => setTimeout(resolve, ms))
}

/** Into the function's log. */
export function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), 'PiCloudServiceError')
}
