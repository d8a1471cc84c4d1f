import type { Family } from './kind.ts'
import { single } from './single.ts'
import type { Ticket } from './ticket.ts'

/** Tickets that have left and are still held. Letting them go once they are half of all keeps a line's cost linear. */
const MAX_PAST = 256

/** Jobs of one family and depth that wait for a child, first come first served. */
export class Line {
  readonly family: Family
  readonly depth: number
  #tickets: Ticket[] = []
  #at = 0
  #size = 0

  constructor(family: Family, depth: number) {
    this.family = family
    this.depth = depth
  }

  get size(): number {
    return this.#size
  }

  /** The first ones that are still to be run. */
  get first(): Ticket | undefined {
    for (; this.#at < this.#tickets.length; this.#at++) {
      const ticket = this.#tickets[this.#at] as Ticket
      if (ticket.state === 'pending') return ticket
      this.#size -= ticket.count
    }
    if (this.#at > 0) {
      this.#tickets = []
      this.#at = 0
    }
    return undefined
  }

  push(tickets: readonly Ticket[]): void {
    for (const ticket of tickets) this.#tickets.push(ticket)
    this.#size += jobsOf(tickets)
  }

  /** Back to the head of the line: they have waited before. */
  putBack(tickets: readonly Ticket[]): void {
    this.#tickets = [...tickets, ...this.#tickets.slice(this.#at)]
    this.#at = 0
    this.#size += jobsOf(tickets)
  }

  /** Up to `count` jobs, but one that must be alone only by itself. Those of a ticket stay together where they can. */
  take(count: number): Ticket[] {
    const taken: Ticket[] = []
    let left = count
    for (let ticket = this.first; ticket !== undefined && left > 0; ticket = this.first) {
      if (taken.length > 0 && (ticket.alone || ticket.count > left)) break
      const most = ticket.alone ? 1 : left
      if (ticket.count > most) this.#tickets[this.#at] = ticket.cut(most)
      else this.#at++
      taken.push(ticket)
      left -= ticket.count
      this.#size -= ticket.count
      if (ticket.alone) break
    }
    // A line in which there is always somebody would keep all who ever stood in it.
    if (this.#at > MAX_PAST && 2 * this.#at > this.#tickets.length) {
      this.#tickets.splice(0, this.#at)
      this.#at = 0
    }
    return taken
  }

  /** A ticket for one job of one that stands here. */
  single(ticket: Ticket, nth: number): Ticket {
    const index = this.#tickets.indexOf(ticket, this.#at)
    return index < 0 ? single([ticket], 0, nth) : single(this.#tickets, index, nth)
  }
}

function jobsOf(tickets: readonly Ticket[]): number {
  let jobs = 0
  for (const { count } of tickets) jobs += count
  return jobs
}

/** The lines in which somebody waits. */
export class Lines {
  readonly #lines = new Set<Line>()

  add(line: Line): void {
    this.#lines.add(line)
  }

  /** Deeper ones first, as others may wait for their results; then as they came. */
  waiting(): readonly Line[] {
    const waiting: Line[] = []
    for (const line of this.#lines) {
      if (line.first === undefined) this.#lines.delete(line)
      else waiting.push(line)
    }
    return waiting.length < 2 ? waiting : waiting.sort((a, b) => b.depth - a.depth)
  }
}
