import { randomBytes } from 'node:crypto'
import type { Packed } from '../../protocol/packed.ts'
import type { Condition } from './condition.ts'
import type { Item } from './table.ts'

/** Counts the writes of a record: what compare-and-set compares. */
export const VERSION = 'v'
/** Random bytes of the last conditional write: who wrote it knows it again. */
export const WRITE = 'w'

/** Bytes of a nonce: no two writes of one item share it. */
const NONCE_BYTES = 6

export function nonceOf(): Uint8Array {
  return randomBytes(NONCE_BYTES)
}

/** That the stored version is this one; 0 = that there is none. */
export function ifVersion(version: number): Condition {
  if (version === 0) return { expression: 'attribute_not_exists(#v)', names: { '#v': VERSION } }
  return { expression: '#v = :v', names: { '#v': VERSION }, values: { ':v': { N: String(version) } } }
}

export function numberOf(item: Item, name: string): number {
  return Number(item[name]?.N ?? 0)
}

export function textOf(item: Item, name: string): string {
  return item[name]?.S ?? ''
}

/** A stream's records carry bytes as the client's answers do, once they are decoded from base64. */
export function bytesOf(item: Item, name: string): Uint8Array | undefined {
  return item[name]?.B
}

export function jsonOf<Record>(item: Item, name: string): Record {
  return JSON.parse(textOf(item, name)) as Record
}

/** The number of items, where each ends, and all of them: in one attribute. */
export function encodePacked({ ends, bytes }: Packed): Uint8Array {
  const encoded = new Uint8Array(4 + ends.byteLength + bytes.byteLength)
  const view = new DataView(encoded.buffer)
  view.setUint32(0, ends.length, true)
  for (const [index, end] of ends.entries()) view.setUint32(4 + 4 * index, end, true)
  encoded.set(bytes, 4 + ends.byteLength)
  return encoded
}

export function decodePacked(encoded: Uint8Array): Packed {
  const view = new DataView(encoded.buffer, encoded.byteOffset, encoded.byteLength)
  const ends = new Uint32Array(view.getUint32(0, true))
  for (let index = 0; index < ends.length; index++) ends[index] = view.getUint32(4 + 4 * index, true)
  return { ends, bytes: encoded.subarray(4 + ends.byteLength) }
}
