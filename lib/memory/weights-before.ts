interface Message {
  readonly body: { readonly first?: number; readonly weight?: number }
}

/** The sum of the weights before each of these chunks, in messages in their order. Of those that are not among them nothing is said. */
export function weightsBefore(chunks: readonly number[], messages: Iterable<Message>): ReadonlyMap<number, number> {
  const asked = new Set(chunks)
  const before = new Map<number, number>()
  let sum = 0
  for (const { body } of messages) {
    const { first = -1, weight = 1 } = body
    if (before.size === asked.size) break
    if (asked.has(first)) before.set(first, sum)
    sum += weight
  }
  return before
}
