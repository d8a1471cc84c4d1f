import { isNodesPool } from './node-pool.ts'

/** A stretch of one ArrayBuffer, in bytes from its start. */
export interface Region {
  start: number
  end: number
}

/** One ArrayBuffer of a message. What of it is sent is known when all its views are. */
export interface Attachment {
  readonly buffer: ArrayBuffer
  /** All its views are Buffers, which are slices of something: only what they show is sent, or a neighbour's data would leak. */
  sliced: boolean
  /** It is a value itself, so all of it is sent. */
  whole: boolean
  readonly regions: Region[]
}

/** A view of Node's pool of small Buffers. */
export interface PooledView {
  readonly buffer: ArrayBuffer
  readonly region: Region
  /** Where in the message stand the number of its memory and its offset there, to be filled in. */
  readonly at: number
}

/** The binary data of one message. */
export class Attachments {
  readonly list: Attachment[] = []
  readonly pooled: PooledView[] = []
  readonly #numbers = new Map<ArrayBuffer, number>()
  readonly #pools = new Map<ArrayBuffer, boolean>()

  numberOf(buffer: ArrayBuffer): number {
    const known = this.#numbers.get(buffer)
    if (known !== undefined) return known
    const number = this.list.length
    this.#numbers.set(buffer, number)
    this.list.push({ buffer, sliced: true, whole: false, regions: [] })
    return number
  }

  isPool(buffer: ArrayBuffer): boolean {
    const known = this.#pools.get(buffer)
    if (known !== undefined) return known
    const found = isNodesPool(buffer)
    this.#pools.set(buffer, found)
    return found
  }

  /** The number of a memory that is a value itself. */
  ofWhole(buffer: ArrayBuffer): number | undefined {
    return this.#numbers.get(buffer)
  }
}

/** What is to be sent: disjoint stretches in order. */
export function regionsOf({ regions, sliced, whole }: Attachment, size: number): readonly Region[] {
  return whole ? [{ start: 0, end: size }] : merged(regions, sliced)
}

/** @param apart stretches that have nothing in common stay apart */
function merged(regions: readonly Region[], apart: boolean): Region[] {
  const found: Region[] = []
  for (const { start, end } of regions.toSorted((a, b) => a.start - b.start)) {
    const last = found.at(-1)
    if (last !== undefined && (start < last.end || !apart)) last.end = Math.max(last.end, end)
    else found.push({ start, end })
  }
  return found
}

/** A stretch of Node's pool, and the views that show parts of it. */
export interface PooledStretch {
  readonly buffer: ArrayBuffer
  readonly region: Region
  readonly views: PooledView[]
}

/**
 * Where in a pool a Buffer lies is chance, and so is which others lie beside it. So each stretch of it travels as memory
 * of its own, in the order in which the views were met: the same data give the same bytes in every process.
 */
export function stretchesOf(pooled: readonly PooledView[]): readonly PooledStretch[] {
  const regions = new Map<ArrayBuffer, Region[]>()
  for (const { buffer, region } of pooled) {
    const all = regions.get(buffer)
    if (all === undefined) regions.set(buffer, [region])
    else all.push(region)
  }
  const inOrder = new Map([...regions].map(([buffer, all]) => [buffer, merged(all, true)]))
  const stretches = new Map<Region, PooledStretch>()
  for (const view of pooled) {
    const region = stretchAround(inOrder.get(view.buffer) as Region[], view.region)
    const stretch = stretches.get(region) ?? { buffer: view.buffer, region, views: [] }
    stretches.set(region, stretch)
    stretch.views.push(view)
  }
  return [...stretches.values()]
}

function stretchAround(stretches: readonly Region[], { start }: Region): Region {
  return stretches.findLast(stretch => stretch.start <= start) as Region
}
