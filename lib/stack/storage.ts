import { Duration, RemovalPolicy } from 'aws-cdk-lib'
import { AttributeType, Billing, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb'
import { BlockPublicAccess, Bucket, BucketEncryption } from 'aws-cdk-lib/aws-s3'
import { Construct } from 'constructs'
import { PARTITION_KEY, SORT_KEY } from '../aws/table-schema.ts'
import { acknowledge } from './acknowledge.ts'

/** What is kept: jobs and keys in tables, everything large in buckets. */
export class Storage extends Construct {
  readonly jobs: TableV2
  readonly keys: TableV2
  readonly files: Bucket
  readonly results: Bucket

  constructor(
    scope: Construct,
    id: string,
    { removalPolicy = RemovalPolicy.RETAIN }: { removalPolicy?: RemovalPolicy },
  ) {
    super(scope, id)
    const table = {
      partitionKey: { name: PARTITION_KEY, type: AttributeType.STRING },
      sortKey: { name: SORT_KEY, type: AttributeType.STRING },
      billing: Billing.onDemand(),
      // DynamoDB's own key: encrypted, and no request to KMS to pay for.
      encryption: TableEncryptionV2.dynamoOwnedKey(),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      removalPolicy,
    }
    // The new image is all that the release function needs: what a job is now, not what it was.
    this.jobs = new TableV2(this, 'Jobs', { ...table, dynamoStream: StreamViewType.NEW_IMAGE })
    this.keys = new TableV2(this, 'Keys', table)
    const bucket = {
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      minimumTLSVersion: 1.2,
      removalPolicy,
      lifecycleRules: [{ abortIncompleteMultipartUploadAfter: Duration.days(1) }],
    }
    this.files = new Bucket(this, 'Files', bucket)
    this.results = new Bucket(this, 'Results', bucket)
    acknowledge(this.files, 'serverAccessLogs')
    acknowledge(this.results, 'serverAccessLogs')
  }
}
