import { assembleExecutor } from '../lib/aws/assemble-executor.ts'
import { readEnvironment } from '../lib/aws/environment.ts'
import type { PullEvent } from '../lib/aws/queue/bursts.ts'
import { type BatchAnswer, batchFrom, type QueueRecord } from '../lib/aws/queue/queue-event.ts'

const executor = assembleExecutor(readEnvironment('executor', process.env))

/**
 * Called by the queue of its class, and by the control function where many jobs come at once. What user code does never makes it fail:
 * Lambda would call fewer executors, for everybody.
 */
export async function handler(
  event: { readonly Records: readonly QueueRecord[] } | PullEvent,
  context: { getRemainingTimeInMillis(): number },
): Promise<BatchAnswer | undefined> {
  const deadline = Date.now() + context.getRemainingTimeInMillis()
  if ('pull' in event) return void (await executor.pull(deadline))
  const { received, answer } = batchFrom(event.Records)
  return answer(await executor.run(received, deadline))
}
