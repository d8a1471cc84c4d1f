import { type Packed, pack, unpack } from '../../protocol/packed.ts'
import { decodePacked, encodePacked } from './attributes.ts'

/**
 * Bytes of arguments in one item, unless those of one job are more. Each job of a map is read by an executor of its own, which
 * pays for the whole items that its arguments lie in; a write is paid for by the kilobyte, however it is cut.
 */
export const PIECE_BYTES = 8_000

/** Arguments of a segment, cut between jobs. */
export interface ArgumentPieces {
  /** Of each piece the offset of its first job, in order. */
  readonly starts: Uint8Array
  readonly pieces: readonly Uint8Array[]
}

export function cutArguments(args: Packed): ArgumentPieces {
  const starts: number[] = []
  let bytes = 0
  for (let offset = 0; offset < args.ends.length; offset++) {
    const size = unpack(args, offset).byteLength
    if (offset === 0 || bytes + size > PIECE_BYTES) {
      starts.push(offset)
      bytes = 0
    }
    bytes += size
  }
  const pieces = starts.map((start, index) => {
    const items: Uint8Array[] = []
    for (let offset = start; offset < (starts[index + 1] ?? args.ends.length); offset++)
      items.push(unpack(args, offset))
    return encodePacked(pack(items))
  })
  return { starts: Uint8Array.from(starts), pieces }
}

/** Numbers of the first and the last piece that hold arguments of the jobs with offsets `from` to `to`, both included. */
export function piecesWith(starts: Uint8Array, from: number, to: number): readonly [first: number, last: number] {
  return [starts.findLastIndex(start => start <= from), starts.findLastIndex(start => start <= to)]
}

/** What these pieces hold, in a list of `count` jobs: the others have nothing. */
export function joinArguments(count: number, { starts, pieces }: ArgumentPieces): Packed {
  const items = new Array<Uint8Array>(count).fill(new Uint8Array())
  for (const [index, piece] of pieces.entries()) {
    const packed = decodePacked(piece)
    for (let nth = 0; nth < packed.ends.length; nth++) items[(starts[index] as number) + nth] = unpack(packed, nth)
  }
  return pack(items)
}
