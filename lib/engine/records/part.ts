import { MAX_SEGMENT_JOBS } from '../../protocol/limits.ts'
import type { Packed } from '../../protocol/packed.ts'
import type { Part } from './segment.ts'

// A lone job's index says no more than how long its payload is: one array for each length, for all jobs.
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

// As no list of offsets is changed in place, all chunks share those of one length.
const upTo = Uint8Array.from({ length: MAX_SEGMENT_JOBS }, (_, offset) => offset)

const first = upTo.subarray(0, 1)

/** So many offsets from one on. */
export function consecutive(from: number, count: number): Uint8Array {
  return from === 0 && count === 1 ? first : upTo.subarray(from, from + count)
}

/** A copy of all that these parts hold, as one in the order of the jobs. Each has consecutive jobs of its own. */
export function joined(given: readonly Part[]): Part {
  const parts = given.toSorted((one, other) => (one.offsets[0] ?? 0) - (other.offsets[0] ?? 0))
  let count = 0
  let size = 0
  for (const { offsets, packed } of parts) {
    count += offsets.length
    size += packed.bytes.byteLength
  }
  const [only] = parts
  if (count === 1 && only !== undefined) return { offsets: only.offsets, packed: packOne(only.packed.bytes) }
  const all = { offsets: new Uint8Array(count), ends: new Uint32Array(count), bytes: new Uint8Array(size) }
  let index = 0
  let start = 0
  for (const { offsets, packed } of parts) {
    all.offsets.set(offsets, index)
    all.bytes.set(packed.bytes, start)
    for (const end of packed.ends) all.ends[index++] = start + end
    start += packed.bytes.byteLength
  }
  return { offsets: all.offsets, packed: { ends: all.ends, bytes: all.bytes } }
}
