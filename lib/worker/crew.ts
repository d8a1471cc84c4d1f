import { mayStart, PARKED_MS } from './admission.ts'
import { announce } from './announce.ts'
import type { Asks, AsksOwner } from './asks.ts'
import { batchFor, candidatesFor, STUCK_MS } from './candidates.ts'
import { removeLeftovers } from './leftovers.ts'
import { type Line, Lines } from './line.ts'
import { MemoryWatch } from './memory-watch.ts'
import { killed, type Outcomes } from './outcomes.ts'
import type { OutputReports } from './output-reports.ts'
import type { PoolLaunch } from './pool-launch.ts'
import { setPriorityOf } from './priority.ts'
import type { ChildExit } from './process/child-process.ts'
import { Roster, type RosterSettings } from './roster.ts'
import type { Slot, SlotOwner } from './slot.ts'
import type { Ticket } from './ticket.ts'

/** Microseconds of waiting work that are worth the start of another child. */
const WORTH_A_CHILD_US = 20_000
/** Children in a row that ended before they were ready: then no child can be started here. */
const MAX_FAILED_STARTS = 3

export interface CrewSettings extends RosterSettings {
  readonly maxWaiting: number
  readonly outcomes: Outcomes
  readonly outputs: OutputReports
  asks(owner: AsksOwner): Asks
  /** More jobs may be wanted. */
  changed(): void
}

/** The children at work: who of them gets which jobs, and what becomes of jobs that a child did not bring to an end. */
export class Crew implements SlotOwner, AsksOwner {
  readonly outcomes: Outcomes
  readonly #settings: CrewSettings
  readonly #lines = new Lines()
  readonly #roster: Roster
  readonly #asks: Asks
  readonly #memory: MemoryWatch
  /** Microseconds that a job takes, of the family that was last heard of. */
  estimate: number | undefined
  #failedStarts = 0
  /** When a job last began, ended, or began to wait. */
  #progress = performance.now()
  #stuckTimer: NodeJS.Timeout | undefined
  #parkedTimer: NodeJS.Timeout | undefined

  constructor(settings: CrewSettings) {
    this.outcomes = settings.outcomes
    this.#settings = settings
    this.#asks = settings.asks(this)
    this.#roster = new Roster(settings, this)
    this.#memory = new MemoryWatch(this.#roster.slots, settings.child.memoryLimit)
    if (settings.spares > 0 || settings.first !== undefined) this.#roster.hire(settings.first)
  }

  /** Jobs that are launched but take no worker: they wait for others, or are parked behind jobs that do. */
  get idle(): number {
    const { waiting, shallowest } = this.#roster.count()
    let idle = waiting
    if (waiting > 0) for (const line of this.#lines.waiting()) if (line.depth <= shallowest) idle += line.size
    return idle
  }

  lineUp(launch: PoolLaunch): void {
    const line = launch.kind.family.line(launch.work.depth)
    line.push(launch.tickets)
    this.#serve(line)
    if (line.size > 0) this.#lines.add(line)
  }

  /** A ticket for one of its jobs, wherever it stands. */
  single(ticket: Ticket, nth: number): Ticket {
    const { kind, work } = ticket.launch
    const sent = ticket.slot?.flight.of(ticket.sequence + nth)
    return sent ?? kind.family.line(work.depth).single(ticket, nth)
  }

  kill(ticket: Ticket): void {
    ticket.slot?.condemn(each => each === ticket, 'abort')
  }

  drop(launch: PoolLaunch): void {
    const slots = new Set(launch.tickets.map(({ slot }) => slot))
    for (const slot of slots) slot?.condemn(each => each.launch === launch, 'killed')
  }

  close(): Promise<void> {
    for (const timer of [this.#stuckTimer, this.#parkedTimer]) clearTimeout(timer)
    this.#memory.stop()
    this.#settings.outputs.stop()
    return this.#roster.close()
  }

  free(slot: Slot): void {
    if (slot.ready) this.#failedStarts = 0
    this.#serveAll()
    if (slot.free) this.#roster.planThinning()
  }

  ended(slot: Slot, tookMs: number): void {
    const { family } = slot
    this.#progress = performance.now()
    family?.learn(1_000 * tookMs)
    this.estimate = family?.estimate
    if (family?.own && slot.flight.size === 0) this.#roster.dismiss(slot)
  }

  givenBack(tickets: readonly Ticket[]): void {
    const lines = new Map<Line, Ticket[]>()
    for (const ticket of tickets) {
      ticket.slot = undefined
      if (ticket.state === 'ended' || ticket.launch.over) continue
      ticket.state = 'pending'
      ticket.forgetOutput()
      if (ticket.killed) {
        this.outcomes.failPending(ticket, killed(ticket))
        continue
      }
      const { kind, work } = ticket.launch
      const line = kind.family.line(work.depth)
      const back = lines.get(line)
      if (back === undefined) lines.set(line, [ticket])
      else back.push(ticket)
    }
    for (const [line, back] of lines) {
      line.putBack(back)
      this.#lines.add(line)
    }
  }

  printed(ticket: Ticket): void {
    this.#settings.outputs.add(ticket)
  }

  asked(slot: Slot, kind: number, body: Buffer): void {
    this.#asks.receive(slot, kind, body)
  }

  blocks(slot: Slot): boolean {
    if (slot.waits === 0 && this.#roster.count().waiting >= this.#settings.maxWaiting) return false
    slot.waits++
    this.#progress = performance.now()
    slot.recall()
    // What is answered at once needs nobody else.
    setImmediate(() => {
      if (slot.waits === 0 || this.#roster.closed) return
      this.#serveAll()
      this.#settings.changed()
    })
    return true
  }

  unblocks(slot: Slot): void {
    slot.waits--
  }

  gone(slot: Slot, { error }: ChildExit, lastWords: string): void {
    this.#asks.drop(slot)
    this.#roster.gone(slot)
    removeLeftovers(this.#settings.child.folder, slot.child.pid)
    if (this.#roster.closed) return
    if (!slot.ready && ++this.#failedStarts >= MAX_FAILED_STARTS) this.#giveUp(error?.message ?? lastWords)
    this.#serveAll()
    this.#settings.changed()
  }

  #serveAll(): void {
    if (this.#roster.closed) return
    for (const line of this.#lines.waiting()) this.#serve(line)
  }

  #serve(line: Line): void {
    for (let first = line.first; first !== undefined; first = line.first) {
      const slot = this.#slotFor(line, first)
      if (slot === undefined) return
      if (slot.family === undefined) this.#bind(slot, line)
      const tickets = line.take(Math.max(1, batchFor(slot, line, first, this.#settings.workers)))
      announce(tickets)
      slot.send(tickets)
      this.#progress = performance.now()
      this.#memory.start()
      if (slot.flight.size > 1) this.#stuckTimer ??= setTimeout(() => this.#takeBackStuck(), STUCK_MS).unref()
    }
  }

  // An idle child of the family, else a fresh one; else one that is not idle but gets short jobs ahead.
  #slotFor(line: Line, first: Ticket): Slot | undefined {
    const { workers } = this.#settings
    const { best, fresh, other, starting } = candidatesFor(this.#roster.slots, line, first, workers)
    const { running, waiting, shallowest } = this.#roster.count()
    const quiet = performance.now() - this.#progress
    if (!mayStart({ workers, running, waiting, depth: line.depth, shallowest, quiet })) {
      if (running < workers) this.#parkedTimer ??= setTimeout(() => this.#unpark(), PARKED_MS).unref()
      return best?.flight.size === 0 ? undefined : best
    }
    if (best?.flight.size === 0) return best
    if (fresh !== undefined) return fresh
    const worth = best === undefined || (line.family.estimate ?? 0) * line.size > WORTH_A_CHILD_US
    if (worth && starting < Math.min(line.size, workers - running)) {
      if (this.#roster.full && other !== undefined) this.#roster.dismiss(other)
      if (!this.#roster.full) this.#roster.hire()
    }
    return best
  }

  #bind(slot: Slot, { family }: Line): void {
    slot.family = family
    setPriorityOf(slot.child.pid, family.highCpu)
    this.#roster.planSpare()
  }

  #takeBackStuck(): void {
    this.#stuckTimer = undefined
    const before = performance.now() - STUCK_MS
    let many = false
    for (const slot of this.#roster.slots) {
      if (slot.flight.size < 2) continue
      many = true
      if (slot.progress < before) slot.recall()
    }
    if (many) this.#stuckTimer = setTimeout(() => this.#takeBackStuck(), STUCK_MS).unref()
  }

  #unpark(): void {
    this.#parkedTimer = undefined
    this.#serveAll()
  }

  #giveUp(why: string): void {
    const message = `No process for jobs can be started here: ${why.trim() || 'it ends before it is ready'}.`
    for (const line of this.#lines.waiting()) {
      for (let first = line.first; first !== undefined; first = line.first) {
        line.take(1)
        this.outcomes.failPending(first, { code: 'crash', message })
      }
    }
  }
}
