import type { Launch, Outcome, Reports, Work } from '../engine/ports/launcher.ts'
import type { Kind } from './kind.ts'
import type { BundleSent } from './spec-frame.ts'
import { Ticket } from './ticket.ts'

export interface LaunchOwner {
  kill(ticket: Ticket): void
  /** The launch was given up: end what runs of it. */
  abandoned(launch: PoolLaunch, count: number): void
  /** So many of its jobs were reported. */
  ended(launch: PoolLaunch, count: number): void
}

/** One launch: a ticket for each job, until all are reported. */
export class PoolLaunch implements Launch {
  readonly work: Work
  readonly reports: Reports
  readonly tickets: readonly Ticket[]
  readonly done: Promise<void>
  readonly kind: Kind
  /** Set before its tickets are lined up. */
  bundles: readonly BundleSent[] = []
  abandonedAlready = false
  #unfinished: number
  readonly #resolve: () => void
  readonly #owner: LaunchOwner

  constructor(work: Work, reports: Reports, kind: Kind, owner: LaunchOwner) {
    const { promise, resolve } = Promise.withResolvers<void>()
    this.work = work
    this.kind = kind
    this.reports = reports
    this.done = promise
    this.#resolve = resolve
    this.#owner = owner
    const tickets: Ticket[] = []
    for (let index = 0; index < work.jobs.length; index++) tickets.push(new Ticket(this, index))
    this.tickets = tickets
    this.#unfinished = tickets.length
    if (tickets.length === 0) resolve()
  }

  get over(): boolean {
    return this.abandonedAlready || this.#unfinished === 0
  }

  kill(offset: number): void {
    const ticket = this.tickets.find(each => each.offset === offset)
    if (ticket !== undefined && ticket.state !== 'ended' && !ticket.killed) this.#owner.kill(ticket)
  }

  abandon(): void {
    if (this.over) return
    this.abandonedAlready = true
    this.#owner.abandoned(this, this.#unfinished)
    this.#unfinished = 0
    for (const ticket of this.tickets) ticket.state = 'ended'
    this.#resolve()
  }

  /** Reports the ends of some of its jobs, each once. */
  finish(outcomes: readonly Outcome[]): void {
    if (this.abandonedAlready || outcomes.length === 0) return
    this.#unfinished -= outcomes.length
    this.reports.finished(outcomes)
    this.#owner.ended(this, outcomes.length)
    if (this.#unfinished === 0) this.#resolve()
  }
}
