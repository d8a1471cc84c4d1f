import { blobReferenceOf } from '../../protocol/payload.ts'
import type { Results, Wait } from '../api.ts'
import { argumentError, shown } from '../argument-error.ts'
import type { Session } from '../connect/session.ts'
import { decodeCached, fetchValue } from '../submit/payloads.ts'
import type { Final } from './finals.ts'
import { type CallSite, jobError } from './job-error.ts'
import { Progress } from './progress.ts'
import { follow } from './result.ts'
import { limitWait } from './wait-options.ts'

/** Results that are read ahead of what was taken, by default and at the most. PiCloud's numbers. */
const DEFAULT_AHEAD = 10
const MAX_AHEAD = 1_024

type Outcome = { readonly value: unknown } | { readonly error: unknown }

interface Ahead {
  readonly jid: number
  /** Never rejects. */
  readonly outcome: Promise<Outcome>
  cancel(): void
}

function startReading(session: Session, jid: number, site: CallSite | undefined): Ahead {
  const { final, cancel } = follow(session, jid)
  return { jid, outcome: outcomeOf(session, final, site), cancel }
}

async function outcomeOf(session: Session, pending: Promise<Final>, site: CallSite | undefined): Promise<Outcome> {
  try {
    const final = await pending
    if (final.status !== 'done') return { error: jobError(final, session.sent, site) }
    const payload = final.payload as Uint8Array
    const blob = blobReferenceOf(payload)
    const sent = session.sent.of(final.jid)
    return { value: blob === undefined ? decodeCached(payload, sent) : await fetchValue(blob, session.transport, sent) }
  } catch (error) {
    return { error }
  }
}

export interface InOrderParams {
  readonly session: Session
  readonly jids: AsyncIterable<number> | Iterable<number>
  readonly options: Wait
  readonly numInParallel: number
  readonly site: CallSite | undefined
}

/** Throws a TypeError on anything but an integer from 0 to the most. */
export function readAhead(numInParallel: number | undefined): number {
  if (numInParallel === undefined) return DEFAULT_AHEAD
  if (!Number.isInteger(numInParallel) || numInParallel < 0 || numInParallel > MAX_AHEAD) {
    throw argumentError(`numInParallel is ${shown(numInParallel)}: it takes an integer from 0 to ${MAX_AHEAD}.`)
  }
  return numInParallel === 0 ? MAX_AHEAD : numInParallel
}

/**
 * Values in the order of the jids. So many results are asked for ahead of the one that is taken next. A `next()` that
 * rejects, for its job or its time, is not the end: after a failed job comes the next job, after a timeout the same.
 */
export class InOrder implements Results<unknown> {
  readonly #params: InOrderParams
  readonly #jids: AsyncIterator<number> | Iterator<number>
  readonly #ahead: Ahead[] = []
  /** One `next()` after the other. */
  #turn: Promise<unknown> = Promise.resolve()
  #over = false
  #progress: Progress | undefined
  /** Settles when the next jid is known, where that takes time. */
  #pull: Promise<void> | undefined

  constructor(params: InOrderParams) {
    this.#params = params
    const { jids, options } = params
    if (options.progress) this.#progress = new Progress()
    this.#jids = Symbol.asyncIterator in jids ? jids[Symbol.asyncIterator]() : jids[Symbol.iterator]()
  }

  next(): Promise<IteratorResult<unknown>> {
    const turn = this.#turn.then(() => this.#next())
    this.#turn = turn.catch(() => undefined)
    return turn
  }

  async return(): Promise<IteratorResult<unknown>> {
    this.#over = true
    for (const ahead of this.#ahead.splice(0)) ahead.cancel()
    this.#endProgress()
    await this.#jids.return?.()
    return { done: true, value: undefined }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return()
  }

  [Symbol.asyncIterator](): this {
    return this
  }

  async #next(): Promise<IteratorResult<unknown>> {
    this.#fill()
    while (this.#ahead.length === 0 && this.#pull !== undefined) {
      await this.#pull
      this.#fill()
    }
    const head = this.#ahead[0]
    if (head === undefined) {
      this.#endProgress()
      return { done: true, value: undefined }
    }
    const outcome = await this.#limited(head)
    this.#ahead.shift()
    const failed = 'error' in outcome
    this.#progress?.ended(failed ? 0 : 1, failed ? 1 : 0)
    if (failed) throw outcome.error
    return { done: false, value: outcome.value }
  }

  /** Starts reading ahead. Where the jids come one by one, the next is asked for and nobody waits for it here. */
  #fill(): void {
    const { numInParallel } = this.#params
    while (!this.#over && this.#pull === undefined && this.#ahead.length < numInParallel) {
      const step = this.#jids.next()
      if (step instanceof Promise) this.#pull = this.#pulled(step)
      else if (step.done) this.#over = true
      else this.#start(step.value)
    }
  }

  #start(jid: number): void {
    const { session, site } = this.#params
    this.#progress?.expect(1)
    this.#ahead.push(startReading(session, jid, site))
  }

  #endProgress(): void {
    this.#progress?.end()
    this.#progress = undefined
  }

  async #pulled(step: Promise<IteratorResult<number>>): Promise<void> {
    try {
      const { done, value } = await step
      if (done) this.#over = true
      else if (!this.#over) this.#start(value)
    } catch (error) {
      this.#over = true
      this.#ahead.push({ jid: 0, outcome: Promise.resolve({ error }), cancel: () => undefined })
    }
    this.#pull = undefined
    this.#fill()
  }

  #limited({ jid, outcome }: Ahead): Promise<Outcome> {
    const { options } = this.#params
    if (options.timeout === undefined && options.signal === undefined) return outcome
    return new Promise((resolve, reject) => {
      const lift = limitWait(options, `job ${jid}`, reject)
      void outcome.then(known => {
        lift()
        resolve(known)
      })
    })
  }
}
