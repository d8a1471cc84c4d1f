import type { Flight } from './flight.ts'
import type { Ticket } from './ticket.ts'

/**
 * Watches the time of the first job in a child. It counts from when the job became the first: never too early, late by
 * what a batch of short jobs holds back.
 */
export class Deadline {
  readonly #over: (ticket: Ticket) => void
  #ticket: Ticket | undefined
  #timer: NodeJS.Timeout | undefined

  constructor(over: (ticket: Ticket) => void) {
    this.#over = over
  }

  watch(flight: Flight): void {
    const limit = flight.first?.launch.work.options.maxRuntime
    const ticket = limit === undefined ? undefined : flight.running
    if (this.#ticket === ticket) return
    this.stop()
    if (ticket === undefined) return
    this.#ticket = ticket
    this.#timer = setTimeout(() => this.#over(ticket), limit).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
    this.#ticket = undefined
  }
}
