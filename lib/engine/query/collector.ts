import type { Range, Status } from '../../protocol/job.ts'
import { MAX_WAIT_BYTES, MAX_WAIT_RESULTS } from '../../protocol/limits.ts'
import type { Finished, WaitRequest } from '../../protocol/routes.ts'
import { encodeDeleted, encodeMade } from '../records/made-failure.ts'
import type { Part, StoredRun } from '../records/segment.ts'
import { DONE, ERROR, statusOf } from '../records/status-code.ts'
import { isBuried, type Span, spansOf } from './spans.ts'
import type { View } from './view.ts'

const nothing = new Uint8Array()

/** Gathers finished jobs and their payloads, up to the limits of one answer. */
export class Collector {
  /** The answer is as large as it may be, and more was there. */
  full = false
  #count = 0
  #bytes = 0
  readonly #limit: number
  readonly #results: boolean
  readonly #finished: { first: number; statuses: Status[] }[] = []
  #next = -1
  readonly #pieces: Uint8Array[] = []
  readonly #ends: number[] = []

  constructor({ limit = MAX_WAIT_RESULTS, results }: Pick<WaitRequest, 'limit' | 'results'>) {
    this.#limit = limit
    this.#results = results
  }

  get count(): number {
    return this.#count
  }

  /** The finished ones among these jobs, in their order. Refuses `unknown-job`. */
  add(ranges: readonly Range[], views: readonly View[]): void {
    for (const span of spansOf(ranges, views)) {
      this.#addSpan(span)
      if (this.full) return
    }
  }

  #addSpan({ view, from, to }: Span): void {
    if (!view.mayBeFinished || this.#addWhole(view, from, to)) return
    const { first } = view.stored.segment
    const { runs } = view.stored
    let run = 0
    let find: Find | undefined
    for (let offset = from; offset < to && !this.full; offset++) {
      const code = view.statuses[offset] as number
      if (code < DONE) continue
      const jid = first + offset
      const gone = isBuried(view, offset)
      if (!this.#results || gone) {
        this.#push(jid, gone ? ERROR : code, this.#results ? encodeDeleted() : nothing)
        continue
      }
      while (run < runs.length && endOf(runs[run] as StoredRun) <= jid) {
        run++
        find = undefined
      }
      find ??= finderOf(runs[run], jid)
      const payload = find(jid)
      this.#push(jid, code, payload.byteLength === 0 ? encodeMade(code, view.gate) : payload)
    }
  }

  /** A segment that is one finished run, whose jobs all have a payload, as the most are: without a look at each. */
  #addWhole(view: View, from: number, to: number): boolean {
    const { segment, runs, tombs } = view.stored
    const [only] = runs
    const part = only?.payloads[0]
    if (tombs !== undefined || only === undefined || part === undefined || to - from < segment.count) return false
    const { ends, bytes } = part.packed
    if (only.run.unfinished > 0 || ends.length < segment.count || only.payloads.length > 1) return false
    if (this.#count + ends.length > this.#limit || this.#bytes + bytes.byteLength > MAX_WAIT_BYTES) return false
    if (this.#results) {
      for (let index = 0; index < ends.length; index++) this.#ends.push(this.#bytes + (ends[index] as number))
      this.#bytes += bytes.byteLength
      this.#pieces.push(bytes)
    } else for (let index = 0; index < ends.length; index++) this.#ends.push(0)
    this.#count += ends.length
    const names: Status[] = []
    for (let offset = 0; offset < ends.length; offset++) names.push(statusOf(view.statuses[offset] as number))
    const last = this.#finished.at(-1)
    if (last !== undefined && this.#next === segment.first) for (const name of names) last.statuses.push(name)
    else this.#finished.push({ first: segment.first, statuses: names })
    this.#next = segment.first + segment.count
    return true
  }

  #push(jid: number, code: number, payload: Uint8Array): void {
    if (this.#count >= this.#limit || (this.#count > 0 && this.#bytes + payload.byteLength > MAX_WAIT_BYTES)) {
      this.full = true
      return
    }
    this.#count++
    this.#bytes += payload.byteLength
    this.#ends.push(this.#bytes)
    if (payload.byteLength > 0) this.#pieces.push(payload)
    const last = this.#finished.at(-1)
    if (last !== undefined && this.#next === jid) last.statuses.push(statusOf(code))
    else this.#finished.push({ first: jid, statuses: [statusOf(code)] })
    this.#next = jid + 1
  }

  answer(): Finished {
    const bytes = new Uint8Array(this.#bytes)
    let at = 0
    for (const piece of this.#pieces) {
      bytes.set(piece, at)
      at += piece.byteLength
    }
    const answer = { finished: this.#finished, more: this.full, retryAfter: 0 }
    return { answer, payloads: { ends: Uint32Array.from(this.#ends), bytes } }
  }
}

function endOf({ run }: StoredRun): number {
  return run.first + run.count
}

type Find = (jid: number) => Uint8Array

/** Finds payloads in the run that `jid` is in, or before which it is; empty where there is none. */
function finderOf(stored: StoredRun | undefined, jid: number): Find {
  if (stored === undefined || stored.run.first > jid) return () => nothing
  const { run, payloads } = stored
  const [only] = payloads
  if (only === undefined) return () => nothing
  // A finished chunk whose jobs all have a payload: the common case.
  if (payloads.length === 1 && only.offsets.length === run.count) return one => at(only, one - run.first)
  const places = new Map<number, Uint8Array>()
  for (const part of payloads) {
    for (const [index, offset] of part.offsets.entries()) places.set(run.first + offset, at(part, index))
  }
  return one => places.get(one) ?? nothing
}

function at({ packed: { ends, bytes } }: Part, index: number): Uint8Array {
  return bytes.subarray(index === 0 ? 0 : ends[index - 1], ends[index])
}
