import type { Queue, Receipt, Received } from '../../engine/ports/queue.ts'

/** Messages of one receive: SQS's most. */
const BATCH = 10

/**
 * Handles what is in a queue, until it is empty or the time is over.
 * @param params `until`: epoch milliseconds; `visibility`: milliseconds for which what is looked at is hidden; `handle` answers the
 *   receipts of what is done: the rest is seen again after that
 */
export async function drainQueue(
  queue: Queue<unknown>,
  {
    until,
    visibility,
    handle,
  }: {
    readonly until: number
    readonly visibility: number
    readonly handle: (received: readonly Received<unknown>[]) => Promise<readonly Receipt[]>
  },
): Promise<void> {
  while (Date.now() < until) {
    const received = await queue.receive({ max: BATCH, visibility, wait: 0 })
    if (received.length === 0) return
    await queue.delete({ receipts: await handle(received) })
  }
}
