import { assembleExecutor } from '../lib/aws/assemble.ts'
import { readEnvironment } from '../lib/aws/environment.ts'
import { type BatchAnswer, batchFrom, type QueueRecord } from '../lib/aws/queue-event.ts'

const executor = assembleExecutor(readEnvironment('executor', process.env))

/** Called by the jobs queue. What user code does never makes it fail: Lambda would call fewer executors, for everybody. */
export async function handler(
  { Records }: { readonly Records: readonly QueueRecord[] },
  context: { getRemainingTimeInMillis(): number },
): Promise<BatchAnswer> {
  const { received, answer } = batchFrom(Records)
  return answer(await executor.run(received, Date.now() + context.getRemainingTimeInMillis()))
}
