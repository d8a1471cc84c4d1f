import { assembleControl } from '../lib/aws/assemble.ts'
import { readEnvironment } from '../lib/aws/environment.ts'
import { type BatchAnswer, batchFrom, type QueueRecord } from '../lib/aws/queue/queue-event.ts'

const control = assembleControl(readEnvironment('control', process.env))

/** Called by the control queue. */
export async function handler({ Records }: { readonly Records: readonly QueueRecord[] }): Promise<BatchAnswer> {
  const { received, answer } = batchFrom(Records)
  return answer(await control.look(received))
}
