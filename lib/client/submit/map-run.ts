import { setImmediate as turn } from 'node:timers/promises'
import type { Sent } from '../../closure/sent.ts'
import type { Range } from '../../protocol/job.ts'
import { MAX_LEASE_JIDS, MAX_REQUEST_JOBS, MAX_SEGMENT_JOBS } from '../../protocol/limits.ts'
import type { WireOptions } from '../../protocol/options.ts'
import { paths } from '../../protocol/paths.ts'
import type { Session } from '../connect/session.ts'
import { captureAlong } from './along.ts'
import type { Prepared } from './functions.ts'
import type { ArgumentEncoder, Payload } from './payloads.ts'
import type { Rows } from './rows.ts'
import { namesOf } from './sent-names.ts'
import { MAX_ARGUMENT_BYTES, SubmitRequest } from './submit-request.ts'
import { wireOf } from './submitter.ts'
import type { ReadOptions } from './wire-options.ts'

/** Jobs of a map's first request: few, so that the first ones start while the rest is written. */
const FIRST_JOBS = 500

export interface MapParams {
  readonly session: Session
  readonly prepared: Prepared
  /** The function with what the first row holds of packages that it uses too: mostly the other rows hold no more. */
  along(things: readonly unknown[]): Prepared
  readonly options: ReadOptions
  readonly rows: Rows
  /** Told of each part that was accepted, in order. */
  accepted(first: number, count: number): void
}

/** Rows that were taken in, encoded. */
interface Portion {
  readonly payloads: readonly (Uint8Array | Promise<Uint8Array>)[]
  /** Of each row what its result may name. */
  readonly sent: readonly (Sent | undefined)[]
  readonly depends: readonly Range[]
  /** No rows come after these. */
  readonly last: boolean
}

/**
 * One map, streamed: a portion of rows is taken in and encoded while the one before it is on its way, and no more.
 * Jids are leased for the whole of it where its length is known, else for each portion.
 *
 * The parts of a map are one submission, open until its last part. Portions whose rows hold references to other jobs'
 * results are submissions of their own, of one segment each: so each starts when its own dependencies are done.
 */
export class MapRun {
  readonly #params: MapParams
  readonly #wire: WireOptions
  #prepared: Prepared
  #encoder: ArgumentEncoder
  #isFirstRow = true
  readonly #ranges: [number, number][] = []
  /** Leased for this map and not yet used. */
  #ahead: { next: number; count: number } | undefined
  #left: number | undefined
  #id: number | undefined
  /** Whether the submission still waits for its last part. */
  #open = false
  #jobs = FIRST_JOBS
  #heldOver: Payload | undefined

  constructor(params: MapParams) {
    this.#params = params
    this.#left = params.rows.length
    const { options, prepared, session } = params
    this.#wire = wireOf(options, [])
    this.#prepared = prepared
    this.#encoder = session.encoder(prepared, options.level)
  }

  /** The jids, once every part was accepted. When it fails, what was accepted is killed. */
  async run(first: Portion | Promise<Portion> = this.take()): Promise<readonly Range[]> {
    let sending = Promise.resolve()
    try {
      let portion = await first
      while (!portion.last) {
        // One on its way, one being made.
        sending = this.#send(portion)
        const taking = (async () => this.take())()
        ;[, portion] = await Promise.all([sending, taking])
        // A service in this process answers without a turn of the event loop, in which results could come in.
        await turn()
      }
      if (portion.payloads.length > 0 || this.#open) await this.#send(portion)
      return this.#ranges
    } catch (error) {
      await sending.catch(() => undefined)
      await this.#undo()
      throw error
    }
  }

  /** The next portion; without waiting where the sequences are no async ones. */
  take(): Portion | Promise<Portion> {
    const taken = new Taken(this.#jobs)
    this.#jobs = Math.min(MAX_REQUEST_JOBS, this.#jobs * 2)
    if (this.#heldOver !== undefined) taken.add(this.#heldOver)
    this.#heldOver = undefined
    return this.#fill(taken)
  }

  #fill(taken: Taken): Portion | Promise<Portion> {
    const { rows } = this.#params
    while (!taken.isFull) {
      const row = rows.next()
      if (row instanceof Promise)
        return row.then(settled => (this.#put(taken, settled) ? taken.portion() : this.#fill(taken)))
      if (this.#put(taken, row)) break
    }
    return taken.portion()
  }

  /** True when the portion ends with this row, or before it. */
  #put(taken: Taken, row: readonly unknown[] | undefined): boolean {
    if (row === undefined) {
      taken.last = true
      return true
    }
    const payload = this.#encode(row)
    if (!taken.takes(payload)) {
      this.#heldOver = payload
      return true
    }
    taken.add(payload)
    return false
  }

  #encode(row: readonly unknown[]): Payload {
    const { session, options, along } = this.#params
    const isFirst = this.#isFirstRow
    this.#isFirstRow = false
    const payload = this.#encoder.encode(row, false, isFirst && options.wire.env === undefined)
    const { shared } = payload
    if (shared?.refusal !== undefined) throw shared.refusal
    if (shared === undefined || shared.ofPackages.length + shared.weak.length === 0 || !isFirst) return payload
    return captureAlong(shared, shared.ofPackages, things => {
      this.#prepared = along(things)
      this.#encoder = session.encoder(this.#prepared, options.level)
      return this.#encoder.encode(row, false)
    })
  }

  async #send({ payloads, sent, depends, last }: Portion): Promise<void> {
    const { session, options } = this.#params
    const prepared = this.#prepared
    const bytes = payloads.some(payload => payload instanceof Promise) ? await Promise.all(payloads) : payloads
    let from = 0
    do {
      const count = bytes.length - from
      const [first, many] = count === 0 ? [this.#id ?? 0, 0] : await this.#jids(count)
      const request = new SubmitRequest()
      const own = depends.length > 0
      if (!own) this.#id ??= first
      const id = own ? first : (this.#id as number)
      const open = !(own || (last && many === count))
      request.add({
        id,
        first,
        payloads: bytes.slice(from, from + many) as Uint8Array[],
        prepared,
        options: own ? wireOf({ ...options, wire: this.#wire, delay: undefined }, depends) : this.#wire,
        open,
      })
      await session.submitter.send(request)
      if (!own) this.#open = open
      this.#note(first, many, sent.slice(from, from + many))
      from += many
      if (many > 0) this.#accepted(first, many)
    } while (from < bytes.length)
    if (last && this.#open) await this.#seal()
  }

  /** The submission ended with portions that were none of its parts. */
  async #seal(): Promise<void> {
    const { session } = this.#params
    const request = new SubmitRequest()
    const id = this.#id as number
    request.add({ id, first: id, payloads: [], prepared: this.#prepared, options: this.#wire })
    await session.submitter.send(request)
    this.#open = false
  }

  #note(first: number, count: number, sent: readonly (Sent | undefined)[]): void {
    const { session } = this.#params
    const prepared = this.#prepared
    const ofFunction = namesOf(prepared, undefined)
    if (sent.every(it => it === undefined)) session.sent.note(first, count, ofFunction)
    else for (const [at, it] of sent.entries()) session.sent.note(first + at, 1, namesOf(prepared, it))
  }

  #accepted(first: number, count: number): void {
    const last = this.#ranges.at(-1)
    if (last !== undefined && last[0] + last[1] === first) last[1] += count
    else this.#ranges.push([first, count])
    this.#params.accepted(first, count)
  }

  /** Up to `count` consecutive fresh jids. */
  async #jids(count: number): Promise<[first: number, count: number]> {
    if (this.#ahead === undefined || this.#ahead.count === 0) {
      const wanted = Math.min(MAX_LEASE_JIDS, this.#left ?? count)
      this.#ahead = { next: await this.#params.session.leases.need(wanted, wanted >= MAX_SEGMENT_JOBS), count: wanted }
      if (this.#left !== undefined) this.#left -= wanted
    }
    const { next } = this.#ahead
    const taken = Math.min(count, this.#ahead.count)
    this.#ahead = { next: next + taken, count: this.#ahead.count - taken }
    return [next, taken]
  }

  async #undo(): Promise<void> {
    const { rows, session } = this.#params
    // An async one may be in the middle of its next item: nobody waits for that.
    void rows.close().catch(() => undefined)
    if (this.#ranges.length === 0) return
    await session.transport.json('POST', paths.kill, { ranges: this.#ranges }).catch(() => undefined)
  }
}

/** A portion while it fills. */
class Taken {
  readonly #limit: number
  readonly #payloads: (Uint8Array | Promise<Uint8Array>)[] = []
  readonly #sent: (Sent | undefined)[] = []
  readonly #depends: Range[] = []
  #bytes = 0
  last = false

  constructor(limit: number) {
    this.#limit = limit
  }

  get isFull(): boolean {
    if (this.#depends.length > 0) return this.#payloads.length >= MAX_SEGMENT_JOBS
    return this.#payloads.length >= this.#limit || this.#bytes >= MAX_ARGUMENT_BYTES
  }

  takes({ size, depends }: Payload): boolean {
    if (this.#payloads.length === 0) return true
    if (depends.length > 0 && this.#depends.length === 0) return false
    return this.#bytes + size <= MAX_ARGUMENT_BYTES
  }

  add({ bytes, size, depends, sent }: Payload): void {
    this.#payloads.push(bytes)
    this.#sent.push(sent)
    this.#bytes += size
    if (depends.length > 0) this.#depends.push(...depends)
  }

  portion(): Portion {
    return { payloads: this.#payloads, sent: this.#sent, depends: this.#depends, last: this.last }
  }
}
