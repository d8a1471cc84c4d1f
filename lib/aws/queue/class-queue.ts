import type { Clock } from '../../engine/ports/clock.ts'
import type { ChunkMessage, Queue, Receipt, Received } from '../../engine/ports/queue.ts'
import { Standstill } from './standstill.ts'

/** Begins the receipts of messages that did not come from the executor's own queue. */
const FOREIGN = 'foreign '

export interface ClassQueueOptions {
  readonly ordinary: Queue<ChunkMessage>
  readonly highCpu: Queue<ChunkMessage>
  /** Which of the two is that of this function. */
  readonly own: 'ordinary' | 'highCpu'
  readonly clock: Pick<Clock, 'now'>
}

/**
 * The engine's queue of jobs as one for each class of executors. A message goes to that of its class, whoever sends it: when its
 * job is submitted, released, tried again, delayed, given back, or taken from the dead letters.
 *
 * Messages are received from the function's own queue: executors take jobs of their class. Only where the other one stands still
 * they take from that too, one at a time: jobs may wait for jobs that no executor of the other class will ever run, because all
 * that the account may run at a time are busy waiting.
 */
export function createClassQueue({ ordinary, highCpu, own, clock }: ClassQueueOptions): Queue<ChunkMessage> {
  const [mine, other] = own === 'ordinary' ? [ordinary, highCpu] : [highCpu, ordinary]
  const standstill = new Standstill(other, clock)

  return {
    async send({ bodies, ...when }) {
      const isHigh = (body: ChunkMessage): boolean => body.highCpu === true
      const [high, rest] = [bodies.filter(isHigh), bodies.filter(body => !isHigh(body))]
      const sends: Promise<void>[] = []
      if (rest.length > 0) sends.push(ordinary.send({ bodies: rest, ...when }))
      if (high.length > 0) sends.push(highCpu.send({ bodies: high, ...when }))
      await Promise.all(sends)
    },
    async receive(params) {
      const received = await mine.receive(params)
      if (received.length > 0 || !(await standstill.lasts())) return received
      return (await other.receive({ ...params, max: 1, wait: 0 })).map(foreign)
    },
    async delay({ receipts, delay }) {
      const { ours, theirs } = apart(receipts)
      if (ours.length > 0) await mine.delay({ receipts: ours, delay })
      if (theirs.length > 0) await other.delay({ receipts: theirs, delay })
    },
    async delete({ receipts }) {
      const { ours, theirs } = apart(receipts)
      if (ours.length > 0) await mine.delete({ receipts: ours })
      if (theirs.length > 0) await other.delete({ receipts: theirs })
    },
    async backlog({ chunks, highCpu: isHigh = false }) {
      const backlog = await (isHigh ? highCpu : ordinary).backlog?.({ chunks })
      return backlog ?? { waiting: 0, inFlight: 0, before: new Map() }
    },
  }
}

function foreign(received: Received<ChunkMessage>): Received<ChunkMessage> {
  return { ...received, receipt: `${FOREIGN}${received.receipt}` }
}

function apart(receipts: readonly Receipt[]): { readonly ours: Receipt[]; readonly theirs: Receipt[] } {
  const ours: Receipt[] = []
  const theirs: Receipt[] = []
  for (const receipt of receipts) {
    if (typeof receipt === 'string' && receipt.startsWith(FOREIGN)) theirs.push(receipt.slice(FOREIGN.length))
    else ours.push(receipt)
  }
  return { ours, theirs }
}
