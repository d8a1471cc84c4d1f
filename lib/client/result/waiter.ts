import { CloudException } from '../../protocol/errors.ts'
import type { Range, TerminalStatus } from '../../protocol/job.ts'
import { MAX_REQUEST_RANGES, MAX_WAIT_MS } from '../../protocol/limits.ts'
import { packedFrom } from '../../protocol/packed.ts'
import { paths } from '../../protocol/paths.ts'
import type { WaitAnswer } from '../../protocol/routes.ts'
import { KeepAlive } from '../connect/keep-alive.ts'
import { sleep } from '../connect/sleep.ts'
import type { Transport } from '../connect/transport.ts'
import { RangeSet } from '../jids/range-set.ts'
import type { FinalRun, Finals } from './finals.ts'
import { type Watch, Watches } from './watches.ts'

/** Requests that may hang at once. One covers all; a second spares giving it up when more is to be watched. */
const MAX_HANGING = 3
/** Milliseconds that a request hangs while there is more to watch than the requests can carry. */
const CROWDED_WAIT_MS = 1_000

/** Milliseconds for which a service may be away before those who wait hear of it: it may be started anew meanwhile. */
const OUTAGE_MS = 120_000

/** A wait request that hangs. */
interface Hanging {
  readonly covers: RangeSet
  readonly controller: AbortController
}

/**
 * Waits for jobs, however many parts of the program do, with as few requests as can be.
 *
 * A jid that somebody watches is either *uncovered* or covered by one hanging request. New watches make uncovered
 * jids; at the end of the tick a free request takes them, or, if none is free, the youngest one is given up and asked
 * again with them. An answer makes what did not finish uncovered again. When nobody watches, nothing hangs.
 */
export class Waiter {
  readonly #transport: Transport
  readonly #finals: Finals
  readonly #watches = new Watches()
  readonly #uncovered = new RangeSet()
  readonly #hanging = new Set<Hanging>()
  readonly #keepAlive = new KeepAlive()
  #scheduled = false
  /** Somebody stopped waiting: what is asked for may be more than what is wanted. */
  #stale = false
  #closed = false

  constructor(transport: Transport, finals: Finals) {
    this.#transport = transport
    this.#finals = finals
  }

  /** Tells the watch of each of its jobs that ends, once, until all have or it is cancelled. */
  watch(watch: Watch): void {
    if (this.#closed) {
      watch.failed(closed())
      return
    }
    if (this.#watches.isEmpty) this.#keepAlive.start()
    this.#watches.add(watch)
    this.#uncovered.add(watch.first, watch.count)
    this.#schedule()
  }

  /** Takes ends in that nobody may have waited for yet. */
  told(finished: WaitAnswer['finished'], sections: readonly Uint8Array[]): void {
    for (const run of runsOf(finished, sections)) {
      this.#finals.add(run)
      this.#watches.finished(run)
    }
  }

  cancel(watch: Watch): void {
    if (!this.#watches.delete(watch)) return
    if (this.#watches.isEmpty) this.#rest()
    else this.#stale = true
  }

  /** Ends all waits with `closed`, and those to come. */
  close(): void {
    this.#closed = true
    this.giveUp()
  }

  /** Ends all waits with `closed`. */
  giveUp(): void {
    this.#fail(() => true, closed())
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    queueMicrotask(() => {
      this.#scheduled = false
      this.#cover()
    })
  }

  #cover(): void {
    if (this.#uncovered.isEmpty || this.#watches.isEmpty) return
    if (this.#hanging.size === MAX_HANGING) {
      const youngest = [...this.#hanging].at(-1) as Hanging
      this.#hanging.delete(youngest)
      this.#release(youngest)
      youngest.controller.abort()
    }
    const covers = new RangeSet()
    const ranges = this.#uncovered.take(MAX_REQUEST_RANGES)
    for (const [first, count] of ranges) covers.add(first, count)
    const hanging = { covers, controller: new AbortController() }
    this.#hanging.add(hanging)
    void this.#ask(hanging, ranges)
  }

  async #ask(hanging: Hanging, ranges: readonly Range[]): Promise<void> {
    const { signal } = hanging.controller
    const wait = this.#uncovered.isEmpty ? MAX_WAIT_MS : CROWDED_WAIT_MS
    const asked = { ranges, results: this.#watches.wantResults, wait }
    let pause = 0
    try {
      const { header, sections } = await this.#transport.askFrame(paths.wait, asked, signal, OUTAGE_MS)
      // Not among the hanging any more: it was given up meanwhile.
      if (!this.#hanging.delete(hanging)) return
      const answer = header as WaitAnswer
      this.#take(hanging, answer, sections, asked.results)
      pause = answer.more ? 0 : answer.retryAfter
    } catch (error) {
      if (!this.#hanging.delete(hanging)) return
      this.#failed(hanging, error)
    }
    if (this.#watches.isEmpty) return
    if (pause > 0) {
      // Still covered, so that nobody asks for them meanwhile.
      this.#hanging.add(hanging)
      await sleep(pause, signal)
      if (!this.#hanging.delete(hanging)) return
    }
    this.#release(hanging)
    this.#cover()
  }

  #take({ covers }: Hanging, { finished }: WaitAnswer, sections: readonly Uint8Array[], results: boolean): void {
    for (const run of runsOf(finished, results ? sections : [])) {
      const { first, statuses } = run
      covers.remove(first, statuses.length)
      if (!this.#watches.isPassing(run)) this.#finals.add(run)
      if (!this.#watches.finished(run)) this.#uncovered.add(first, statuses.length)
    }
    if (this.#watches.isEmpty) this.#rest()
  }

  /** Its jids go back to those that nobody asks for. */
  #release(hanging: Hanging): void {
    for (const [first, count] of hanging.covers) this.#uncovered.add(first, count)
    if (this.#stale) this.#review()
  }

  #review(): void {
    this.#stale = false
    this.#uncovered.clear()
    for (const [first, count] of this.#watches.open()) this.#uncovered.add(first, count)
    for (const { covers } of this.#hanging) for (const [first, count] of covers) this.#uncovered.remove(first, count)
  }

  /** Whoever asked for a job that is at fault, or without one all who were covered, hear of it. */
  #failed(hanging: Hanging, error: unknown): void {
    const jid = CloudException.isCloudException(error) ? error.jid : undefined
    if (jid !== undefined && hanging.covers.has(jid)) {
      hanging.covers.remove(jid, 1)
      this.#fail(watch => watch.first <= jid && jid < watch.first + watch.count, error)
      return
    }
    const ranges = [...hanging.covers]
    for (const [first, count] of ranges) hanging.covers.remove(first, count)
    this.#fail(
      watch => ranges.some(([first, count]) => watch.first < first + count && first < watch.first + watch.count),
      error,
    )
  }

  #fail(which: (watch: Watch) => boolean, error: unknown): void {
    for (const watch of this.#watches.where(which)) {
      this.#watches.delete(watch)
      watch.failed(error)
    }
    if (this.#watches.isEmpty) this.#rest()
  }

  #rest(): void {
    this.#keepAlive.stop()
    this.#stale = false
    this.#uncovered.clear()
    for (const hanging of [...this.#hanging]) {
      this.#hanging.delete(hanging)
      hanging.controller.abort()
    }
  }
}

function runsOf(finished: WaitAnswer['finished'], sections: readonly Uint8Array[]): FinalRun[] {
  const runs: FinalRun[] = []
  const ends = sections[0]
  const bytes = sections[1]
  const payloads = ends !== undefined && bytes !== undefined ? packedFrom(ends, bytes) : undefined
  let offset = 0
  for (const { first, statuses } of finished) {
    runs.push({ first, statuses: statuses as TerminalStatus[], payloads, offset })
    offset += statuses.length
  }
  return runs
}

function closed(): CloudException {
  return new CloudException('This client was closed while it waited.', { code: 'closed' })
}
