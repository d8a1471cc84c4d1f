import { type Ahead, aheadOf, type Haste } from '../ports/ahead.ts'
import type { Launcher } from '../ports/launcher.ts'
import type { Ports } from '../ports/ports.ts'
import type { ChunkMessage, Received } from '../ports/queue.ts'
import type { Settings } from '../ports/settings.ts'
import { rateOf } from '../records/bill.ts'
import type { Gate } from '../records/gate.ts'
import { finishedOffsets, freshRun, type Run } from '../records/run.ts'
import { chunkArgs, chunkOf, type StoredSegment } from '../records/segment.ts'
import { transition } from '../records/transition.ts'
import { freeUploads } from '../submit/free-uploads.ts'
import { Custody } from './custody.ts'
import { Helping } from './helping.ts'
import { Keeping } from './keeping.ts'
import { createPause } from './pause.ts'
import { type Action, actOn } from './receipt.ts'

type Message = Received<ChunkMessage>

/** A message whose chunk is to be claimed, and the run that the claim would make. */
interface Claimed {
  readonly message: Message
  readonly stored: StoredSegment
  readonly run: Run
}

/** What is left to do with messages once claims are launched. */
interface Leftover {
  readonly message: Message
  readonly action: Action
}

/** Brings chunks from the queue to the launcher: receives while the launcher wants more, claims, launches. */
export class Dispatcher {
  readonly #ports: Ports & { readonly launcher: Launcher }
  readonly #ahead: Ahead
  readonly #settings: Settings
  readonly #pause: (ms: number) => Promise<void>
  readonly #keeping: Keeping
  #running = false
  #pumping = false
  readonly #helping: Helping

  constructor(ports: Ports & { readonly launcher: Launcher }, settings: Settings) {
    this.#ports = ports
    this.#ahead = aheadOf(ports)
    this.#settings = settings
    this.#pause = createPause(ports.timers)
    this.#keeping = new Keeping(ports, settings, () => void this.#pump())
    this.#helping = new Helping(ports, settings, received => this.take(received, true))
  }

  start(): void {
    this.#running = true
    this.#ports.launcher.onWanted(() => void this.#pump())
    void this.#pump()
  }

  close(): void {
    this.#running = false
    this.#keeping.close()
  }

  /** The chunks that run here, by their first jid. */
  get launched(): ReadonlyMap<number, Custody> {
    return this.#keeping.launched
  }

  /** A segment got kill marks. */
  marked(segment: number): void {
    this.#keeping.look(segment)
  }

  async #pump(): Promise<void> {
    if (this.#pumping || !this.#running) return
    this.#pumping = true
    const { launcher } = this.#ports
    const { jobs } = this.#ahead
    const { receive: max, lease: visibility, poll: wait, again, onError } = this.#settings
    while (this.#running && launcher.wanted > 0) {
      try {
        const received = await jobs.receive({ max, weight: launcher.wanted, visibility, wait })
        if (!this.#running) await jobs.delay({ receipts: received.map(one => one.receipt), delay: 0 })
        else if (received.length > 0) await this.take(received)
      } catch (error) {
        onError(error)
        await this.#pause(again)
      }
    }
    this.#pumping = false
  }

  /**
   * Takes these messages, and resolves once nothing of them runs here any more: finished, given back or lost. From `until` on
   * (epoch milliseconds) what still runs ends as `timeout`, and what did not begin is given back.
   */
  async execute(received: readonly Message[], until: number, guest = false): Promise<void> {
    const { timers, clock } = this.#ports
    const ms = Math.max(0, until - clock.now())
    const cancel = timers.after({ ms, keepAlive: true }, () => this.#keeping.expire('over'))
    this.#helping.until = until
    try {
      await this.take(received, guest)
      do await this.#keeping.idle()
      while (await this.#helping.over())
    } finally {
      this.#helping.until = 0
      cancel()
    }
  }

  /** Claims nothing more; resolves once nothing runs here. What still does at `until` (epoch milliseconds) is cut off and given back. */
  async drain(until: number): Promise<void> {
    const { timers, clock } = this.#ports
    this.#running = false
    this.#keeping.letGo()
    const ms = Math.max(0, until - clock.now())
    const cancel = timers.after({ ms, keepAlive: true }, () => this.#keeping.expire('stopping'))
    await this.#keeping.idle()
    cancel()
  }

  /** Runs what was received, here or by a function that a queue calls. What is not done keeps its message. */
  async take(received: readonly Message[], guest = false): Promise<void> {
    const { clock } = this.#ports
    const now = clock.now()
    const stored = await this.#read(received)
    const gates = stored.some(one => one?.segment.gated) ? await this.#gatesOf(stored) : undefined
    const claims: Claimed[] = []
    const left: Leftover[] = []
    for (const [index, message] of received.entries()) {
      const { first } = message.body
      const own = this.#keeping.launched.get(first)
      if (own !== undefined) {
        // This process stood still for longer than the lease. Its jobs run, and it will renew.
        own.receipt = message.receipt
        left.push({ message, action: { act: 'keep', delay: this.#settings.lease } })
        continue
      }
      const found = stored[index]
      const gate = found?.segment.gated === true ? gates?.get(found.segment.submission) : undefined
      const age = now - message.sent
      const moment = { now: clock.now(), random: clock.random() }
      const action = actOn({ first, age, stored: found, gate, ...moment }, this.#settings)
      const run = action.act === 'claim' && found !== undefined ? this.#claim(found, first) : undefined
      if (run !== undefined && found !== undefined) claims.push({ message, stored: found, run })
      else left.push({ message, action })
    }
    if (claims.length > 0) await this.#start(claims, left, guest)
    if (left.length > 0) await this.#settle(left)
  }

  /** The segment of each message, in their order. Lone ones that are not there yet are read again a few times. */
  async #read(received: readonly Message[]): Promise<(StoredSegment | undefined)[]> {
    const { store } = this.#ahead
    const ranges = received.map(({ body }) => [body.first, body.weight] as const)
    for (let nth = 0; ; nth++) {
      const segments = await store.read({ ranges, args: true })
      let at = 0
      const found = received.map(({ body }) => {
        const segment = segments[at]
        if (segment === undefined || !isIn(segment, body.first)) return undefined
        at++
        return segment
      })
      // Waiting would hold up those that came along: then the others come up again by themselves.
      const wait = this.#settings.rereads[nth]
      if (at > 0 || wait === undefined) return found
      await this.#pause(wait)
    }
  }

  async #gatesOf(stored: readonly (StoredSegment | undefined)[]): Promise<Map<number, Gate | undefined>> {
    const ids = new Set<number>()
    for (const one of stored) if (one?.segment.gated === true) ids.add(one.segment.submission)
    const gates = await this.#ports.store.getGates({ ids: [...ids] })
    return new Map([...ids].map((id, index) => [id, gates[index]]))
  }

  #claim({ segment, kills, runs }: StoredSegment, first: number): Run | undefined {
    const { lease, maxLosses, startsAtClaim, price } = this.#settings
    const now = this.#ports.clock.now()
    const [, count] = chunkOf(segment, first)
    const known = runs.find(one => one.run.first === first)?.run
    const run = known ?? freshRun({ first, count, submission: segment.submission })
    const { restartable = true } = segment.options
    const at = first - segment.first
    const rate = price && rateOf({ price, workers: this.#ports.launcher.workers, count })
    const may = { restartable, maxLosses, starts: startsAtClaim, kills, at, rate }
    const next = transition(run, { type: 'claim', lease: now + lease, ...may }, now)
    return typeof next === 'string' ? undefined : next
  }

  /**
   * What may run again is launched as soon as it is claimed: should the claim not be kept, it is let go, and was run in vain. What
   * may run only once waits until its claim is kept, and so does all that is told of either.
   * Nothing else is awaited before: a chunk that is claimed and not launched would be held for nothing.
   */
  async #start(claims: readonly Claimed[], left: Leftover[], guest: boolean): Promise<void> {
    const { clock, blobs } = this.#ports
    const now = clock.now()
    const kept = this.#ahead.begin()
    const custodies = claims.map(({ stored, run, message }) => {
      if (run.phase === 'finished') return undefined
      const custody = new Custody(this.#keeping, stored, run, message.receipt, now)
      custody.guest = guest
      this.#keeping.add(custody)
      return custody
    })
    // Whether it was kept is unknown, and another's claim would look the same: only the lease tells.
    const letGo = (error: unknown): never => {
      for (const custody of custodies) if (custody !== undefined) this.#keeping.drop(custody)
      throw error
    }
    const claimed = await this.#ahead.store.putRuns({ puts: claims.map(({ run }) => ({ run })) }).catch(letGo)
    let haste: Haste = 'soon'
    for (const [index, custody] of custodies.entries()) {
      if (claimed[index] === true && custody?.mayRunAgain === true) this.#keeping.launch(custody)
      else haste = 'now'
    }
    const isKept = kept(haste).catch(letGo)
    // More may be claimed meanwhile.
    if (haste === 'soon') return void isKept.catch(this.#settings.onError)
    await isKept
    for (const [index, { stored, run, message }] of claims.entries()) {
      const custody = custodies[index]
      if (claimed[index] !== true) {
        if (custody !== undefined) this.#keeping.drop(custody)
        left.push({ message, action: { act: 'keep', delay: this.#settings.again } })
      } else if (custody === undefined) {
        left.push({ message, action: { act: 'delete' } })
        if (stored.segment.uploads) await freeUploads(blobs, chunkArgs(stored, run), finishedOffsets(run))
      } else if (!custody.mayRunAgain) this.#keeping.launch(custody)
    }
  }

  async #settle(left: readonly Leftover[]): Promise<void> {
    const { jobs } = this.#ports
    const over: Message['receipt'][] = []
    for (const { message, action } of left) {
      if (action.act === 'delete') over.push(message.receipt)
      else if (action.act === 'replace') {
        await jobs.send({ bodies: [message.body], delay: action.delay })
        over.push(message.receipt)
      } else {
        const delay = action.act === 'keep' ? action.delay : this.#settings.again
        await jobs.delay({ receipts: [message.receipt], delay })
      }
    }
    if (over.length > 0) await jobs.delete({ receipts: over })
  }
}

function isIn({ segment }: StoredSegment, jid: number): boolean {
  return segment.first <= jid && jid < segment.first + segment.count
}
