import { type Bye, culpritOf, failureOfLost, usageOfLost } from './culprit.ts'
import { Deadline } from './deadline.ts'
import { Flight } from './flight.ts'
import { Done } from './frames/done-frame.ts'
import { encodeRun } from './frames/run-frame.ts'
import { encodeSpec } from './frames/spec-frame.ts'
import { frame, frameKind, wordOf } from './frames/wire.ts'
import type { Family } from './kind.ts'
import { apart, type Outcomes } from './outcomes.ts'
import { OutputTail } from './output-tail.ts'
import { Printed } from './printed.ts'
import type { Verdict } from './process/child-end.ts'
import { type ChildExit, type StreamName, WorkerProcess } from './process/child-process.ts'
import type { MarkKind } from './process/output-marks.ts'
import { type ChildSettings, type SpawnedChild, spawnChild } from './process/spawn-child.ts'
import type { Ticket } from './ticket.ts'
import { Told } from './told.ts'

/** Milliseconds that a killed job has to end by itself, once its signal aborted. */
export const GRACE_MS = 1_000
/** Milliseconds for the watchdog thread to say what runs; then the child is ended without knowing. */
const RECALL_MS = 1_000
/** Characters of stderr that are kept to explain a crash. */
const LAST_WORDS_CHARS = 4_096

export interface SlotOwner {
  readonly outcomes: Outcomes
  /** It can take jobs, or more of them. */
  free(slot: Slot): void
  /** These have not started, or have to start again. */
  givenBack(tickets: readonly Ticket[]): void
  ended(slot: Slot, tookMs: number): void
  printed(ticket: Ticket): void
  asked(slot: Slot, kind: number, body: Buffer): void
  gone(slot: Slot, exit: ChildExit, lastWords: string): void
}

/**
 * A place in the pool with one child in it. The child is *starting* until it says ready, *free* while no job lies in it,
 * *running* from then on, *condemned* when its running job is to end it (by kill, time or memory), and *gone*.
 */
export class Slot {
  readonly child: WorkerProcess
  readonly flight = new Flight()
  /** Jobs of this family only; undefined until its first. */
  family: Family | undefined
  ready = false
  gone = false
  /** Its job's requests that wait for other jobs. */
  waits = 0
  /** When it last ended or began a job, of `performance.now`. */
  progress = performance.now()
  /** Bytes of resident memory, the most that was seen since then. */
  peak = 0
  readonly #owner: SlotOwner
  readonly #settings: ChildSettings
  readonly #printed = new Printed()
  readonly #lastWords = new OutputTail(LAST_WORDS_CHARS)
  readonly #told = new Told()
  #sequence = 0
  /** Its watchdog thread is up: what has not started can be taken back. */
  listening = false
  /** Up to which job the watchdog thread was asked to take back, until it answers. */
  #recalled: number | undefined
  #condemned: { readonly which: (ticket: Ticket) => boolean; readonly code: Verdict | 'abort' } | undefined
  #verdict: { readonly ticket: Ticket; readonly code: Verdict } | undefined
  readonly #deadline = new Deadline(ticket => this.condemn(each => each === ticket, 'timeout'))
  #bye: Bye | undefined

  constructor(settings: ChildSettings, owner: SlotOwner, spawned: SpawnedChild = spawnChild(settings)) {
    this.#owner = owner
    this.#settings = settings
    this.child = new WorkerProcess(spawned, {
      frame: (kind, body) => this.#frame(kind, body),
      text: (stream, bytes) => this.#text(stream, bytes),
      mark: (stream, kind, sequence) => this.#mark(stream, kind, sequence),
      ended: exit => this.#ended(exit),
    })
  }

  /** Several jobs may lie in it, as what has not started can be taken back. */
  get takesMany(): boolean {
    return (
      this.listening &&
      this.#recalled === undefined &&
      this.#condemned === undefined &&
      !(this.flight.first?.alone ?? false)
    )
  }

  get free(): boolean {
    return this.ready && !this.gone && this.flight.size === 0
  }

  send(tickets: readonly Ticket[]): void {
    const frames: Uint8Array[] = []
    const groups = tickets.map(one => one.toRun(this.#told.get(one.launch.kind) ?? this.#define(one, frames)))
    frames.push(encodeRun(this.#sequence, groups))
    if (this.flight.size === 0) this.#begins()
    for (const ticket of tickets) {
      ticket.state = 'sent'
      ticket.slot = this
      ticket.sequence = this.#sequence
      this.#sequence += ticket.count
    }
    this.flight.push(tickets)
    if (frames.length === 1) this.child.send(frames[0] as Uint8Array)
    else this.child.sendAll(frames)
    this.#deadline.watch(this.flight)
  }

  /** Takes back what has not started. */
  recall(): void {
    if (this.flight.size > 1 && this.listening) this.#recall()
  }

  #recall(): void {
    if (this.#recalled !== undefined) return
    this.#recalled = this.#sequence - 1
    this.child.recall(this.#recalled)
  }

  /**
   * Ends the job that runs, if it is one of these, and the child with it; what has not started is given back. `abort`
   * tells the job first and leaves it GRACE_MS. With one job in the child there is no doubt which one runs; else the
   * watchdog thread is asked.
   */
  condemn(which: (ticket: Ticket) => boolean, code: Verdict | 'abort'): void {
    const { first, size } = this.flight
    if (first === undefined) return
    if (size === 1) {
      if (which(first)) this.#carryOut(first, code)
      return
    }
    this.#condemned = { which, code }
    this.#recall()
    setTimeout(() => {
      if (this.#recalled !== undefined && this.#condemned !== undefined) this.child.kill()
    }, RECALL_MS).unref()
  }

  #carryOut(ticket: Ticket, code: Verdict | 'abort'): void {
    if (code !== 'abort') {
      this.#verdict = { ticket, code }
      this.child.kill()
      return
    }
    this.child.send(frame(frameKind.abort, wordOf(ticket.sequence)))
    setTimeout(() => {
      if (ticket.state === 'sent' && this.flight.has(ticket)) this.condemn(each => each === ticket, 'killed')
    }, GRACE_MS).unref()
  }

  #define(ticket: Ticket, frames: Uint8Array[]): number {
    const { kind, bundles } = ticket.launch
    const missing = this.#told.missing(bundles)
    const id = this.#told.add(kind, missing)
    frames.push(encodeSpec(id, kind.spec, missing))
    return id
  }

  #frame(kind: number, body: Buffer): void {
    if (kind === frameKind.done) {
      this.#done(body)
    } else if (kind === frameKind.ready) {
      this.ready = true
      this.#owner.free(this)
    } else if (kind === frameKind.profile) {
      const ticket = this.flight.of(body.readUInt32LE(0))
      if (ticket !== undefined) ticket.profile = body.toString('utf8', 4)
    } else if (kind === frameKind.bye) {
      this.#bye = { next: body.readUInt32LE(0), code: body.readInt32LE(4) }
    } else if (kind === frameKind.listening) {
      this.listening = true
      this.#owner.free(this)
    } else if (kind === frameKind.recalled) {
      this.#takenBack(body.readUInt32LE(0))
    } else {
      this.#owner.asked(this, kind, body)
    }
  }

  #done(body: Buffer): void {
    const done = new Done(body)
    const landed = this.flight.land(done)
    if (landed.length === 0) return
    const { returns, finishes } = apart(landed, done, this.peak)
    this.#begins()
    this.#owner.ended(this, done.took / done.count)
    this.#owner.outcomes.reportAll(returns)
    this.#owner.outcomes.report(this.#printed.hold(finishes))
    this.#deadline.watch(this.flight)
    this.#owner.free(this)
  }

  #begins(): void {
    this.progress = performance.now()
    this.peak = 0
  }

  #takenBack(sequence: number): void {
    const last = this.#recalled ?? -1
    this.#recalled = undefined
    const condemned = this.#condemned
    this.#condemned = undefined
    const back = this.flight.cut(sequence, last)
    if (back.length > 0) this.#owner.givenBack(back)
    const running = this.flight.of(sequence - 1)
    if (running !== undefined) {
      if (condemned?.which(running)) this.#carryOut(running, condemned.code)
      else if (running.launch.over) this.#carryOut(running, 'killed')
      else if (running.killed) this.#carryOut(running, 'abort')
    }
    this.#owner.free(this)
  }

  #text(stream: StreamName, bytes: Buffer): void {
    if (stream === 'stderr') this.#lastWords.push(bytes)
    const ticket = this.#printed.text(stream, bytes, this.flight)
    if (ticket !== undefined) this.#owner.printed(ticket)
  }

  #mark(stream: StreamName, kind: MarkKind, sequence: number): void {
    const finish = this.#printed.mark(stream, kind, sequence, this.flight)
    if (finish !== undefined) this.#owner.outcomes.report([finish])
  }

  #ended(exit: ChildExit): void {
    this.gone = true
    this.#deadline.stop()
    const { outcomes } = this.#owner
    outcomes.report(this.#printed.rest())
    const lastWords = this.#lastWords.read().text
    const culprit = culpritOf(this.flight, this.#verdict, this.#bye)
    const left = this.flight.clear()
    if (culprit !== undefined) {
      const memory = this.peak
      const { memoryLimit } = this.#settings
      const lost = {
        exit,
        ticket: culprit,
        verdict: this.#verdict?.code,
        bye: this.#bye,
        lastWords,
        memory,
        memoryLimit,
      }
      outcomes.fail(culprit, failureOfLost(lost), usageOfLost(performance.now() - this.progress, memory))
    }
    const back = left.filter(ticket => ticket !== culprit)
    // Any of several may have been the end of it: each has to show it alone.
    if (culprit === undefined) for (const ticket of back) ticket.alone = true
    this.#owner.givenBack(back)
    this.#owner.gone(this, exit, lastWords)
  }
}
