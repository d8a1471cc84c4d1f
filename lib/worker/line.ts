import type { Family } from './kind.ts'
import type { Ticket } from './ticket.ts'

/** Jobs that have left and are still held. Letting them go once they are half of all keeps a line's cost linear. */
const MAX_PAST = 256

/** Jobs of one family and depth that wait for a child, first come first served. */
export class Line {
  readonly family: Family
  readonly depth: number
  #tickets: Ticket[] = []
  #at = 0

  constructor(family: Family, depth: number) {
    this.family = family
    this.depth = depth
  }

  get size(): number {
    return this.#tickets.length - this.#at
  }

  /** The first one that is still to be run. */
  get first(): Ticket | undefined {
    for (; this.#at < this.#tickets.length; this.#at++) {
      const ticket = this.#tickets[this.#at] as Ticket
      if (ticket.state === 'pending') return ticket
    }
    if (this.#at > 0) {
      this.#tickets = []
      this.#at = 0
    }
    return undefined
  }

  push(tickets: readonly Ticket[]): void {
    for (const ticket of tickets) this.#tickets.push(ticket)
  }

  /** Back to the head of the line: they have waited before. */
  putBack(tickets: readonly Ticket[]): void {
    this.#tickets = [...tickets, ...this.#tickets.slice(this.#at)]
    this.#at = 0
  }

  /** Up to `count`, but one that must be alone only by itself. */
  take(count: number): Ticket[] {
    const taken: Ticket[] = []
    for (let ticket = this.first; ticket !== undefined && taken.length < count; ticket = this.first) {
      if (ticket.alone && taken.length > 0) break
      this.#at++
      taken.push(ticket)
      if (ticket.alone) break
    }
    // A line in which there is always somebody would keep all who ever stood in it.
    if (this.#at > MAX_PAST && 2 * this.#at > this.#tickets.length) {
      this.#tickets.splice(0, this.#at)
      this.#at = 0
    }
    return taken
  }
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
