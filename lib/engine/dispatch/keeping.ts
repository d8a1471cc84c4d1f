import { type Ahead, aheadOf } from '../ports/ahead.ts'
import type { Launcher } from '../ports/launcher.ts'
import type { Ports } from '../ports/ports.ts'
import type { Settings } from '../ports/settings.ts'
import { backOff } from '../records/retry.ts'
import { finishedSince, retriesAt } from '../records/run.ts'
import { freeUploads } from '../submit/free-uploads.ts'
import type { Custody, Expiry, Keeper } from './custody.ts'
import { giveBack, givenBack } from './give-back.ts'
import { createPause } from './pause.ts'
import { showOutput } from './show-output.ts'
import { deleteOver, finishing, keepPrinted, type Put, putAll, renewing, type Write } from './write.ts'

/** How often a write is tried again whose fate is unknown, and how long before the first: together less than the lease. */
const TRIES = 6
const TRY_AGAIN_MS = 500

/** The chunks that run here: writes what the launcher reports, renews their leases, looks for kills. */
export class Keeping implements Keeper {
  readonly launcher: Launcher
  readonly #ports: Ports
  readonly #ahead: Ahead
  readonly #settings: Settings
  readonly #onFree: () => void
  readonly #pause: (ms: number) => Promise<void>
  /** Two claims of one chunk may be under way at once; one of them will be kept. */
  readonly #custodies = new Set<Custody>()
  /** Those whose claims were kept, by the first jid of their chunk. */
  readonly launched = new Map<number, Custody>()
  #ready: Custody[] = []
  /** Writes and what follows them: under way. */
  readonly #doing = new Set<Promise<unknown>>()
  #idle: (() => void)[] = []
  #beating = false
  #lettingGo = false
  #closed = false

  constructor(ports: Ports & { readonly launcher: Launcher }, settings: Settings, onFree: () => void) {
    this.launcher = ports.launcher
    this.#ports = ports
    this.#ahead = aheadOf(ports)
    this.#settings = settings
    this.#onFree = onFree
    this.#pause = createPause(ports.timers)
  }

  /** Before its claim is written, so that a kill in the meantime is not missed. */
  add(custody: Custody): void {
    this.#custodies.add(custody)
    this.#beatSoon()
  }

  /** Its claim was kept. */
  launch(custody: Custody): void {
    this.launched.set(custody.run.first, custody)
    custody.launch()
  }

  /** Resolves once no chunk is held here, and nothing is left to write of any. */
  async idle(): Promise<void> {
    while (this.#custodies.size > 0 || this.#doing.size > 0) {
      if (this.#custodies.size === 0) await Promise.allSettled(this.#doing)
      else await new Promise<void>(resolve => void this.#idle.push(resolve))
    }
  }

  /** What runs here and may not move ends as an error, the rest goes back. */
  expire(why: Expiry): void {
    for (const custody of [...this.#custodies]) custody.expire(why)
    this.letGo()
  }

  /** Nothing begins here any more: what only waits for its next try goes back, now or once it does. */
  letGo(): void {
    this.#lettingGo = true
    for (const custody of [...this.#custodies]) {
      if (custody.isLaunched && custody.launched === 0 && !custody.writing) this.#giveBackIfLate(custody)
    }
  }

  #do(work: Promise<unknown>): void {
    this.#doing.add(work)
    void work.finally(() => this.#doing.delete(work))
  }

  /** The lease is lost, or its end is waited for. */
  drop(custody: Custody): void {
    custody.abandon()
    this.#remove(custody)
  }

  #remove(custody: Custody): void {
    custody.leave()
    this.#custodies.delete(custody)
    if (this.launched.get(custody.run.first) === custody) this.launched.delete(custody.run.first)
    this.#onFree()
    if (this.#custodies.size === 0) for (const resolve of this.#idle.splice(0)) resolve()
  }

  close(): void {
    this.#closed = true
    for (const custody of [...this.#custodies]) this.drop(custody)
  }

  /** All that a launcher reports in one go is written in one go. */
  flushSoon(custody: Custody): void {
    if (custody.writing || custody.gone) return
    custody.writing = true
    this.#ready.push(custody)
    if (this.#ready.length > 1) return
    queueMicrotask(() => {
      const custodies = this.#ready
      this.#ready = []
      const now = this.#ports.clock.now()
      this.#do(this.#write(custodies, one => finishing(one, now)))
    })
  }

  async #write(custodies: readonly Custody[], make: (custody: Custody) => Write | undefined): Promise<void> {
    const writes: Write[] = []
    for (const custody of custodies) {
      if (custody.gone) continue
      const made = make(custody)
      if (made === undefined) this.drop(custody)
      else writes.push(made)
    }
    let put: Put
    try {
      for (const one of writes) if (one.printed.length > 0) await keepPrinted(this.#ports.blobs, one)
      put = await putAll(this.#ahead, writes)
    } catch (error) {
      this.#settings.onError(error)
      for (const one of writes) this.#do(this.#insist(one))
      return
    }
    const { kept, deleted } = put
    if (kept.includes(false)) {
      for (const [index, one] of writes.entries()) if (kept[index] !== true) this.drop(one.custody)
      this.#settle(writes.filter((_, index) => kept[index] === true))
    } else this.#settle(writes)
    await deleted.catch(this.#settings.onError)
  }

  /** A write whose fate is unknown. Only this custody writes under its attempt, so the stored version tells. */
  async #insist(one: Write): Promise<void> {
    const { store, blobs } = this.#ports
    const { custody, put } = one
    for (let nth = 0; nth < TRIES && !custody.gone && !this.#closed; nth++) {
      await this.#pause(TRY_AGAIN_MS * 2 ** nth)
      try {
        const [found] = await store.read({ ranges: [[put.run.first, put.run.count]] })
        const run = found?.runs[0]?.run
        if (run?.attempt !== put.run.attempt) break
        if (run.version === put.run.version) {
          this.#settle([one])
          return await deleteOver(this.#ahead, [one])
        }
        await keepPrinted(blobs, one)
        await store.putRuns({ puts: [put] })
      } catch (error) {
        this.#settings.onError(error)
      }
    }
    this.drop(custody)
  }

  /** After a write was kept: the rest of the chunk goes on. */
  #settle(writes: readonly Write[]): void {
    const { blobs } = this.#ports
    for (const { custody, put, again, lease } of writes) {
      const before = custody.run
      custody.run = put.run
      custody.writing = false
      if (lease !== undefined) custody.renewed = lease - this.#settings.lease
      if (custody.segment.uploads) {
        const freed = freeUploads(blobs, custody.args, finishedSince(before, put.run))
        this.#do(freed.catch(this.#settings.onError))
      }
      if (put.run.phase === 'finished') {
        this.#remove(custody)
        continue
      }
      for (const offset of again) this.#tryAgain(custody, offset)
      if (custody.outcomes.length + custody.returns.length > 0) this.flushSoon(custody)
      else if (custody.launched === 0) this.#giveBackIfLate(custody)
    }
  }

  #tryAgain(custody: Custody, offset: number): void {
    const { clock, timers } = this.#ports
    const ms = backOff({ retries: retriesAt(custody.run, offset) - 1, random: clock.random() })
    custody.retries ??= new Map()
    custody.retries.set(offset, clock.now() + ms)
    timers.after({ ms }, () => custody.relaunch(offset))
  }

  /** Only retries are left of it: unless one is due soon, the chunk waits in the queue, and this executor is free. */
  #giveBackIfLate(custody: Custody): void {
    const now = this.#ports.clock.now()
    const next = Math.min(...(custody.retries?.values() ?? []))
    if (next === Number.POSITIVE_INFINITY) return
    if (!this.#lettingGo && custody.expired === undefined && next - now <= this.#settings.holdRetry) return
    const back = givenBack(custody, next, now)
    if (back === undefined) return this.drop(custody)
    custody.writing = true
    // Whoever claims it next runs them: not this one too, whose timers are set.
    custody.retries = undefined
    const kept = giveBack(this.#ports, back).catch(this.#settings.onError)
    this.#do(kept.then(isBack => (isBack === true ? this.#remove(custody) : this.drop(custody))))
  }

  #beatSoon(): void {
    if (this.#beating || this.#closed || this.#custodies.size === 0) return
    this.#beating = true
    this.#ports.timers.after({ ms: this.#settings.look }, () => {
      this.#beating = false
      this.#beatSoon()
      const now = this.#ports.clock.now()
      const due = [...this.#custodies].filter(one => one.looked <= now - this.#settings.look)
      Promise.all([this.#look(due), this.#renew(now)]).catch(this.#settings.onError)
    })
  }

  /** Looks for kill marks of a segment now. */
  look(segment: number): void {
    this.#look([...this.#custodies].filter(one => one.segment.first === segment)).catch(this.#settings.onError)
  }

  /** One read a segment tells of the kills of all its jobs. */
  async #look(due: readonly Custody[]): Promise<void> {
    const { store, clock } = this.#ports
    const segments = new Set(due.map(one => one.segment.first))
    if (segments.size === 0) return
    for (const custody of due) custody.looked = clock.now()
    const found = await store.read({ ranges: [...segments].map(first => [first, 1]) })
    const marks = new Map(found.map(one => [one.segment.first, one.kills]))
    for (const custody of due) custody.killMarked(marks.get(custody.segment.first))
  }

  async #renew(now: number): Promise<void> {
    const { lease, renewal, onError, sharesOutput } = this.#settings
    const due = [...this.#custodies].filter(one => one.renewed + renewal <= now && !one.writing && one.isLaunched)
    if (due.length === 0) return
    for (const custody of due) custody.writing = true
    await this.#ports.jobs.delay({ receipts: due.map(one => one.receipt), delay: lease }).catch(onError)
    await this.#write(due, one => renewing(one, now, now + lease))
    if (sharesOutput) for (const one of due) this.#do(showOutput(this.#ports.blobs, one, onError))
  }
}
