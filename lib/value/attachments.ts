/** A stretch of one ArrayBuffer, in bytes from its start. */
export interface Region {
  start: number
  end: number
}

/** One ArrayBuffer of a message. What of it is sent is known when all its views are. */
export interface Attachment {
  readonly buffer: ArrayBuffer
  /** Its views are slices of a pool: only what they show is sent, or a neighbour's data would leak. */
  pooled: boolean
  /** It is a value itself, so all of it is sent. */
  whole: boolean
  readonly regions: Region[]
}

/** The binary data of one message. */
export class Attachments {
  readonly list: Attachment[] = []
  readonly #numbers = new Map<ArrayBuffer, number>()

  numberOf(buffer: ArrayBuffer): number {
    const known = this.#numbers.get(buffer)
    if (known !== undefined) return known
    const number = this.list.length
    this.#numbers.set(buffer, number)
    this.list.push({ buffer, pooled: true, whole: false, regions: [] })
    return number
  }
}

/** What is to be sent: disjoint stretches in order. */
export function regionsOf({ regions, pooled, whole }: Attachment, size: number): readonly Region[] {
  if (whole) return [{ start: 0, end: size }]
  // Views of all kinds may lie in Node's pool: what is between two of them is somebody else's.
  const apart = pooled || size === Buffer.poolSize
  const sorted = regions.toSorted((a, b) => a.start - b.start)
  const merged: Region[] = []
  for (const { start, end } of sorted) {
    const last = merged.at(-1)
    if (last !== undefined && (start < last.end || !apart)) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}
