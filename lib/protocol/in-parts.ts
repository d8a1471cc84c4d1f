/** How much more room a part takes than it needs at once, where pieces come small. */
const GROWTH = 4

/**
 * The bytes of a source in parts of exactly `size`, but for the last. Pieces that have to be joined are copied as they come, so
 * that nothing of them is held, and their owner may use them anew; one that makes a part by itself is that part.
 */
export async function* inParts(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, undefined> {
  let room = new Uint8Array(0)
  let filled = 0
  for await (const piece of source) {
    let rest = piece
    for (; filled + rest.byteLength >= size; filled = 0) {
      const take = size - filled
      if (filled === 0) yield rest.subarray(0, take)
      else yield withMore(room, filled, rest.subarray(0, take), size).subarray(0, size)
      room = new Uint8Array(0)
      rest = rest.subarray(take)
    }
    if (rest.byteLength === 0) continue
    room = withMore(room, filled, rest, size)
    filled += rest.byteLength
  }
  if (filled > 0) yield room.subarray(0, filled)
  return undefined
}

/** This room with a piece behind what fills it: itself, or a larger one where there is none left. */
function withMore(
  room: Uint8Array<ArrayBuffer>,
  filled: number,
  piece: Uint8Array,
  size: number,
): Uint8Array<ArrayBuffer> {
  const needed = filled + piece.byteLength
  let larger = room
  if (needed > room.byteLength) {
    // The first piece is often the only one.
    larger = new Uint8Array(filled === 0 ? needed : Math.min(size, GROWTH * needed))
    larger.set(room.subarray(0, filled))
  }
  larger.set(piece, filled)
  return larger
}
