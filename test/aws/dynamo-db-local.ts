import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startDynamoDbLocal } from '../emulated/emulator/dynamodb-local.ts'

export const hasJava = spawnSync('java', ['-version'], { stdio: 'ignore' }).status === 0
if (!hasJava && process.env['CI'] !== undefined) throw new Error('DynamoDB Local needs Java 17 or later.')
if (!hasJava) process.stderr.write('Skipped: the job store on DynamoDB Local needs Java 17 or later (java).\n')

/** Starts one that ends with the stack, and answers where it is. */
export async function dynamoDbLocal(stack: AsyncDisposableStack): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'picloud-dynamodb-'))
  stack.defer(() => rm(folder, { recursive: true, force: true, maxRetries: 10 }))
  return stack.use(await startDynamoDbLocal(folder)).endpoint
}
