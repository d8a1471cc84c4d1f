import type { Ahead } from '../ports/ahead.ts'
import { outputKey, profileKey } from '../ports/blob-keys.ts'
import type { Blobs } from '../ports/blobs.ts'
import type { RunPut } from '../ports/job-store.ts'
import type { Outcome } from '../ports/launcher.ts'
import type { Receipt } from '../ports/queue.ts'
import { consecutive, joined } from '../records/part.ts'
import { OUTPUT, PROFILE, retriesAt } from '../records/run.ts'
import type { Part } from '../records/segment.ts'
import { DONE, ERROR, KILLED, QUEUED } from '../records/status-code.ts'
import { type Ended, type Event, transition } from '../records/transition.ts'
import type { Custody } from './custody.ts'
import { keepOutput } from './show-output.ts'

/** One write of a run that is held here, and what follows once it is kept. */
export interface Write {
  readonly custody: Custody
  readonly put: RunPut
  /** Jobs that are to be tried again. */
  readonly again: readonly number[]
  /** What has an output or a profile to keep before the write. */
  readonly printed: readonly Outcome[]
  /** Until when the lease holds, where the write moves it. */
  readonly lease: number | undefined
}

const noOffsets: readonly number[] = []
const gone = Promise.resolve()
const noOutcomes: readonly Outcome[] = []
const codes = { done: DONE, error: ERROR, killed: KILLED } as const

/** What was reported since the last write; undefined when the run is no longer held. */
export function finishing(custody: Custody, now: number): Write | undefined {
  const { outcomes, outputs, returns } = custody
  if (outcomes.length > 0) custody.outcomes = []
  if (returns.length > 0) custody.returns = []
  const ended: Ended[] = []
  const parts: Part[] = []
  for (const { offset, count, payloads, usage } of returns) {
    for (let nth = 0; nth < count; nth++)
      ended.push({ offset: offset + nth, status: DONE, flags: 0, usage: usage(nth) })
    parts.push({ offsets: consecutive(offset, count), packed: payloads })
  }
  let again = noOffsets
  let printed = noOutcomes
  for (const outcome of outcomes) {
    const { offset, payload, usage, profile } = outcome
    const flags = (outputs?.has(offset) === true ? OUTPUT : 0) | (profile === undefined ? 0 : PROFILE)
    if (flags !== 0) printed = [...printed, outcome]
    if (custody.isToBeTriedAgain(outcome)) {
      ended.push({ offset, status: QUEUED, flags: 0, usage })
      again = [...again, offset]
      continue
    }
    ended.push({ offset, status: codes[outcome.status], flags, usage })
    if (payload.byteLength === 0) continue
    parts.push({
      offsets: consecutive(offset, 1),
      packed: { ends: Uint32Array.of(payload.byteLength), bytes: payload },
    })
  }
  const run = writeOf(custody, { type: 'finish', attempt: custody.run.attempt, started: custody.fresh, ended }, now)
  if (run === undefined) return undefined
  const put = parts.length === 0 ? { run } : { run, payloads: joined(parts) }
  return { custody, put, again, printed, lease: undefined }
}

export function renewing(custody: Custody, now: number, lease: number): Write | undefined {
  const { attempt } = custody.run
  const run = writeOf(custody, { type: 'renew', attempt, started: custody.fresh, lease }, now)
  return run && { custody, put: { run }, again: noOffsets, printed: noOutcomes, lease }
}

function writeOf(custody: Custody, event: Event, now: number) {
  if (custody.fresh.length > 0) custody.fresh = []
  const run = transition(custody.run, event, now)
  return typeof run === 'string' ? undefined : run
}

/** What became of some writes. */
export interface Put {
  /** Of each, whether it was kept. */
  readonly kept: readonly boolean[]
  /** Resolves once the messages are gone that are not needed any more. */
  readonly deleted: Promise<void>
}

/** Resolves once the writes are kept. The messages go along with them where that is possible, else after them. */
export async function putAll(ahead: Ahead, writes: readonly Write[]): Promise<Put> {
  const done = ahead.begin()
  const kept = await ahead.store.putRuns({ puts: writes.map(one => one.put) })
  const deleted = deleteOver(ahead, kept.includes(false) ? writes.filter((_, index) => kept[index] === true) : writes)
  // Whoever waits for it hears of it.
  deleted.catch(() => undefined)
  await done()
  return { kept, deleted }
}

/** Of chunks of which nothing is left. A message that stays comes up again, meets a finished run, and goes then. */
export function deleteOver({ jobs }: Pick<Ahead, 'jobs'>, writes: readonly Write[]): Promise<void> {
  const receipts: Receipt[] = []
  for (const { put, custody } of writes) if (put.run.phase === 'finished') receipts.push(custody.receipt)
  return receipts.length > 0 ? jobs.delete({ receipts }) : gone
}

const encoder = new TextEncoder()

/** Before the run says that there is an output or a profile, there is. */
export async function keepPrinted(blobs: Blobs, { custody, printed }: Write): Promise<void> {
  const { first, attempt } = custody.run
  await custody.showing
  for (const { offset, profile } of printed) {
    const name = { jid: first + offset, attempt, tries: retriesAt(custody.run, offset) + 1 }
    const output = custody.outputs?.get(offset)
    if (output !== undefined) await keepOutput(blobs, outputKey(name), output)
    if (profile !== undefined) await blobs.put({ key: profileKey(name), parts: [encoder.encode(profile)] })
  }
}
