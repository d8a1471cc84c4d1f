import type { Part } from '../engine/records/segment.ts'
import { pack, unpack } from '../protocol/packed.ts'

/** All parts as one, in the order of their offsets, without those that are not kept. */
export function joinParts(parts: readonly Part[], isKept?: (offset: number) => boolean): Part {
  const payloads: (Uint8Array | undefined)[] = []
  for (const { offsets, packed } of parts) {
    for (let index = 0; index < offsets.length; index++) {
      const offset = offsets[index] as number
      if (isKept?.(offset) !== false) payloads[offset] = unpack(packed, index)
    }
  }
  const offsets: number[] = []
  const found: Uint8Array[] = []
  for (let offset = 0; offset < payloads.length; offset++) {
    const payload = payloads[offset]
    if (payload === undefined) continue
    offsets.push(offset)
    found.push(payload)
  }
  return { offsets: Uint8Array.from(offsets), packed: pack(found) }
}
