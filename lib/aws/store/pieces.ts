import type { Key } from '../table-schema.ts'
import { bytesOf } from './attributes.ts'
import { type Item, keyItem } from './table.ts'

/** Bytes of one piece: an item takes 400 KB, and a batch of 25 must stay below 16 MB. */
const PIECE_BYTES = 380_000
const BYTES = 'b'

/** Items that hold these bytes, in their order. */
export function piecesOf(bytes: Uint8Array, keyAt: (piece: number) => Key): Item[] {
  const items: Item[] = []
  for (let from = 0; from === 0 || from < bytes.byteLength; from += PIECE_BYTES) {
    const piece = bytes.subarray(from, from + PIECE_BYTES)
    items.push(pieceItem(keyAt(items.length), piece))
  }
  return items
}

export function pieceItem(key: Key, bytes: Uint8Array): Item {
  return { ...keyItem(key), [BYTES]: { B: bytes } }
}

export function pieceFrom(item: Item): Uint8Array {
  return bytesOf(item, BYTES) ?? new Uint8Array()
}

export function joinPieces(items: readonly Item[]): Uint8Array {
  const pieces = items.map(pieceFrom)
  return pieces.length === 1 ? (pieces[0] as Uint8Array) : Buffer.concat(pieces)
}
