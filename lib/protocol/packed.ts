import { CloudException } from './errors.ts'

/** Many byte strings in two buffers: where each one ends, and all of them end to end. A million cost a million times four bytes. */
export interface Packed {
  readonly ends: Uint32Array
  readonly bytes: Uint8Array
}

/** Bytes that are taken at once for small lists: a buffer of its own costs more than what a small list holds. */
const SLAB_BYTES = 64 * 1024
/** Bytes beyond which a list has a buffer of its own. */
const SMALL_BYTES = 1024
let slab = new ArrayBuffer(SLAB_BYTES)
let used = 0

/** Room for so many bytes, from a multiple of eight on. */
function room(size: number): { readonly buffer: ArrayBuffer; readonly at: number } {
  if (size > SMALL_BYTES) return { buffer: new ArrayBuffer(size), at: 0 }
  if (used + size > SLAB_BYTES) {
    slab = new ArrayBuffer(SLAB_BYTES)
    used = 0
  }
  const at = used
  used = (used + size + 7) & ~7
  return { buffer: slab, at }
}

export function pack(items: readonly Uint8Array[]): Packed {
  const count = items.length
  let size = 0
  for (let index = 0; index < count; index++) size += (items[index] as Uint8Array).byteLength
  const { buffer, at } = room(4 * count + size)
  const ends = new Uint32Array(buffer, at, count)
  const bytes = new Uint8Array(buffer, at + 4 * count, size)
  let end = 0
  for (let index = 0; index < count; index++) {
    const item = items[index] as Uint8Array
    bytes.set(item, end)
    end += item.byteLength
    ends[index] = end
  }
  return { ends, bytes }
}

/** The byte string at `index`, as a view. */
export function unpack({ ends, bytes }: Packed, index: number): Uint8Array {
  const end = ends[index]
  if (end === undefined)
    throw new CloudException(`There is no item ${index} among ${ends.length} packed ones.`, { code: 'decode' })
  return bytes.subarray(index === 0 ? 0 : ends[index - 1], end)
}

/** Two sections of a frame back to what they were. Throws `decode` when the ends are not in order or not of these bytes. */
export function packedFrom(ends: Uint8Array, bytes: Uint8Array): Packed {
  if (ends.byteLength % 4 !== 0) throw refuse('its index is no multiple of four bytes')
  const aligned = ends.byteOffset % 4 === 0 ? ends : new Uint8Array(ends)
  const list = new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.byteLength >> 2)
  let last = 0
  for (const end of list) {
    if (end < last) throw refuse('its index runs backwards')
    last = end
  }
  if (last !== bytes.byteLength) throw refuse('its index does not end where its bytes do')
  return { ends: list, bytes }
}

/** The index of a packed list as a frame's section. */
export function endsSection({ ends }: Packed): Uint8Array {
  return new Uint8Array(ends.buffer, ends.byteOffset, ends.byteLength)
}

function refuse(why: string): CloudException {
  return new CloudException(`This packed list can’t be read: ${why}.`, { code: 'decode' })
}
