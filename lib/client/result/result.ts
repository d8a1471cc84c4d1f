import { blobReferenceOf } from '../../protocol/payload.ts'
import type { Wait } from '../api.ts'
import type { Session } from '../connect/session.ts'
import { countOf, rangesOf, type Shape } from '../jids/jids.ts'
import { decodeCached, fetchValue } from '../submit/payloads.ts'
import { type Final, type FinalRun, finalOf } from './finals.ts'
import { type CallSite, callSite, jobError } from './job-error.ts'
import { Progress } from './progress.ts'
import { runningOf } from './running.ts'
import { limitWait } from './wait-options.ts'
import type { Watch } from './watches.ts'

export interface CollectParams {
  readonly session: Session
  readonly shape: Shape
  readonly options: Wait & { readonly ignoreErrors?: boolean }
  /** False: nobody looks at the values; only failures count. */
  readonly values: boolean
  readonly site: CallSite | undefined
}

/**
 * The value of one job. Where it was asked for is told by V8 itself when the job failed, as an async function that waits
 * for another is on record: so a lone result costs no stack trace.
 */
export async function resultOf(session: Session, jid: number): Promise<unknown> {
  session.submitter.habit.asked(jid)
  const final = session.finals.get(jid, true) ?? (await follow(session, jid).final)
  if (final.status !== 'done') throw jobError(final, session.sent, callSite())
  const payload = final.payload as Uint8Array
  const blob = blobReferenceOf(payload)
  const sent = session.sent.of(jid)
  return blob === undefined ? decodeCached(payload, sent) : fetchValue(blob, session.transport, sent)
}

/** The values of jobs in the shape in which they were asked for. */
export function collect(params: CollectParams): Promise<unknown> {
  return new Promise((resolve, reject) => {
    new Collector(params, resolve, reject).start()
  })
}

/** One wait for many jobs: fills in what comes, settles when all is there or, by default, when the first fails. */
class Collector {
  readonly #params: CollectParams
  readonly #resolve: (value: unknown) => void
  readonly #reject: (error: unknown) => void
  readonly #watches = new Set<Watch>()
  readonly #progress: Progress | undefined
  /** Jobs that have not ended, results that are still to be fetched, and one for the start itself. */
  #left = 1
  #settled = false
  #root: unknown
  #lift: () => void

  constructor(params: CollectParams, resolve: (value: unknown) => void, reject: (error: unknown) => void) {
    this.#params = params
    this.#resolve = resolve
    this.#reject = reject
    this.#lift = () => undefined
    if (params.options.progress) this.#progress = new Progress(runningOf(params.session, rangesOf(params.shape)))
  }

  start(): void {
    const { shape, options } = this.#params
    this.#lift = limitWait(options, nameOf(shape), error => this.#fail(error))
    if (this.#settled) {
      this.#lift()
      return
    }
    const holder: unknown[] = []
    this.#place(shape, holder, 0)
    this.#root = holder
    this.#ended(1, false)
  }

  #place(shape: Shape, slots: unknown[], at: number): void {
    if (shape.kind === 'one') {
      this.#wait(shape.jid, 1, slots, at)
    } else if (shape.kind === 'range') {
      const values: unknown[] = this.#params.values ? new Array(shape.count).fill(undefined) : []
      slots[at] = values
      let from = 0
      for (const [first, count] of shape.ranges) {
        this.#wait(first, count, values, from)
        from += count
      }
    } else {
      const values: unknown[] = []
      slots[at] = values
      for (const [index, item] of shape.items.entries()) this.#place(item, values, index)
    }
  }

  /** Of consecutive jobs, those that the cache does not know. */
  #wait(first: number, count: number, slots: unknown[], at: number): void {
    const { finals } = this.#params.session
    this.#left += count
    this.#progress?.expect(count)
    let open = first
    for (let jid = first; jid < first + count && !this.#settled; jid++) {
      const final = finals.size === 0 ? undefined : finals.get(jid, this.#params.values)
      if (final === undefined) continue
      if (open < jid) this.#watch(open, jid - open, slots, at + open - first)
      open = jid + 1
      this.#take(final, slots, at + jid - first)
    }
    if (open < first + count && !this.#settled) this.#watch(open, first + count - open, slots, at + open - first)
  }

  #watch(first: number, count: number, slots: unknown[], at: number): void {
    const watch: Watch = {
      first,
      count,
      results: this.#params.values,
      finished: (run, from, to) => {
        if (to === first + count) this.#watches.delete(watch)
        this.#takeRun(run, from, to, slots, at - first)
      },
      failed: error => {
        this.#watches.delete(watch)
        this.#fail(error)
      },
    }
    this.#watches.add(watch)
    this.#params.session.waiter.watch(watch)
  }

  #takeRun(run: FinalRun, from: number, to: number, slots: unknown[], shift: number): void {
    for (let jid = from; jid < to && !this.#settled; jid++) this.#take(finalOf(run, jid), slots, jid + shift)
  }

  #take(final: Final, slots: unknown[], at: number): void {
    if (final.status !== 'done') this.#failure(final, slots, at)
    else if (this.#params.values) this.#fill(final, slots, at)
    else this.#ended(1)
  }

  #fill({ jid, payload: bytes }: Final, slots: unknown[], at: number): void {
    const { session } = this.#params
    const sent = session.sent.of(jid)
    try {
      const payload = bytes as Uint8Array
      const blob = blobReferenceOf(payload)
      if (blob === undefined) {
        slots[at] = decodeCached(payload, sent)
        this.#ended(1)
        return
      }
      fetchValue(blob, session.transport, sent).then(
        fetched => {
          slots[at] = fetched
          this.#ended(1)
        },
        error => this.#fail(error),
      )
    } catch (error) {
      this.#fail(error)
    }
  }

  #failure(final: Final, slots: unknown[], at: number): void {
    const { session, options, site } = this.#params
    if (final.payload === undefined && !options.ignoreErrors) {
      // Only its status was asked for; the error is to say why.
      follow(session, final.jid).final.then(
        full => this.#failure(full, slots, at),
        error => this.#fail(error),
      )
      return
    }
    this.#progress?.ended(0, 1)
    let error: unknown
    try {
      error = jobError(final, session.sent, site)
    } catch (unreadable) {
      this.#fail(unreadable)
      return
    }
    if (options.ignoreErrors) {
      if (this.#params.values) slots[at] = error
      this.#ended(1, false)
    } else this.#fail(error)
  }

  #ended(count: number, done = true): void {
    if (done) this.#progress?.ended(count, 0)
    this.#left -= count
    if (this.#left > 0 || this.#settled) return
    this.#finish()
    this.#resolve((this.#root as unknown[])[0])
  }

  #fail(error: unknown): void {
    if (this.#settled) return
    this.#finish()
    for (const watch of this.#watches) this.#params.session.waiter.cancel(watch)
    this.#reject(error)
  }

  #finish(): void {
    this.#settled = true
    this.#lift()
    this.#progress?.end()
  }
}

/** How one job ends, with its payload; `cancel` ends the wait for it, and `final` then never settles. */
export function follow(session: Session, jid: number): { readonly final: Promise<Final>; cancel(): void } {
  const known = session.finals.get(jid, true)
  if (known !== undefined) return { final: Promise.resolve(known), cancel: () => undefined }
  const { promise, resolve, reject } = Promise.withResolvers<Final>()
  const finished = (run: FinalRun): void => resolve(finalOf(run, jid))
  const watch: Watch = { first: jid, count: 1, results: true, finished, failed: reject }
  session.waiter.watch(watch)
  return { final: promise, cancel: () => session.waiter.cancel(watch) }
}

function nameOf(shape: Shape): string {
  if (shape.kind === 'one') return `job ${shape.jid}`
  const count = countOf(rangesOf(shape))
  return count === 1 ? '1 job' : `${count} jobs`
}
