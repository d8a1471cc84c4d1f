import { Duration } from 'aws-cdk-lib'
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs'
import { Construct } from 'constructs'
import { acknowledge } from './acknowledge.ts'

/** SQS's longest. A message is its job's custodian: it must outlive whatever keeps the job from running. */
const RETENTION = Duration.days(14)
/**
 * SQS's greatest. A message that meets another's lease is put back, and one that Lambda had no room for was received too; how
 * often a job may be tried is decided by its run. What ends here could not even be read.
 */
const MAX_RECEIVES = 1_000

/** A standard queue and the queue of its dead letters, which the sweeper reads. */
export class QueuePair extends Construct {
  readonly queue: Queue
  readonly deadLetters: Queue

  /** @param visibility for how long a received message is hidden: no shorter than its function may run */
  constructor(scope: Construct, id: string, { visibility }: { visibility: Duration }) {
    super(scope, id)
    const shared = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true, retentionPeriod: RETENTION }
    this.deadLetters = new Queue(this, 'DeadLetters', shared)
    this.queue = new Queue(this, 'Main', {
      ...shared,
      visibilityTimeout: visibility,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: MAX_RECEIVES },
    })
    acknowledge(this.deadLetters, 'isDeadLetterQueue')
  }
}
