import { setImmediate as turn } from 'node:timers/promises'
import { blobReferenceOf, holdsReferences } from '../../protocol/payload.ts'
import type { Session } from '../connect/session.ts'
import type { Parts } from '../submit/parts.ts'
import { decodeCached, fetchValue } from '../submit/payloads.ts'
import { type Final, type FinalRun, finalOf } from './finals.ts'
import { type CallSite, jobError } from './job-error.ts'
import type { Watch } from './watches.ts'

/** Jobs that are waited for together. A job's share of a request then weighs less than its result. */
const WINDOW_JOBS = 500
/** Windows that are open at a time: the one that is read, and the next. */
const WINDOWS = 2
/** Large results that are fetched ahead of the one that is taken, as `iresult` does by default. */
const FETCHES_AHEAD = 10

export interface MapResultsParams {
  readonly session: () => Session
  readonly parts: Parts
  readonly site: CallSite | undefined
}

/**
 * The values of a map in its order, while its jobs still leave. What is held is a window or two of packed results,
 * however many jobs there are. Throws the error of the first job that failed.
 */
export async function* mapResults({ session: open, parts, site }: MapResultsParams): AsyncGenerator<unknown> {
  const session = open()
  const reader = parts.reader()
  const windows: Window[] = []
  try {
    for (;;) {
      while (windows.length < WINDOWS) {
        const jids = reader.take(WINDOW_JOBS)
        if (jids === undefined) break
        const window = new Window(session, ...jids)
        windows.push(window)
        session.waiter.watch(window)
      }
      const window = windows[0]
      if (window !== undefined) {
        for (let jid = window.first; jid < window.end; jid++) {
          const final = window.final(jid) ?? (await window.finalLater(jid))
          if (final.status !== 'done') throw jobError(final, session.sent, site)
          yield window.value(final)
        }
        windows.shift()
        // Where all results are there, nothing else would get its turn in between.
        await turn()
      } else if (!(await reader.more())) return
    }
  } finally {
    for (const window of windows) session.waiter.cancel(window)
  }
}

/** Consecutive jobs of a map that are waited for, and what is known of them. */
class Window implements Watch {
  readonly first: number
  readonly count: number
  readonly results = true
  readonly passing = true
  readonly #session: Session
  /** By the job's place in the window. */
  readonly #runs: (FinalRun | undefined)[]
  readonly #fetches = new Map<number, Promise<unknown>>()
  #large = false
  /** Jobs before this one were looked at for large results. */
  #looked: number
  #failure: { readonly error: unknown } | undefined
  #wake: () => void = () => undefined

  constructor(session: Session, first: number, count: number) {
    this.#session = session
    this.first = first
    this.count = count
    this.#runs = new Array<undefined>(count).fill(undefined)
    this.#looked = first
  }

  get end(): number {
    return this.first + this.count
  }

  finished(run: FinalRun, from: number, to: number): void {
    this.#runs.fill(run, from - this.first, to - this.first)
    const { payloads, offset } = run
    if (payloads !== undefined && !this.#large) {
      this.#large = holdsReferences(payloads, offset + from - run.first, to - from)
    }
    this.#wake()
  }

  failed(error: unknown): void {
    this.#failure = { error }
    this.#wake()
  }

  final(jid: number): Final | undefined {
    const run = this.#runs[jid - this.first]
    return run && finalOf(run, jid)
  }

  async finalLater(jid: number): Promise<Final> {
    for (;;) {
      const final = this.final(jid)
      if (final !== undefined) return final
      if (this.#failure !== undefined) throw this.#failure.error
      await new Promise<void>(resolve => {
        this.#wake = resolve
      })
    }
  }

  /** A promise where it has to be fetched. */
  value({ jid, payload }: Final): unknown {
    const sent = this.#session.sent.of(jid)
    if (!this.#large) return decodeCached(payload as Uint8Array, sent)
    this.#fetchUpTo(Math.min(this.end, jid + FETCHES_AHEAD))
    const fetch = this.#fetches.get(jid)
    if (fetch === undefined) return decodeCached(payload as Uint8Array, sent)
    this.#fetches.delete(jid)
    return fetch
  }

  #fetchUpTo(end: number): void {
    for (; this.#looked < end; this.#looked++) {
      const final = this.final(this.#looked)
      if (final === undefined) return
      const blob = final.status === 'done' ? blobReferenceOf(final.payload as Uint8Array) : undefined
      if (blob === undefined) continue
      const fetch = fetchValue(blob, this.#session.transport, this.#session.sent.of(this.#looked))
      // Whoever takes it hears of a failure.
      fetch.catch(() => undefined)
      this.#fetches.set(this.#looked, fetch)
    }
  }
}
