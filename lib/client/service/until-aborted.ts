/**
 * What a source gives, until the signal: also while it has nothing to give, and may never have. Told so, the source ends; nobody
 * waits for that, as it may be in the middle of its next piece.
 * @throws the signal's reason
 */
export async function* untilAborted<Piece>(
  source: AsyncIterable<Piece>,
  signal: AbortSignal | undefined,
): AsyncGenerator<Piece, undefined> {
  const iterator = source[Symbol.asyncIterator]()
  // Of the piece that is waited for: a promise that all of them shared would hold something of each.
  let giveUp = (): void => undefined
  const stop = (): void => giveUp()
  signal?.addEventListener('abort', stop)
  try {
    for (;;) {
      signal?.throwIfAborted()
      const next = await new Promise<IteratorResult<Piece>>((resolve, reject) => {
        giveUp = () => reject(signal?.reason)
        iterator.next().then(resolve, reject)
      })
      if (next.done === true) return undefined
      yield next.value
    }
  } finally {
    signal?.removeEventListener('abort', stop)
    Promise.resolve(iterator.return?.()).catch(() => undefined)
  }
}
