import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { type Setting, variables } from '../../../lib/aws/environment.ts'
import { createQueue } from '../../../lib/aws/queue/queue.ts'
import type { Queue } from '../../../lib/engine/ports/queue.ts'
import { createTable, dynamoDb } from '../../aws/tables.ts'
import { awsEnvironment, REGION } from '../emulator/cdk.ts'
import { TableStream } from './table-stream.ts'

export interface Place {
  /** Of the emulator that has SQS and S3. */
  readonly endpoint: string
  readonly certificate: string
  /** Endpoint of DynamoDB Local. */
  readonly tables: string
}

export interface Mapped {
  readonly url: string
  readonly queue: Queue<unknown>
}

export interface Resources {
  readonly folder: string
  readonly stream: TableStream
  readonly jobs: Mapped
  readonly control: Mapped
  readonly sqs: SQSClient
  /** Of the processes that use them. */
  readonly env: NodeJS.ProcessEnv
}

/** A table, two queues and a bucket that nobody else uses. The emulators end with what is in them; the rest ends with `undo`. */
export async function makeResources(
  { endpoint, certificate, tables }: Place,
  undo: AsyncDisposableStack,
): Promise<Resources> {
  const folder = await mkdtemp(join(tmpdir(), 'picloud-kill-points-'))
  undo.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))
  const name = `kill-points-${process.pid}`
  const access = { endpoint, region: REGION, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  const sqs = undo.adopt(new SQSClient({ ...access, useQueueUrlAsEndpoint: false }), one => one.destroy())
  const s3 = undo.adopt(new S3Client({ ...access, forcePathStyle: true }), one => one.destroy())
  const dynamo = undo.adopt(dynamoDb(tables), one => one.destroy())
  await createTable(dynamo, name)
  const { Table } = await dynamo.send(new DescribeTableCommand({ TableName: name }))
  await s3.send(new CreateBucketCommand({ Bucket: name }))
  const makeQueue = async (kind: string): Promise<Mapped> => {
    const { QueueUrl: url = '' } = await sqs.send(new CreateQueueCommand({ QueueName: `${name}-${kind}` }))
    return { url, queue: createQueue({ client: sqs, url, pause }) }
  }
  const [jobs, control, highCpu] = [await makeQueue('jobs'), await makeQueue('control'), await makeQueue('high-cpu')]
  const queues = { jobsQueue: jobs.url, jobsHighCpuQueue: highCpu.url, controlQueue: control.url }
  const bursts = { burst: '0', highCpuBurst: '0' }
  const classes = { executorClass: 'ordinary', executors: '4', highCpuExecutors: '2', ...bursts }
  const used = { jobsTable: name, resultsBucket: name, ...queues, executorStorage: '512', ...classes }
  const env = {
    PATH: process.env['PATH'],
    HOME: folder,
    TMPDIR: folder,
    ...awsEnvironment(endpoint),
    AWS_ENDPOINT_URL_DYNAMODB: tables,
    NODE_EXTRA_CA_CERTS: certificate,
    ...variablesOf(used),
  }
  return { folder, stream: new TableStream(tables, Table?.LatestStreamArn ?? ''), jobs, control, sqs, env }
}

/** What the functions are told; what none of them has a use for here is there all the same. */
function variablesOf(used: Partial<Record<Setting, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(variables).map(([setting, name]) => [name, used[setting as Setting] ?? 'unused']),
  )
}
