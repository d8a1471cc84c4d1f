import type { Principal } from '../../protocol/job.ts'
import { MAX_INLINE_BYTES } from '../../protocol/limits.ts'
import type { WireOptions } from '../../protocol/options.ts'
import { pack } from '../../protocol/packed.ts'
import { encodeBlobReference } from '../../protocol/payload.ts'
import { encodePlain } from '../../protocol/plain-payload.ts'
import type { FunctionReference, LeaseAnswer, LeaseRequest } from '../../protocol/routes.ts'
import { freshUploadKey } from '../ports/blob-keys.ts'
import type { Ports } from '../ports/ports.ts'
import type { Submit } from './submit.ts'

/** A function that was stored to be called later, by the service itself: its bundles are here. */
export interface StoredFunction {
  readonly function: FunctionReference
  readonly options: WireOptions
}

/** Submits jobs of stored functions: crons, and what was published. */
export interface StoredCalls {
  /** A job with these arguments, which JSON can hold; for `principal`. Resolves to its jid. */
  call(stored: StoredFunction, args: readonly unknown[], principal: Principal): Promise<number>
}

/** Milliseconds before a lease ends from which its jids are no longer used. */
const LEASE_MARGIN_MS = 10_000

/** Jids are leased in blocks, and used up one by one. */
export function createStoredCalls(
  { clock, blobs }: Pick<Ports, 'clock' | 'blobs'>,
  { submit, lease }: { readonly submit: Submit; readonly lease: (request: LeaseRequest) => Promise<LeaseAnswer> },
): StoredCalls {
  let block: LeaseAnswer | undefined
  let used = 0

  async function nextJid(): Promise<number> {
    if (block === undefined || used === block.count || clock.now() > block.expires - LEASE_MARGIN_MS) {
      const fresh = await lease({ count: 1 })
      // Another call may have been faster: its block is as good.
      if (block === undefined || used === block.count || clock.now() > block.expires - LEASE_MARGIN_MS) {
        block = fresh
        used = 0
      }
    }
    return block.first + used++
  }

  /** A payload that is too large to travel along is a blob. */
  async function payloadOf(args: readonly unknown[]): Promise<Uint8Array> {
    const payload = encodePlain({ kind: 'json', json: JSON.stringify(args) })
    const size = payload.byteLength
    if (size <= MAX_INLINE_BYTES) return payload
    const key = freshUploadKey(clock)
    await blobs.put({ key, parts: [payload] })
    return encodeBlobReference({ key, size })
  }

  return {
    async call({ function: reference, options }, args, principal) {
      const jid = await nextJid()
      const { ends, bytes } = pack([await payloadOf(args)])
      const submission = {
        id: jid,
        function: reference,
        options,
        segments: [{ first: jid, count: 1, args: [0, 1] as [number, number] }],
      }
      const sections = [new Uint8Array(ends.buffer, ends.byteOffset, ends.byteLength), bytes]
      await submit({ submissions: [submission] }, sections, principal)
      return jid
    },
  }
}
