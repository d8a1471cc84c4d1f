import type { Range } from '../../protocol/job.ts'
import type { Change } from '../ports/job-store.ts'
import { overlap } from '../records/ranges.ts'
import { blockOf } from '../records/segment.ts'

/** Somebody who waits for any of these jobs. */
export interface Waiter {
  readonly ranges: readonly Range[]
  /** Parts of the ranges in which something may have finished. */
  touched: Range[]
  wake: () => void
  /** Told of each change of these jobs before it is woken, where it is told of what changed. */
  readonly told?: (change: RunChange) => void
}

export type RunChange = Change & { readonly kind: 'run' }

/** Finds the waiters of a change. Waits for few blocks are found by block; the few wide ones are asked one by one. */
export interface Waiters {
  add(waiter: Waiter): void
  remove(waiter: Waiter): void
  touch(range: Range, change?: RunChange): void
  wakeAll(): void
}

/** Blocks up to which a wait is kept by block. */
const NARROW = 16

export function createWaiters(): Waiters {
  const byBlock = new Map<number, Set<Waiter>>()
  const wide = new Set<Waiter>()

  function touchOne(waiter: Waiter, range: Range, change: RunChange | undefined): void {
    if (!waiter.ranges.some(one => overlap(one, range))) return
    waiter.touched.push(range)
    if (change !== undefined) waiter.told?.(change)
    waiter.wake()
  }

  return {
    add(waiter) {
      const blocks = blocksOf(waiter.ranges)
      if (blocks === undefined) wide.add(waiter)
      else {
        for (const block of blocks) {
          const there = byBlock.get(block)
          if (there === undefined) byBlock.set(block, new Set([waiter]))
          else there.add(waiter)
        }
      }
    },
    remove(waiter) {
      if (wide.delete(waiter)) return
      for (const block of blocksOf(waiter.ranges) ?? []) {
        const there = byBlock.get(block)
        there?.delete(waiter)
        if (there?.size === 0) byBlock.delete(block)
      }
    },
    touch(range, change) {
      for (const waiter of wide) touchOne(waiter, range, change)
      const last = blockOf(range[0] + range[1] - 1)
      for (let block = blockOf(range[0]); block <= last; block++) {
        for (const waiter of byBlock.get(block) ?? []) touchOne(waiter, range, change)
      }
    },
    wakeAll() {
      for (const waiter of wide) waiter.wake()
      for (const waiters of byBlock.values()) for (const waiter of waiters) waiter.wake()
    },
  }
}

function blocksOf(ranges: readonly Range[]): Iterable<number> | undefined {
  const only = ranges.length === 1 ? (ranges[0] as Range) : undefined
  if (only !== undefined && blockOf(only[0]) === blockOf(only[0] + only[1] - 1)) return [blockOf(only[0])]
  const blocks = new Set<number>()
  for (const [first, count] of ranges) {
    const last = blockOf(first + count - 1)
    if (last - blockOf(first) >= NARROW) return undefined
    for (let block = blockOf(first); block <= last; block++) blocks.add(block)
    if (blocks.size > NARROW) return undefined
  }
  return blocks
}
