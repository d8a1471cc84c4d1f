import type { DynamoDBStreamEvent } from 'aws-lambda'
import { assembleRelease } from '../lib/aws/assemble.ts'
import { readEnvironment } from '../lib/aws/environment.ts'
import { type BatchAnswer, failuresOf } from '../lib/aws/queue/queue-event.ts'

const gates = assembleRelease(readEnvironment('release', process.env))

/** Called by the stream of the jobs table, with what ended. */
export async function handler({ Records }: DynamoDBStreamEvent): Promise<BatchAnswer> {
  return failuresOf(await gates.release(Records))
}
