import type { FunctionName } from '../aws/environment.ts'

/** What a function may do, by the thing that it does it to. No action has a wildcard, and nothing is granted for later. */
export interface Permissions {
  readonly jobsTable?: readonly string[]
  readonly keysTable?: readonly string[]
  /** Both queues of jobs. */
  readonly jobsQueue?: readonly string[]
  readonly controlQueue?: readonly string[]
  /** All queues of dead letters. */
  readonly deadLetters?: readonly string[]
  /** Objects of the bucket; `list` is for the bucket itself, without which a missing object answers 403 and not 404. */
  readonly results?: readonly string[]
  readonly files?: readonly string[]
  readonly list?: readonly ('results' | 'files')[]
  readonly keySecret?: readonly string[]
  /** Functions of both classes. */
  readonly executors?: readonly string[]
  /** Schedules of the group. */
  readonly schedules?: readonly string[]
}

const table = [
  'dynamodb:GetItem',
  'dynamodb:BatchGetItem',
  'dynamodb:Query',
  'dynamodb:PutItem',
  'dynamodb:UpdateItem',
  'dynamodb:DeleteItem',
  'dynamodb:BatchWriteItem',
  'dynamodb:ConditionCheckItem',
] as const
const objects = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject', 's3:AbortMultipartUpload'] as const
const send = ['sqs:SendMessage'] as const
// What a job waits for: how much of the queue comes before it.
const look = ['sqs:GetQueueAttributes'] as const
// What a mapping needs, and what our own code does to the messages that it holds.
const consume = [
  'sqs:ReceiveMessage',
  'sqs:DeleteMessage',
  'sqs:ChangeMessageVisibility',
  'sqs:GetQueueAttributes',
] as const

/** What any function may do in which the engine runs. */
const engine = {
  jobsTable: table,
  jobsQueue: send,
  controlQueue: send,
  results: objects,
  list: ['results'],
} as const satisfies Permissions

export const permissionsOf: Readonly<Record<FunctionName, Permissions>> = {
  api: {
    ...engine,
    jobsQueue: [...send, ...look],
    keysTable: ['dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'],
    files: objects,
    list: ['results', 'files'],
    keySecret: ['secretsmanager:GetSecretValue'],
  },
  // Whoever may submit may act as this role: no keys, no schedules, no IAM.
  executor: { ...engine, jobsQueue: [...send, ...consume], files: objects, list: ['results', 'files'] },
  release: engine,
  control: {
    ...engine,
    controlQueue: [...send, ...consume],
    jobsQueue: [...send, ...look],
    executors: ['lambda:InvokeFunction'],
    schedules: ['scheduler:CreateSchedule', 'scheduler:UpdateSchedule', 'scheduler:DeleteSchedule'],
  },
  sweeper: { ...engine, deadLetters: consume, files: ['s3:DeleteObject'], list: ['results', 'files'] },
  cron: engine,
}
