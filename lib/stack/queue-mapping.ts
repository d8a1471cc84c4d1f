import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { CloudFunction } from './cloud-function.ts'
import type { ExecutorOptions, Scaling } from './options.ts'

/** Below the 1,000 of an account that nobody changed: the API must find room. */
const DEFAULT_MAX_CONCURRENCY = 900

/** Invocations at a time that one provisioned poller makes: Lambda's. */
const POLLER_CONCURRENCY = 10

/** How many executors may run at a time. */
export function concurrencyOf({ scaling = {}, reservedConcurrency }: ExecutorOptions): number {
  const { maxConcurrency = DEFAULT_MAX_CONCURRENCY, provisionedPollers } = scaling
  const mapped = provisionedPollers === undefined ? maxConcurrency : provisionedPollers.max * POLLER_CONCURRENCY
  return Math.min(mapped, reservedConcurrency ?? mapped)
}

export interface QueueMappingProps {
  readonly queue: Queue
  readonly batchSize: number
  readonly scaling: Scaling | undefined
}

/** Calls the function with what is in the queue. It says which messages it is done with; the others come again. */
export function mapQueue(target: CloudFunction, id: string, { queue, batchSize, scaling }: QueueMappingProps): void {
  const pollers = scaling?.provisionedPollers
  const mapping = new EventSourceMapping(target, id, {
    target: target.handler,
    eventSourceArn: queue.queueArn,
    batchSize,
    reportBatchItemFailures: true,
    ...(pollers === undefined
      ? { maxConcurrency: scaling?.maxConcurrency ?? DEFAULT_MAX_CONCURRENCY }
      : { provisionedPollerConfig: { minimumPollers: pollers.min, maximumPollers: pollers.max } }),
  })
  mapping.node.addDependency(target.role)
}
