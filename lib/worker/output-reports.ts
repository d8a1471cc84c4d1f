import type { Ticket } from './ticket.ts'

/** Milliseconds between two reports of what a running job printed. */
export const REPORT_MS = 500

/** Reports output while jobs run, at most twice a second for each. Costs nothing while nobody prints. */
export class OutputReports {
  readonly #dirty = new Set<Ticket>()
  #timer: NodeJS.Timeout | undefined

  add(ticket: Ticket): void {
    this.#dirty.add(ticket)
    this.#timer ??= setTimeout(() => this.#report(), REPORT_MS).unref()
  }

  stop(): void {
    clearTimeout(this.#timer)
  }

  #report(): void {
    this.#timer = undefined
    const tickets = [...this.#dirty]
    this.#dirty.clear()
    for (const ticket of tickets) {
      const { output, launch } = ticket
      if (ticket.state === 'sent' && output !== undefined && !launch.over) launch.reports.output(ticket.offset, output)
    }
  }
}
