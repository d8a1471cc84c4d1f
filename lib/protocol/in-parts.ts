/** The bytes of a source in parts of exactly `size`, but for the last; copied only where pieces have to be joined. */
export async function* inParts(
  source: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, undefined> {
  let pieces: Uint8Array[] = []
  let held = 0
  for await (const piece of source) {
    let rest = piece
    while (held + rest.byteLength >= size) {
      const take = size - held
      pieces.push(rest.subarray(0, take))
      yield joined(pieces)
      pieces = []
      held = 0
      rest = rest.subarray(take)
    }
    if (rest.byteLength === 0) continue
    pieces.push(rest)
    held += rest.byteLength
  }
  if (held > 0) yield joined(pieces)
  return undefined
}

function joined(pieces: readonly Uint8Array[]): Uint8Array {
  const [first] = pieces
  if (pieces.length === 1 && first !== undefined) return first
  let size = 0
  for (const piece of pieces) size += piece.byteLength
  const bytes = new Uint8Array(size)
  let at = 0
  for (const piece of pieces) {
    bytes.set(piece, at)
    at += piece.byteLength
  }
  return bytes
}
