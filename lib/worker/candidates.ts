import { batchSize } from './batch-size.ts'
import type { Line } from './line.ts'
import type { Slot } from './slot.ts'
import type { Ticket } from './ticket.ts'

/** Milliseconds after which a batch that should have taken two is stuck behind a long job: its rest is taken back. */
export const STUCK_MS = 10

/** Which children could take the next job of a line. */
export interface Candidates {
  /** Of the same family: an idle one, else that with the least before it. */
  readonly best: Slot | undefined
  /** One that belongs to no family yet. */
  readonly fresh: Slot | undefined
  /** Of another family, idle for longest. */
  readonly other: Slot | undefined
  /** How many are not ready yet. */
  readonly starting: number
}

export function candidatesFor(slots: Iterable<Slot>, line: Line, first: Ticket, workers: number): Candidates {
  let best: Slot | undefined
  let fresh: Slot | undefined
  let other: Slot | undefined
  let starting = 0
  for (const slot of slots) {
    if (!slot.ready) starting++
    else if (slot.family === undefined) fresh ??= slot
    else if (slot.family !== line.family) {
      if (slot.free && (other === undefined || slot.progress < other.progress)) other = slot
    } else if (isBetter(slot, best) && batchFor(slot, line, first, workers) > 0) best = slot
  }
  return { best, fresh, other, starting }
}

/** How many jobs of the line this child gets now. */
export function batchFor(slot: Slot, line: Line, first: Ticket, workers: number): number {
  const { flight, listening } = slot
  if (flight.size > 0 && (!slot.takesMany || slot.waits > 0 || performance.now() - slot.progress > STUCK_MS)) return 0
  return batchSize({
    estimate: line.family.estimate,
    pending: line.size,
    children: workers,
    inChild: flight.batches,
    alone: first.alone || !listening,
  })
}

function isBetter(slot: Slot, best: Slot | undefined): boolean {
  return best === undefined || slot.flight.size < best.flight.size
}
