import { mayStart, PARKED_MS } from './admission.ts'
import type { Asks, AsksOwner } from './asks.ts'
import { batchSize } from './batch-size.ts'
import type { ChildExit, ChildSettings } from './child-process.ts'
import { type Line, Lines } from './line.ts'
import { MemoryWatch } from './memory-watch.ts'
import { killed, type Outcomes } from './outcomes.ts'
import type { OutputReports } from './output-reports.ts'
import { endsWithJob, type PoolLaunch } from './pool-launch.ts'
import { setPriorityOf } from './priority.ts'
import { Roster } from './roster.ts'
import type { Slot, SlotOwner } from './slot.ts'
import type { Ticket } from './ticket.ts'

/** Milliseconds after which a batch that should have taken two is stuck behind a long job: its rest is taken back. */
const STUCK_MS = 10
/** Microseconds of waiting work that are worth the start of another child. */
const WORTH_A_CHILD_US = 20_000
/** Children in a row that ended before they were ready: then no child can be started here. */
const MAX_FAILED_STARTS = 3

export interface CrewSettings {
  readonly workers: number
  readonly maxWaiting: number
  readonly spares: number
  readonly child: ChildSettings
  readonly outcomes: Outcomes
  readonly outputs: OutputReports
  asks(owner: AsksOwner): Asks
  /** More jobs may be wanted. */
  changed(): void
}

/** The children, and who of them gets which jobs. */
export class Crew implements SlotOwner, AsksOwner {
  readonly outcomes: Outcomes
  readonly #settings: CrewSettings
  readonly #roster: Roster
  readonly #lines = new Lines()
  readonly #asks: Asks
  readonly #memory: MemoryWatch
  #failedStarts = 0
  #progress = performance.now()
  #stuckTimer: NodeJS.Timeout | undefined
  #parkedTimer: NodeJS.Timeout | undefined

  constructor(settings: CrewSettings) {
    this.outcomes = settings.outcomes
    this.#settings = settings
    this.#asks = settings.asks(this)
    this.#roster = new Roster(settings, this)
    this.#memory = new MemoryWatch(this.#roster.slots, settings.child.memoryLimit)
    if (settings.spares > 0) this.#roster.hire()
  }

  /** Microseconds that a job takes, of the function that was last heard of. */
  get estimate(): number | undefined {
    return this.#lines.latest
  }

  /** Jobs that are launched but take no worker: they wait for others, or are parked behind jobs that do. */
  get idle(): number {
    const { waiting, shallowest } = this.#roster.count()
    let idle = waiting
    if (waiting > 0) for (const line of this.#lines.waiting()) if (line.depth <= shallowest) idle += line.size
    return idle
  }

  lineUp(launch: PoolLaunch): void {
    const line = this.#lines.of(launch)
    line.push(launch.tickets)
    this.#serve(line)
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
    if (slot.free && this.#roster.crowded) this.#roster.dismiss(slot)
  }

  ended(slot: Slot, key: string, tookMs: number): void {
    this.#progress = performance.now()
    this.#lines.learn(key, 1_000 * tookMs)
    if (slot.flight.size === 0 && endsWithJob(key)) this.#roster.dismiss(slot)
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
      const line = this.#lines.of(ticket.launch)
      const back = lines.get(line)
      if (back === undefined) lines.set(line, [ticket])
      else back.push(ticket)
    }
    for (const [line, back] of lines) line.putBack(back)
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
      const tickets = line.take(Math.max(1, this.#batch(line, first, slot)))
      if (slot.key === undefined) this.#bind(slot, first)
      announce(tickets)
      slot.send(tickets)
      this.#progress = performance.now()
      this.#memory.start()
      if (slot.flight.size > 1) this.#stuckTimer ??= setTimeout(() => this.#takeBackStuck(), STUCK_MS).unref()
    }
  }

  // An idle child of the same code, else a fresh one; else one that is not idle but gets short jobs ahead.
  #slotFor(line: Line, first: Ticket): Slot | undefined {
    let best: Slot | undefined
    let fresh: Slot | undefined
    let other: Slot | undefined
    let starting = 0
    for (const slot of this.#roster.slots) {
      if (!slot.ready) starting++
      else if (slot.key === undefined) fresh ??= slot
      else if (slot.key !== line.key) {
        if (slot.free && (other === undefined || slot.progress < other.progress)) other = slot
      } else if ((best === undefined || slot.flight.size < best.flight.size) && this.#batch(line, first, slot) > 0)
        best = slot
    }
    const { running, waiting, shallowest } = this.#roster.count()
    const { workers } = this.#settings
    const quiet = performance.now() - this.#progress
    if (!mayStart({ workers, running, waiting, depth: line.depth, shallowest, quiet })) {
      if (running < workers) this.#parkedTimer ??= setTimeout(() => this.#unpark(), PARKED_MS).unref()
      return best !== undefined && best.flight.size > 0 ? best : undefined
    }
    if (best?.flight.size === 0) return best
    if (fresh !== undefined) return fresh
    const worth = best === undefined || (this.#lines.estimate(line.key) ?? 0) * line.size > WORTH_A_CHILD_US
    if (worth && starting < Math.min(line.size, workers - running)) {
      if (this.#roster.full && other !== undefined) this.#roster.dismiss(other)
      if (!this.#roster.full) this.#roster.hire()
    }
    return best
  }

  #batch(line: Line, first: Ticket, slot: Slot): number {
    const { flight } = slot
    if (flight.size > 0 && (!slot.takesMany || slot.waits > 0 || performance.now() - slot.progress > STUCK_MS)) return 0
    return batchSize({
      estimate: this.#lines.estimate(line.key),
      pending: line.size,
      children: this.#settings.workers,
      inChild: flight.batches,
      alone: first.alone || !slot.listening,
    })
  }

  #bind(slot: Slot, { launch }: Ticket): void {
    slot.key = launch.key
    setPriorityOf(slot.child.pid, launch.work.options.highCpu ?? false)
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

function announce(tickets: readonly Ticket[]): void {
  const now = Date.now()
  let offsets: number[] = []
  let launch: PoolLaunch | undefined
  for (const ticket of tickets) {
    if (ticket.announced) continue
    ticket.announced = true
    if (launch !== ticket.launch) {
      launch?.reports.started(offsets, now)
      offsets = []
      launch = ticket.launch
    }
    offsets.push(ticket.offset)
  }
  launch?.reports.started(offsets, now)
}
