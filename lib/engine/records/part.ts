import { type Packed, pack } from '../../protocol/packed.ts'
import type { Part } from './segment.ts'

// A lone job's index says no more than how long its payload is: one array for each length, for all jobs.
const first = Uint8Array.of(0)
const SHARED = 1_024
const ends: (Uint32Array | undefined)[] = new Array<undefined>(SHARED).fill(undefined)

/** A copy of one payload, packed. */
export function packOne(payload: Uint8Array): Packed {
  const { byteLength } = payload
  // Not `slice`, which of a Buffer is a view.
  const bytes = new Uint8Array(payload)
  if (byteLength >= SHARED) return { ends: Uint32Array.of(byteLength), bytes }
  const index = ends[byteLength] ?? Uint32Array.of(byteLength)
  ends[byteLength] = index
  return { ends: index, bytes }
}

/** Copies of the payloads of these jobs. */
export function partOf(offsets: readonly number[], payloads: readonly Uint8Array[]): Part {
  const [only] = payloads
  if (payloads.length === 1 && only !== undefined && offsets[0] === 0) return { offsets: first, packed: packOne(only) }
  return { offsets: Uint8Array.from(offsets), packed: pack(payloads) }
}
