import type { Part } from '../engine/records/segment.ts'
import type { Packed } from '../protocol/packed.ts'

/** Where each item ends, then all items: their number is known by whoever reads it. */
export function encodePacked({ ends, bytes }: Packed): Uint8Array {
  const blob = new Uint8Array(ends.byteLength + bytes.byteLength)
  blob.set(new Uint8Array(ends.buffer, ends.byteOffset, ends.byteLength))
  blob.set(bytes, ends.byteLength)
  return blob
}

/** `at` is a multiple of four, in a buffer of its own. */
export function decodePacked(blob: Uint8Array, count: number, at = 0): Packed {
  return {
    ends: new Uint32Array(blob.buffer, blob.byteOffset + at, count),
    bytes: blob.subarray(at + 4 * count),
  }
}

/** How many, their offsets, filled up to whole words; then as above. At most 100 jobs, so that a byte is enough. */
export function encodePart({ offsets, packed: { ends, bytes } }: Part): Uint8Array {
  const at = headLength(offsets.length)
  const blob = new Uint8Array(at + ends.byteLength + bytes.byteLength)
  blob[0] = offsets.length
  blob.set(offsets, 1)
  blob.set(new Uint8Array(ends.buffer, ends.byteOffset, ends.byteLength), at)
  blob.set(bytes, at + ends.byteLength)
  return blob
}

export function decodePart(blob: Uint8Array): Part {
  const count = blob[0] as number
  return { offsets: blob.subarray(1, 1 + count), packed: decodePacked(blob, count, headLength(count)) }
}

function headLength(count: number): number {
  return (4 + count) & ~3
}
