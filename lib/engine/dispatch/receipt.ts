import { MAX_DELAY_MS } from '../ports/queue.ts'
import type { Gate } from '../records/gate.ts'
import { chunkOf, type StoredSegment } from '../records/segment.ts'

/** What to do with a message that was received. */
export type Action =
  | { readonly act: 'claim' }
  /** Nothing will ever be left to do for it. */
  | { readonly act: 'delete' }
  /** It stays the custodian: visible again after `delay`. */
  | { readonly act: 'keep'; readonly delay: number }
  /** A new message with this delay takes its place. */
  | { readonly act: 'replace'; readonly delay: number }

export interface Receipt {
  /** Jid that the chunk begins with. */
  readonly first: number
  /** Milliseconds since the message was sent, taken before the records were read: a header that came after is not missed. */
  readonly age: number
  readonly stored: StoredSegment | undefined
  /** Of a gated segment. */
  readonly gate: Gate | undefined
  readonly now: number
  /** From 0 to below 1. */
  readonly random: number
}

interface Times {
  readonly acceptance: number
  readonly again: number
}

const claim: Action = { act: 'claim' }
const remove: Action = { act: 'delete' }

/** A message goes only when its jobs are terminal, or were never accepted; one that meets a claim waits that claim out. */
export function actOn(receipt: Receipt, { acceptance, again }: Times): Action {
  const { stored, gate, now, age, first } = receipt
  const unaccepted: Action = age < acceptance ? { act: 'keep', delay: again } : remove
  if (stored === undefined) return unaccepted
  const { segment } = stored
  if (isBuried(stored, first)) return remove
  if (segment.gated) {
    if (gate === undefined) return unaccepted
    // A waiting gate sends messages of its own once it opens, and finds this segment then, as we did now.
    if (gate.state !== 'open') return remove
  }
  const run = stored.runs.find(one => one.run.first === first)?.run
  if (run?.phase === 'finished') return remove
  const notBefore = Math.max(run?.notBefore ?? 0, (run?.attempt ?? 0) === 0 ? (segment.options.startAt ?? 0) : 0)
  if (notBefore > now) return { act: 'replace', delay: Math.min(notBefore - now, MAX_DELAY_MS) }
  if (run?.phase === 'processing' && run.lease > now) {
    return { act: 'keep', delay: run.lease - now + Math.round(1_000 * receipt.random) }
  }
  return claim
}

function isBuried({ tombs, segment }: StoredSegment, first: number): boolean {
  if (tombs === undefined) return false
  const [from, count] = chunkOf(segment, first)
  const at = from - segment.first
  return tombs.subarray(at, at + count).every(status => status !== 0)
}
