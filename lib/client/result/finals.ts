import type { TerminalStatus } from '../../protocol/job.ts'
import { type Packed, unpack } from '../../protocol/packed.ts'
import { DEFAULT_RESULT_CACHE_BYTES } from '../config/config-options.ts'

/** What the objects around one answer's run of jobs take, counted into the same limit; and each status in it. */
const RUN_BYTES = 600
const STATUS_BYTES = 8
/** Jids of one bucket of the index. */
const BUCKET = 100

/** Consecutive jobs that ended, as one answer told them. Without payloads where only statuses were asked for. */
export interface FinalRun {
  readonly first: number
  readonly statuses: readonly TerminalStatus[]
  readonly payloads: Packed | undefined
  /** Where this run's payloads start among them. */
  readonly offset: number
}

/** How one job ended. */
export interface Final {
  readonly jid: number
  readonly status: TerminalStatus
  /** A result's payload, or a Failure as JSON; absent where it was not asked for. */
  readonly payload: Uint8Array | undefined
}

export function finalOf({ first, statuses, payloads, offset }: FinalRun, jid: number): Final {
  const index = jid - first
  return {
    jid,
    status: statuses[index] as TerminalStatus,
    payload: payloads === undefined ? undefined : unpack(payloads, offset + index),
  }
}

interface Entry {
  readonly run: FinalRun
  readonly size: number
}

/** Final statuses and results that were fetched, the least lately used ones given up first; final means for ever. */
export class Finals {
  readonly #limit: number
  /** In the order of their last use. */
  readonly #entries = new Set<Entry>()
  readonly #index = new Map<number, Entry[]>()
  /** The one that was used last. */
  #latest: Entry | undefined
  #size = 0

  /** @param limit bytes of results and failures that are kept */
  constructor(limit = DEFAULT_RESULT_CACHE_BYTES) {
    this.#limit = limit
  }

  /** Bytes held. */
  get size(): number {
    return this.#size
  }

  add(run: FinalRun): void {
    const entry = { run, size: sizeOf(run) }
    if (entry.size > this.#limit) return
    this.#entries.add(entry)
    this.#latest = entry
    this.#size += entry.size
    const last = lastBucketOf(run)
    for (let bucket = Math.floor(run.first / BUCKET); bucket <= last; bucket++) {
      const list = this.#index.get(bucket)
      if (list === undefined) this.#index.set(bucket, [entry])
      else list.push(entry)
    }
    if (this.#size > this.#limit) this.#shrink()
  }

  /** With its payload where `payload` is true, else whichever is known. */
  get(jid: number, payload: boolean): Final | undefined {
    const list = this.#index.get(Math.floor(jid / BUCKET))
    if (list === undefined) return undefined
    // What came last is mostly what is asked for.
    for (let index = list.length - 1; index >= 0; index--) {
      const entry = list[index] as Entry
      const { run } = entry
      if (jid < run.first || jid >= run.first + run.statuses.length) continue
      if (payload && run.payloads === undefined) continue
      this.#use(entry)
      return finalOf(run, jid)
    }
    return undefined
  }

  #use(entry: Entry): void {
    if (entry === this.#latest) return
    this.#entries.delete(entry)
    this.#entries.add(entry)
    this.#latest = entry
  }

  /** Forgets these jobs, and their neighbours of one answer with them. */
  forget(first: number, count: number): void {
    for (const entry of [...this.#entries]) {
      const { run } = entry
      if (run.first < first + count && first < run.first + run.statuses.length) this.#drop(entry)
    }
  }

  #shrink(): void {
    for (const oldest of this.#entries) {
      if (this.#size <= this.#limit) break
      this.#drop(oldest)
    }
  }

  #drop(entry: Entry): void {
    this.#entries.delete(entry)
    this.#size -= entry.size
    const last = lastBucketOf(entry.run)
    for (let bucket = Math.floor(entry.run.first / BUCKET); bucket <= last; bucket++) {
      const left = this.#index.get(bucket)?.filter(other => other !== entry) ?? []
      if (left.length === 0) this.#index.delete(bucket)
      else this.#index.set(bucket, left)
    }
  }
}

function lastBucketOf({ first, statuses }: FinalRun): number {
  return Math.floor((first + statuses.length - 1) / BUCKET)
}

function sizeOf({ statuses, payloads, offset }: FinalRun): number {
  const count = statuses.length
  const around = RUN_BYTES + STATUS_BYTES * count
  if (payloads === undefined) return around
  const { ends } = payloads
  const start = offset === 0 ? 0 : (ends[offset - 1] as number)
  return around + (ends[offset + count - 1] as number) - start
}
