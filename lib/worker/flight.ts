import type { Done } from './frames/done-frame.ts'
import { single } from './single.ts'
import type { Ticket } from './ticket.ts'

/** Jobs that ended together. */
export interface Landed {
  readonly ticket: Ticket
  /** Where its first job stands in what the child said. */
  readonly at: number
}

/** Tickets that have landed and are still held: letting them go once they are half of all keeps the cost linear. */
const MAX_LANDED = 256

/** The jobs that lie in one child, in the order in which it runs them, and the batches in which they were sent. */
export class Flight {
  #tickets: Ticket[] = []
  #at = 0
  /** The last sequence number of each batch. */
  #lasts: number[] = []
  #size = 0

  get size(): number {
    return this.#size
  }

  get batches(): number {
    return this.#lasts.length
  }

  /** With the one that runs as its first, or the first of those that may have ended without our knowing yet. */
  get first(): Ticket | undefined {
    return this.#tickets[this.#at]
  }

  /** That job by itself. */
  get running(): Ticket | undefined {
    return this.first === undefined ? undefined : single(this.#tickets, this.#at, 0)
  }

  has(ticket: Ticket): boolean {
    return this.#tickets.includes(ticket, this.#at)
  }

  /** A job by itself. */
  of(sequence: number): Ticket | undefined {
    for (let index = this.#at; index < this.#tickets.length; index++) {
      const ticket = this.#tickets[index] as Ticket
      const nth = sequence - ticket.sequence
      if (nth >= 0 && nth < ticket.count) return single(this.#tickets, index, nth)
    }
    return undefined
  }

  push(batch: readonly Ticket[]): void {
    for (const ticket of batch) {
      this.#tickets.push(ticket)
      this.#size += ticket.count
    }
    const last = batch.at(-1)
    if (last !== undefined) this.#lasts.push(lastOf(last))
  }

  /** Jobs end in order; what a child says of others is not believed. */
  land({ sequence, count }: Pick<Done, 'sequence' | 'count'>): Landed[] {
    const landed: Landed[] = []
    for (let at = 0; at < count; ) {
      const ticket = this.first
      if (ticket === undefined) break
      if (ticket.sequence !== sequence + at) {
        at++
        continue
      }
      if (ticket.count > count - at) this.#tickets[this.#at] = ticket.cut(count - at)
      else this.#at++
      landed.push({ ticket, at })
      at += ticket.count
      this.#size -= ticket.count
      while (this.#lasts.length > 0 && (this.#lasts[0] as number) < sequence + at) this.#lasts.shift()
    }
    // A child that always has more to do would keep all that it ever did.
    if (this.#at === this.#tickets.length || (this.#at > MAX_LANDED && 2 * this.#at > this.#tickets.length)) {
      this.#tickets.splice(0, this.#at)
      this.#at = 0
    }
    return landed
  }

  /** Takes out those from one sequence number to another. */
  cut(from: number, to: number): Ticket[] {
    const kept: Ticket[] = []
    const cut: Ticket[] = []
    for (const ticket of this.#tickets.slice(this.#at)) {
      let piece: Ticket | undefined = ticket
      if (piece.sequence < from) {
        kept.push(piece)
        piece = lastOf(piece) < from ? undefined : piece.cut(from - piece.sequence)
      }
      if (piece === undefined) continue
      if (piece.sequence > to) kept.push(piece)
      else {
        cut.push(piece)
        if (lastOf(piece) > to) kept.push(piece.cut(to + 1 - piece.sequence))
      }
    }
    this.#tickets = kept
    this.#at = 0
    this.#size = 0
    for (const { count } of kept) this.#size += count
    const lasts: number[] = []
    for (const last of this.#lasts) {
      const before = kept.findLast(({ sequence }) => sequence <= last)
      const left = before && Math.min(last, lastOf(before))
      if (left !== undefined && left !== lasts.at(-1)) lasts.push(left)
    }
    this.#lasts = lasts
    return cut
  }

  clear(): Ticket[] {
    return this.cut(0, Number.POSITIVE_INFINITY)
  }
}

function lastOf({ sequence, count }: Ticket): number {
  return sequence + count - 1
}
