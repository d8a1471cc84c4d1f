import type { ChunkMessage, Queue } from '../../engine/ports/queue.ts'

/** Messages of one send for which nobody is called: a mapping calls as many executors at once by itself. */
export const MAPPED_AT_ONCE = 5

/** Asks the control function to call executors, as so many messages were sent to a queue at once. Should it be lost, only speed is. */
export interface BurstMessage {
  readonly burst: { readonly messages: number; readonly highCpu: boolean }
}

export interface BurstQueueOptions {
  readonly queue: Queue<ChunkMessage>
  readonly control: Pick<Queue<BurstMessage>, 'send'>
  /** Hears why nobody could be asked. */
  readonly onError: (error: unknown) => void
}

/**
 * The queue of jobs, with a word to the control function where many jobs come at once: a mapping adds five executors a second. It goes
 * out along with the messages, so that nobody waits longer for it.
 */
export function createBurstQueue({ queue, control, onError }: BurstQueueOptions): Queue<ChunkMessage> {
  return {
    ...queue,
    async send(params) {
      const asks = params.delay ? [] : asksFor(params.bodies)
      const asked = asks.length === 0 ? undefined : control.send({ bodies: asks }).catch(onError)
      await queue.send(params)
      await asked
    },
  }
}

function asksFor(bodies: readonly ChunkMessage[]): BurstMessage[] {
  if (bodies.length <= MAPPED_AT_ONCE) return []
  const high = bodies.filter(body => body.highCpu === true).length
  const all = [
    { messages: bodies.length - high, highCpu: false },
    { messages: high, highCpu: true },
  ]
  return all.filter(({ messages }) => messages > MAPPED_AT_ONCE).map(burst => ({ burst }))
}
