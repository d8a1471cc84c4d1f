import type { Part } from '../engine/segment.ts'
import { pack, unpack } from '../protocol/packed.ts'

/** All parts as one, in the order of their offsets, without those that are not kept. */
export function joinParts(parts: readonly Part[], isKept: (offset: number) => boolean = () => true): Part {
  const payloads = new Map<number, Uint8Array>()
  for (const { offsets, packed } of parts) {
    for (const [index, offset] of offsets.entries()) if (isKept(offset)) payloads.set(offset, unpack(packed, index))
  }
  const offsets = Uint8Array.from(payloads.keys()).sort()
  return { offsets, packed: pack(Array.from(offsets, offset => payloads.get(offset) as Uint8Array)) }
}
