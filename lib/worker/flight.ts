import type { Ended } from './done-frame.ts'
import type { Ticket } from './ticket.ts'

/** A job that ended, with what its child said of it. */
export interface Landed {
  readonly ticket: Ticket
  readonly ended: Ended
}

/** Jobs that have landed and are still held: letting them go once they are half of all keeps the cost linear. */
const MAX_LANDED = 256

/** The jobs that lie in one child, in the order in which it runs them, and the batches in which they were sent. */
export class Flight {
  #tickets: Ticket[] = []
  #at = 0
  /** The last sequence number of each batch. */
  #lasts: number[] = []

  get size(): number {
    return this.#tickets.length - this.#at
  }

  get batches(): number {
    return this.#lasts.length
  }

  /** The one that runs, or the first of those that may have ended without our knowing yet. */
  get first(): Ticket | undefined {
    return this.#tickets[this.#at]
  }

  has(ticket: Ticket): boolean {
    return this.of(ticket.sequence) === ticket
  }

  of(sequence: number): Ticket | undefined {
    for (let index = this.#at; index < this.#tickets.length; index++) {
      const ticket = this.#tickets[index] as Ticket
      if (ticket.sequence === sequence) return ticket
    }
    return undefined
  }

  push(batch: readonly Ticket[]): void {
    for (const ticket of batch) this.#tickets.push(ticket)
    const last = batch.at(-1)
    if (last !== undefined) this.#lasts.push(last.sequence)
  }

  /** Jobs end in order; what a child says of others is not believed. */
  land(ended: readonly Ended[]): Landed[] {
    const landed: Landed[] = []
    for (const each of ended) {
      const ticket = this.#tickets[this.#at]
      if (ticket === undefined || ticket.sequence !== each.sequence) continue
      this.#at++
      landed.push({ ticket, ended: each })
      while (this.#lasts.length > 0 && (this.#lasts[0] as number) <= each.sequence) this.#lasts.shift()
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
      const { sequence } = ticket
      if (sequence >= from && sequence <= to) cut.push(ticket)
      else kept.push(ticket)
    }
    this.#tickets = kept
    this.#at = 0
    const lasts: number[] = []
    for (const last of this.#lasts) {
      const left = kept.findLast(({ sequence }) => sequence <= last)?.sequence
      if (left !== undefined && left !== lasts.at(-1)) lasts.push(left)
    }
    this.#lasts = lasts
    return cut
  }

  clear(): Ticket[] {
    return this.cut(0, Number.POSITIVE_INFINITY)
  }
}
