import { Duration } from 'aws-cdk-lib'
import type { TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { EventSourceMapping, FilterCriteria, FilterRule, StartingPosition } from 'aws-cdk-lib/aws-lambda'
import type { Bucket } from 'aws-cdk-lib/aws-s3'
import { TELL, told } from '../aws/table-schema.ts'
import type { CloudFunction } from './cloud-function.ts'

/** Lambda's prefix of what it could not hand over; the sweeper reads it there. */
export const FAILURES = 'aws/lambda/'

/** Most changes that one call gets: 100 runs of a chunk are some 10,000 jobs. */
const BATCH = 100
/** A batch fails when a store or a queue is away: by then for minutes, and the sweeper does the rest. */
const RETRIES = 10

/** Tells the release function of what ended in the table. Without limits one bad record would hold its shard up for a day. */
export function mapStream(table: TableV2, release: CloudFunction, failures: Bucket): void {
  const streamArn = table.tableStreamArn as string
  release.allow(
    ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
    streamArn,
  )
  // The failures' destination is checked as the mapping is made.
  release.allow(['s3:ListBucket'], failures.bucketArn)
  release.allowObjects(['s3:PutObject'], failures, FAILURES)
  const mapping = new EventSourceMapping(release, 'Stream', {
    target: release.handler,
    eventSourceArn: streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: BATCH,
    parallelizationFactor: 10,
    bisectBatchOnError: true,
    reportBatchItemFailures: true,
    retryAttempts: RETRIES,
    maxRecordAge: Duration.hours(12),
    // To a bucket, as it takes the records themselves: a queue would get pointers into a stream that forgets after a day.
    supportS3OnFailureDestination: true,
    onFailure: { bind: () => ({ destination: failures.bucketArn }) },
    filters: [
      FilterCriteria.filter({
        dynamodb: { NewImage: { [TELL]: { S: FilterRule.or(...Object.values(told)) } } },
      }),
    ],
  })
  mapping.node.addDependency(release.role)
}
