import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { LambdaClient } from '@aws-sdk/client-lambda'
import { S3Client } from '@aws-sdk/client-s3'
import { SchedulerClient } from '@aws-sdk/client-scheduler'
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager'
import { SQSClient } from '@aws-sdk/client-sqs'
import { MAX_TRIES } from './throttling.ts'

/** Region, credentials and addresses come from the environment, as Lambda sets it. */
const shared = { maxAttempts: MAX_TRIES }

export function dynamoDbClient(): DynamoDBClient {
  return new DynamoDBClient(shared)
}

export function sqsClient(): SQSClient {
  return new SQSClient(shared)
}

export function s3Client(): S3Client {
  return new S3Client({ ...shared, forcePathStyle: isEmulated() })
}

/** For addresses that are signed before there are bytes: the SDK's checksum would be that of none, and S3 refuse the real ones. */
export function presigningClient(): S3Client {
  return new S3Client({ ...shared, forcePathStyle: isEmulated(), requestChecksumCalculation: 'WHEN_REQUIRED' })
}

/** An emulator has no host name for each bucket. */
function isEmulated(): boolean {
  const { AWS_ENDPOINT_URL, AWS_ENDPOINT_URL_S3 } = process.env
  return (AWS_ENDPOINT_URL_S3 ?? AWS_ENDPOINT_URL) !== undefined
}

export function lambdaClient(): LambdaClient {
  return new LambdaClient(shared)
}

export function schedulerClient(): SchedulerClient {
  return new SchedulerClient(shared)
}

export function secretsClient(): SecretsManagerClient {
  return new SecretsManagerClient(shared)
}
