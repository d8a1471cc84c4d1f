import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda'
import type { Queue } from 'aws-cdk-lib/aws-sqs'
import type { CloudFunction } from './cloud-function.ts'
import type { Scaling } from './options.ts'

export interface QueueMappingProps {
  readonly queue: Queue
  readonly batchSize: number
  readonly scaling: Scaling
}

/** Calls the function with what is in the queue. It says which messages it is done with; the others come again. */
export function mapQueue(target: CloudFunction, id: string, { queue, batchSize, scaling }: QueueMappingProps): void {
  const pollers = scaling.provisionedPollers
  const mapping = new EventSourceMapping(target, id, {
    target: target.handler,
    eventSourceArn: queue.queueArn,
    batchSize,
    reportBatchItemFailures: true,
    ...(pollers === undefined
      ? scaling
      : { provisionedPollerConfig: { minimumPollers: pollers.min, maximumPollers: pollers.max } }),
  })
  mapping.node.addDependency(target.role)
}
