import { blockOf, type Segment } from '../../engine/records/segment.ts'

/** Blocks remembered: a few MB. */
const REMEMBERED = 10_000

/** Which segments are there, as far as this process met them: a segment never goes away. */
export class SeenSegments {
  readonly #blocks = new Map<number, Map<number, number>>()

  add({ first, count }: Pick<Segment, 'first' | 'count'>): void {
    const block = blockOf(first)
    let counts = this.#blocks.get(block)
    if (counts === undefined) {
      if (this.#blocks.size >= REMEMBERED) this.#blocks.clear()
      counts = new Map()
      this.#blocks.set(block, counts)
    }
    counts.set(first, count)
  }

  /** Whether a segment that holds this job is among them. */
  has(jid: number): boolean {
    for (const [first, count] of this.#blocks.get(blockOf(jid)) ?? [])
      if (first <= jid && jid < first + count) return true
    return false
  }
}
