import type { ChildSettings, SpawnedChild } from './process/spawn-child.ts'
import { Slot, type SlotOwner } from './slot.ts'

/** Milliseconds after a child was bound until the next spare starts: the first job has the cores for itself. */
const SPARE_MS = 50
/** Milliseconds for which children stay that only jobs waiting for others made necessary: more such jobs may come. */
const LINGER_MS = 2_000

export interface RosterSettings {
  readonly workers: number
  readonly spares: number
  readonly child: ChildSettings
  /** One that boots already. */
  readonly first: SpawnedChild | undefined
}

export interface Count {
  /** Children with a job that waits for nothing. */
  readonly running: number
  /** Children whose job waits for other jobs. */
  readonly waiting: number
  /** How many jobs stand above the highest of those that wait. */
  readonly shallowest: number
}

/** Which children there are. A child is hired, and dismissed when nobody needs it; a few are hired ahead. */
export class Roster {
  readonly slots = new Set<Slot>()
  readonly #settings: RosterSettings
  readonly #owner: SlotOwner
  /** Those that are ending. */
  readonly #dismissed = new Set<Slot>()
  #spareTimer: NodeJS.Timeout | undefined
  #thinTimer: NodeJS.Timeout | undefined
  #closed: PromiseWithResolvers<void> | undefined

  constructor(settings: RosterSettings, owner: SlotOwner) {
    this.#settings = settings
    this.#owner = owner
  }

  get closed(): boolean {
    return this.#closed !== undefined
  }

  /** Room for one more: a job that waits for others lends its place. */
  get full(): boolean {
    const { workers, spares } = this.#settings
    return this.slots.size >= workers + spares + this.count().waiting
  }

  /** More than are there for good, and than jobs that wait make necessary. */
  get crowded(): boolean {
    const kept = this.#settings.workers + this.#settings.spares
    return this.slots.size > kept && this.slots.size > kept + this.count().waiting
  }

  count(): Count {
    let running = 0
    let waiting = 0
    let shallowest = Number.POSITIVE_INFINITY
    for (const { flight, waits } of this.slots) {
      if (flight.size === 0) continue
      if (waits === 0) {
        running++
        continue
      }
      waiting++
      shallowest = Math.min(shallowest, flight.first?.launch.work.depth ?? shallowest)
    }
    return { running, waiting, shallowest }
  }

  hire(spawned?: SpawnedChild): void {
    this.slots.add(new Slot(this.#settings.child, this.#owner, spawned))
  }

  dismiss(slot: Slot): void {
    this.slots.delete(slot)
    this.#dismissed.add(slot)
    slot.child.kill()
    this.planSpare()
  }

  gone(slot: Slot): void {
    this.slots.delete(slot)
    this.#dismissed.delete(slot)
    if (this.slots.size + this.#dismissed.size === 0) this.#closed?.resolve()
    this.planSpare()
  }

  /** Hires a spare soon, if none is there by then. */
  planSpare(): void {
    if (this.closed) return
    this.#spareTimer ??= setTimeout(() => {
      this.#spareTimer = undefined
      let unbound = 0
      for (const { family } of this.slots) if (family === undefined) unbound++
      if (unbound < this.#settings.spares && !this.full) this.hire()
    }, SPARE_MS).unref()
  }

  /** Dismisses, after a while, idle children beyond those that are there for good. */
  planThinning(): void {
    if (!this.crowded || this.closed) return
    this.#thinTimer ??= setTimeout(() => {
      this.#thinTimer = undefined
      for (const slot of this.slots) if (this.crowded && slot.free) this.dismiss(slot)
    }, LINGER_MS).unref()
  }

  /** Ends all children; settles when the last is gone. */
  close(): Promise<void> {
    this.#closed ??= Promise.withResolvers<void>()
    clearTimeout(this.#spareTimer)
    clearTimeout(this.#thinTimer)
    for (const slot of this.slots) slot.child.kill()
    if (this.slots.size + this.#dismissed.size === 0) this.#closed.resolve()
    return this.#closed.promise
  }
}
