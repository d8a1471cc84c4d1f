import type { Launch, Outcome, Reports, Returned, Work } from '../engine/ports/launcher.ts'
import type { BundleSent } from './frames/spec-frame.ts'
import type { Kind } from './kind.ts'
import { Ticket } from './ticket.ts'

export interface LaunchOwner {
  /** One of its jobs. */
  kill(ticket: Ticket, nth: number): void
  /** The launch was given up: end what runs of it. */
  abandoned(launch: PoolLaunch, count: number): void
  /** So many of its jobs were reported. */
  ended(launch: PoolLaunch, count: number): void
}

/** One launch: tickets for its jobs, until all are reported. */
export class PoolLaunch implements Launch {
  readonly work: Work
  readonly reports: Reports
  /** Of all its jobs, in no order once some went other ways than the rest. */
  readonly tickets: Ticket[]
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
    this.tickets = ticketsOf(this)
    this.#unfinished = work.jobs.length
    if (work.jobs.length === 0) resolve()
  }

  get over(): boolean {
    return this.abandonedAlready || this.#unfinished === 0
  }

  kill(offset: number): void {
    const ticket = this.tickets.find(each => each.offset <= offset && offset < each.offset + each.count)
    if (ticket === undefined || ticket.state === 'ended' || ticket.killed) return
    this.#owner.kill(ticket, offset - ticket.offset)
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
    this.#ended(outcomes.length)
  }

  /** The same of many at once. */
  finishAll(jobs: Returned): void {
    if (this.abandonedAlready) return
    this.#unfinished -= jobs.count
    this.reports.returned(jobs)
    this.#ended(jobs.count)
  }

  #ended(count: number): void {
    this.#owner.ended(this, count)
    if (this.#unfinished === 0) this.#resolve()
  }
}

/** One for all that are consecutive, and run for the same time. */
function ticketsOf(launch: PoolLaunch): Ticket[] {
  const { jobs } = launch.work
  const tickets: Ticket[] = []
  for (let from = 0, to = 1; from < jobs.length; from = to++) {
    const { offset, tries } = jobs[from] as Work['jobs'][number]
    while (jobs[to]?.offset === offset + to - from && jobs[to]?.tries === tries) to++
    tickets.push(new Ticket(launch, from, to - from))
  }
  return tickets
}
