import type { Service } from '../../lib/http/route.ts'
import { CloudException } from '../../lib/protocol/errors.ts'
import { encodeFailure, type Failure } from '../../lib/protocol/failure.ts'
import type { JobFacts } from '../../lib/protocol/info.ts'
import { isTerminal, type Range, type Status } from '../../lib/protocol/job.ts'
import { pack, packedFrom, unpack } from '../../lib/protocol/packed.ts'
import { blobReferenceOf } from '../../lib/protocol/payload.ts'
import type { Finished, Submission, SubmitHeader } from '../../lib/protocol/routes.ts'
import { decode } from '../../lib/value/decode.ts'
import { encode, gather } from '../../lib/value/encode.ts'
import { fakeCall } from './fake-call.ts'
import { fakeCrons } from './fake-crons.ts'
import { realAccounts, realAwaitResult, realEnvironments, realFiles, realPublished } from './real-parts.ts'

export interface FakeJob {
  readonly jid: number
  readonly args: Uint8Array
  readonly submission: Submission
  status: Status
  payload: Uint8Array
}

type Run = (args: unknown[], job: FakeJob) => unknown

/** What a run returns to leave its job open until the test ends it. */
export const open: unique symbol = Symbol('open')

/** An engine that keeps jobs in a map and "runs" them by a function of the test's. No user code is revived. */
export class FakeEngine implements Service {
  readonly jobs = new Map<number, FakeJob>()
  readonly submits: SubmitHeader[] = []
  readonly leases: number[] = []
  readonly waits: Range[][] = []
  /** For how long the answers to calls might wait, and whether they bring ends along. */
  readonly held: number[] = []
  holds = false
  readonly killed: (readonly Range[] | undefined)[] = []
  readonly bundles = new Map<string, Uint8Array>()
  /** Sizes of bundles for which a place was asked. */
  readonly asked: number[] = []
  readonly blobs = new Map<string, Uint8Array>()
  readonly open = new Set<number>()
  /** The real ones, over memory. */
  readonly accounts = realAccounts()
  readonly published = realPublished()
  readonly files = realFiles()
  readonly environments = realEnvironments()
  facts = new Map<number, JobFacts>()
  /** Why a submit is refused; undefined where it is not. */
  refuses: (header: SubmitHeader) => CloudException | '' | undefined = () => undefined
  hanging = 0
  #next = 1
  #run: Run
  #changed = Promise.withResolvers<void>()

  constructor(run: Run = () => open) {
    this.#run = run
  }

  readonly crons = fakeCrons(this)
  readonly call = fakeCall(this)

  async lease({ count }: { count: number }) {
    this.leases.push(count)
    const first = this.#next
    const whole = Math.ceil(count / 100) * 100
    this.#next += whole
    return { first, count: whole, expires: Date.now() + 60_000 }
  }

  async submit(header: SubmitHeader, sections: readonly Uint8Array[]) {
    this.submits.push(header)
    const refusal = this.refuses(header)
    if (refusal) throw refusal
    for (const { hash, section } of header.bundles ?? []) this.bundles.set(hash, sections[section] as Uint8Array)
    const named = header.submissions.map(submission => submission.function)
    const needed = named.flatMap(({ bundle, modules = [] }) => [bundle, ...modules])
    const missing = [...new Set(needed)].filter(hash => !this.bundles.has(hash))
    if (missing.length > 0) return { missing }
    for (const submission of header.submissions) {
      if (submission.open) this.open.add(submission.id)
      else this.open.delete(submission.id)
      for (const { first, count, args } of submission.segments) {
        const packed = packedFrom(sections[args[0]] as Uint8Array, sections[args[1]] as Uint8Array)
        for (let index = 0; index < count; index++)
          this.#accept(first + index, unpack(packed, index).slice(), submission)
      }
    }
    return {}
  }

  #accept(jid: number, args: Uint8Array, submission: Submission): void {
    if (this.jobs.has(jid)) return
    const job: FakeJob = { jid, args, submission, status: 'queued', payload: new Uint8Array() }
    this.jobs.set(jid, job)
    try {
      const value = this.#run(this.argsOf(job), job)
      if (value !== open) this.done(jid, value)
    } catch (error) {
      const { name, message, stack } = error as Error
      this.fail(jid, { code: 'exception', message, name, ...(stack && { stack }), value: base64(error) })
    }
  }

  argsOf({ args }: FakeJob): unknown[] {
    const blob = blobReferenceOf(args)
    return decode(blob === undefined ? args : (this.blobs.get(blob.key) as Uint8Array), {
      foreign: data => data,
    }) as unknown[]
  }

  done(jid: number, value: unknown): void {
    this.#end(jid, 'done', gather(encode(value)))
  }

  fail(jid: number, failure: Failure, status: Status = 'error'): void {
    this.#end(jid, status, encodeFailure(failure))
  }

  #end(jid: number, status: Status, payload: Uint8Array): void {
    const job = this.#job(jid)
    job.status = status
    job.payload = payload
    const { resolve } = this.#changed
    this.#changed = Promise.withResolvers()
    resolve()
  }

  async wait({ ranges, results, wait }: { ranges: Range[]; results: boolean; wait: number }, signal?: AbortSignal) {
    this.waits.push(ranges)
    this.hanging++
    let over = wait === 0
    const timer = setTimeout(() => this.#wake(() => (over = true)), wait)
    signal?.addEventListener('abort', () => this.#wake(() => (over = true)), { once: true })
    try {
      for (;;) {
        const finished = this.#finished(ranges, results)
        if (finished.answer.finished.length > 0 || over || signal?.aborted) return finished
        await this.#changed.promise
      }
    } finally {
      clearTimeout(timer)
      this.hanging--
    }
  }

  #wake(first: () => void): void {
    first()
    const { resolve } = this.#changed
    this.#changed = Promise.withResolvers()
    resolve()
  }

  #finished(ranges: readonly Range[], results: boolean): Finished {
    const finished: { first: number; statuses: Status[] }[] = []
    const payloads: Uint8Array[] = []
    for (const job of this.#all(ranges)) {
      if (!isTerminal(job.status)) continue
      const last = finished.at(-1)
      if (last !== undefined && last.first + last.statuses.length === job.jid) last.statuses.push(job.status)
      else finished.push({ first: job.jid, statuses: [job.status] })
      payloads.push(results ? job.payload : new Uint8Array())
    }
    return { answer: { finished, more: false, retryAfter: 0 }, payloads: pack(payloads) }
  }

  async status({ ranges }: { ranges: Range[] }) {
    return { statuses: this.#all(ranges).map(({ jid, status }) => ({ first: jid, count: 1, status })) }
  }

  async info({ ranges }: { ranges: Range[] }) {
    return { jobs: this.#all(ranges).map(({ jid }) => ({ jid, ...this.facts.get(jid) })) }
  }

  async kill({ ranges }: { ranges?: Range[] | undefined }) {
    this.killed.push(ranges)
    const jobs = ranges === undefined ? [...this.jobs.values()] : this.#all(ranges)
    for (const { jid, status } of jobs) {
      if (!isTerminal(status)) this.fail(jid, { code: 'killed', message: 'it was killed' }, 'killed')
    }
  }

  async delete({ ranges }: { ranges: Range[] }) {
    const jobs = this.#all(ranges)
    for (const { jid, status } of jobs) {
      if (!isTerminal(status)) throw new CloudException(`Job ${jid} is not finished.`, { code: 'not-finished', jid })
    }
    for (const { jid } of jobs) this.jobs.delete(jid)
  }

  async list({ limit = 100, cursor }: { limit?: number | undefined; cursor?: string | undefined }) {
    const all = [...this.jobs.values()].reverse()
    const from = Number(cursor ?? 0)
    const jobs = all.slice(from, from + limit).map(({ jid, status, submission }) => ({
      first: jid,
      count: 1,
      status,
      label: submission.options.label ?? null,
      function: submission.function.name,
      created: 1_000,
    }))
    return { jobs, ...(from + limit < all.length && { cursor: String(from + limit) }) }
  }

  async hasBundle(hash: string) {
    return this.bundles.has(hash)
  }

  async putBundle(hash: string, bytes: Uint8Array) {
    this.bundles.set(hash, bytes)
  }

  async uploadBundle(hash: string, { size }: { size: number }) {
    this.asked.push(size)
    return { url: `/v1/functions/${hash}` }
  }

  async upload() {
    const key = `u/${this.blobs.size + 1}`
    this.blobs.set(key, new Uint8Array())
    return { key, url: `/v1/blobs/${key}` }
  }

  async putBlob(key: string, body: readonly Uint8Array[] | AsyncIterable<Uint8Array>) {
    if (!this.blobs.has(key)) throw new CloudException(`Nobody asked for the key ${key}.`, { code: 'invalid-request' })
    const parts: Uint8Array[] = []
    for await (const part of body) parts.push(part)
    this.blobs.set(key, Buffer.concat(parts))
  }

  awaitResult = realAwaitResult(asked => this.wait(asked))

  async getBlob(key: string) {
    return this.blobs.get(key)
  }

  #all(ranges: readonly Range[]): FakeJob[] {
    return ranges.flatMap(([first, count]) => Array.from({ length: count }, (_, index) => this.#job(first + index)))
  }

  #job(jid: number): FakeJob {
    const job = this.jobs.get(jid)
    if (job === undefined) throw new CloudException(`There is no job ${jid}.`, { code: 'unknown-job', jid })
    return job
  }
}

function base64(value: unknown): string {
  return Buffer.from(gather(encode(value))).toString('base64')
}
