import type { Segment } from '../engine/records/segment.ts'

export const insertSegment = 'INSERT INTO segments (first, count, open, head) VALUES (?, ?, ?, ?)'
export const insertArguments = 'INSERT INTO arguments VALUES (?, ?)'

/** What all segments of a submission share, as the text of their column. */
export interface Heads {
  /** @param isRead whether it will be read soon, as most are that are written */
  textOf(segment: Segment, isRead: boolean): string
  segmentOf(first: number, count: number, text: string): Segment
}

type Head = Omit<Segment, 'first' | 'count'>

/** Texts remembered: the segments of a map are read one after the other, and have the same. */
const REMEMBERED = 256

export function createHeads(): Heads {
  const heads = new Map<string, Head>()

  function headOf(text: string): Head {
    const known = heads.get(text)
    if (known !== undefined) return known
    // JSON has no word for what is not there.
    return remember(text, { parent: undefined, ...(JSON.parse(text) as Omit<Head, 'parent'>) })
  }

  function remember(text: string, head: Head): Head {
    if (heads.size >= REMEMBERED) heads.clear()
    heads.set(text, head)
    return head
  }

  return {
    textOf({ first: _, count: __, ...head }, isRead) {
      const text = JSON.stringify(head)
      if (isRead) remember(text, head)
      return text
    },
    segmentOf: (first, count, text) => ({ first, count, ...headOf(text) }),
  }
}
