import type { Custody, Keeper } from './custody.ts'
import { freeUploads } from './free-uploads.ts'
import type { Launcher } from './launcher.ts'
import { createPause } from './pause.ts'
import type { Ports } from './ports.ts'
import { MAX_DELAY_MS } from './queue.ts'
import { backOff } from './retry.ts'
import { retriesAt } from './run.ts'
import type { Settings } from './settings.ts'
import { transition } from './transition.ts'
import { finishing, keepPrinted, renewing, type Write } from './write.ts'

/** The chunks that run here: writes what the launcher reports, renews their leases, looks for kills. */
export interface Keeping extends Keeper {
  add(custody: Custody): void
  held(first: number): Custody | undefined
  /** Looks for kill marks of a segment now. */
  look(segment: number): void
  close(): void
}

/** How often a write is tried again whose fate is unknown, and how long before the first: together less than the lease. */
const TRIES = 6
const TRY_AGAIN_MS = 500

export function createKeeping(ports: Ports & { launcher: Launcher }, settings: Settings, onFree: () => void): Keeping {
  const { store, jobs, clock, launcher, timers, blobs } = ports
  const pause = createPause(timers)
  const chunks = new Map<number, Custody>()
  const ready: Custody[] = []
  let beating = false
  let closed = false

  function drop(custody: Custody): void {
    custody.abandon()
    remove(custody)
  }

  function remove(custody: Custody): void {
    custody.leave()
    if (chunks.get(custody.run.first) === custody) chunks.delete(custody.run.first)
    onFree()
  }

  function flushSoon(custody: Custody): void {
    if (custody.writing || custody.gone) return
    custody.writing = true
    ready.push(custody)
    // All that a launcher reports in one go is written in one go.
    if (ready.length === 1) queueMicrotask(() => void flush(ready.splice(0)))
  }

  function flush(custodies: readonly Custody[]): Promise<void> {
    const now = clock.now()
    return write(custodies, custody => finishing(custody, now))
  }

  async function write(custodies: readonly Custody[], make: (custody: Custody) => Write | undefined): Promise<void> {
    const writes: Write[] = []
    for (const custody of custodies) {
      if (custody.gone) continue
      const made = make(custody)
      if (made === undefined) drop(custody)
      else writes.push(made)
    }
    try {
      for (const one of writes) if (one.printed.length > 0) await keepPrinted(blobs, one)
      const kept = await store.putRuns({ puts: writes.map(one => one.put) })
      for (const [index, one] of writes.entries()) if (kept[index] !== true) drop(one.custody)
      await settle(writes.filter((_, index) => kept[index] === true))
    } catch (error) {
      settings.onError(error)
      await Promise.all(writes.map(insist))
    }
  }

  /** A write whose fate is unknown. Only this custody writes under its attempt, so the stored version tells. */
  async function insist(one: Write): Promise<void> {
    const { custody, put } = one
    for (let nth = 0; nth < TRIES && !custody.gone && !closed; nth++) {
      await pause(TRY_AGAIN_MS * 2 ** nth)
      try {
        const [found] = await store.read({ ranges: [[put.run.first, put.run.count]] })
        const run = found?.runs[0]?.run
        if (run?.attempt !== put.run.attempt) break
        if (run.version === put.run.version) return await settle([one])
        await keepPrinted(blobs, one)
        await store.putRuns({ puts: [put] })
      } catch (error) {
        settings.onError(error)
      }
    }
    drop(custody)
  }

  /** After a write was kept: the message goes once nothing is left of the chunk; else the rest goes on. */
  async function settle(writes: readonly Write[]): Promise<void> {
    const done: Custody[] = []
    for (const { custody, put, again, ended, lease } of writes) {
      custody.run = put.run
      custody.writing = false
      if (lease !== undefined) custody.renewed = lease - settings.lease
      if (custody.segment.uploads) freeUploads(blobs, custody.work.args, ended).catch(settings.onError)
      if (put.run.phase === 'finished') {
        remove(custody)
        done.push(custody)
        continue
      }
      for (const offset of again) tryAgain(custody, offset)
      if (custody.outcomes.length > 0) flushSoon(custody)
      else if (custody.launched === 0) giveBackIfLate(custody)
    }
    if (done.length > 0) await jobs.delete({ receipts: done.map(custody => custody.receipt) }).catch(settings.onError)
  }

  function tryAgain(custody: Custody, offset: number): void {
    const ms = backOff({ retries: retriesAt(custody.run, offset) - 1, random: clock.random() })
    custody.retries.set(offset, clock.now() + ms)
    timers.after({ ms }, () => custody.relaunch(offset))
  }

  /** Only retries are left of it: unless one is due soon, the chunk waits in the queue, and this executor is free. */
  function giveBackIfLate(custody: Custody): void {
    const now = clock.now()
    const next = Math.min(...custody.retries.values())
    if (next - now <= settings.holdRetry) return
    const run = transition(custody.run, { type: 'release', attempt: custody.run.attempt, notBefore: next }, now)
    if (typeof run === 'string') return drop(custody)
    custody.writing = true
    giveBack(custody, run, Math.min(next - now, MAX_DELAY_MS)).catch(error => {
      settings.onError(error)
      drop(custody)
    })
  }

  async function giveBack(custody: Custody, run: Custody['run'], delay: number): Promise<void> {
    await jobs.send({ bodies: [{ first: run.first, weight: run.count }], delay })
    const [kept] = await store.putRuns({ puts: [{ run }] })
    if (kept !== true) return drop(custody)
    remove(custody)
    await jobs.delete({ receipts: [custody.receipt] })
  }

  function beatSoon(): void {
    if (beating || closed || chunks.size === 0) return
    beating = true
    timers.after({ ms: settings.look }, () => {
      beating = false
      beatSoon()
      Promise.all([look(clock.now() - settings.look), renew()]).catch(settings.onError)
    })
  }

  /** One read a segment tells of the kills of all its jobs. */
  async function look(before: number, only?: number): Promise<void> {
    const due = [...chunks.values()].filter(
      one => one.looked <= before && (only ?? one.segment.first) === one.segment.first,
    )
    const segments = new Set(due.map(one => one.segment.first))
    if (segments.size === 0) return
    for (const custody of due) custody.looked = clock.now()
    const found = await store.read({ ranges: [...segments].map(first => [first, 1]) })
    const marks = new Map(found.map(one => [one.segment.first, one.kills]))
    for (const custody of due) killMarked(custody, marks.get(custody.segment.first))
  }

  async function renew(): Promise<void> {
    const now = clock.now()
    const due = [...chunks.values()].filter(one => one.renewed + settings.renewal <= now && !one.writing && !one.gone)
    if (due.length === 0) return
    for (const custody of due) custody.writing = true
    await jobs.delay({ receipts: due.map(one => one.receipt), delay: settings.lease }).catch(settings.onError)
    await write(due, custody => renewing(custody, now, now + settings.lease))
  }

  return {
    launcher,
    add(custody) {
      chunks.set(custody.run.first, custody)
      beatSoon()
    },
    drop,
    held: first => chunks.get(first),
    look: segment => void look(Number.POSITIVE_INFINITY, segment).catch(settings.onError),
    flushSoon,
    close() {
      closed = true
      for (const custody of [...chunks.values()]) drop(custody)
    },
  }
}

function killMarked(custody: Custody, kills: Uint8Array | undefined): void {
  if (kills === undefined) return
  const at = custody.run.first - custody.segment.first
  for (let offset = 0; offset < custody.run.count; offset++) if (kills[at + offset] !== 0) custody.kill(offset)
}
