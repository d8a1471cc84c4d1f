import { nextEstimate } from './batch-size.ts'
import type { PoolLaunch } from './pool-launch.ts'
import type { Ticket } from './ticket.ts'

/** Keys whose lines and estimates are kept while nothing waits in them. */
const MAX_IDLE_LINES = 1_000

/** Jobs of one key and depth that wait for a child, first come first served. */
export class Line {
  readonly key: string
  readonly depth: number
  #tickets: Ticket[] = []
  #at = 0

  constructor(key: string, depth: number) {
    this.key = key
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
    return taken
  }
}

/** All lines, and how long jobs of each key take. */
export class Lines {
  readonly #lines = new Map<string, Line>()
  readonly #estimates = new Map<string, number>()
  /** Microseconds, of the key that was last heard of. */
  latest: number | undefined

  of({ key, work }: PoolLaunch): Line {
    const name = `${key} ${work.depth}`
    const known = this.#lines.get(name)
    if (known !== undefined) return known
    if (this.#lines.size >= MAX_IDLE_LINES) this.#forget()
    const line = new Line(key, work.depth)
    this.#lines.set(name, line)
    return line
  }

  /** Those in which somebody waits: deeper ones first, as others may wait for their results. */
  waiting(): readonly Line[] {
    const waiting: Line[] = []
    for (const line of this.#lines.values()) if (line.first !== undefined) waiting.push(line)
    return waiting.length < 2 ? waiting : waiting.sort((a, b) => b.depth - a.depth)
  }

  estimate(key: string): number | undefined {
    return this.#estimates.get(key)
  }

  learn(key: string, tookUs: number): void {
    this.latest = nextEstimate(this.#estimates.get(key), tookUs)
    this.#estimates.set(key, this.latest)
  }

  #forget(): void {
    for (const [name, line] of this.#lines) if (line.first === undefined) this.#lines.delete(name)
    this.#estimates.clear()
  }
}
