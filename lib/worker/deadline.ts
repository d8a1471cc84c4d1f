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

  watch(ticket: Ticket | undefined): void {
    if (this.#ticket === ticket) return
    this.#ticket = ticket
    if (this.#timer !== undefined) clearTimeout(this.#timer)
    const limit = ticket?.launch.work.options.maxRuntime
    if (ticket === undefined || limit === undefined) {
      this.#timer = undefined
      return
    }
    this.#timer = setTimeout(() => this.#over(ticket), limit).unref()
  }
}
