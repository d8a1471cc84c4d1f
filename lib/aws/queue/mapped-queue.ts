import type { Queue, Receipt } from '../../engine/ports/queue.ts'

/** A queue whose messages a mapping hands to this function, and deletes once the function says that they are done. */
export interface MappedQueue<Body> extends Queue<Body> {
  /** These came through the mapping. */
  map(receipts: readonly Receipt[]): void
  /** Of these receipts, those whose messages are not done: they are to come again. */
  unmap(receipts: readonly Receipt[]): readonly Receipt[]
}

/** Deletes of mapped messages are noted, as the mapping deletes them anyway; really done only where that will take long. */
export function createMappedQueue<Body>(queue: Queue<Body>): MappedQueue<Body> {
  const open = new Set<Receipt>()
  let noted: Receipt[] = []

  return {
    ...queue,
    map(receipts) {
      for (const receipt of receipts) open.add(receipt)
    },
    unmap(receipts) {
      noted = []
      return receipts.filter(receipt => open.delete(receipt))
    },
    async delete({ receipts }) {
      const others: Receipt[] = []
      for (const receipt of receipts) (open.delete(receipt) ? noted : others).push(receipt)
      if (others.length > 0) await queue.delete({ receipts: others })
    },
    async delay(params) {
      // A renewal: the rest of the batch goes on for long, and what is done would be seen again meanwhile.
      const done = noted
      noted = []
      if (done.length > 0) await queue.delete({ receipts: done })
      await queue.delay(params)
    },
  }
}
