import type { Range } from '../protocol/job.ts'
import type { Finished, WaitRequest } from '../protocol/routes.ts'
import { Collector } from './collector.ts'
import type { Ports } from './ports.ts'
import { joined, overlap, pages } from './ranges.ts'
import { type Held, viewsOf } from './view.ts'
import type { Waiter, Waiters } from './waiters.ts'

/** Blocks of one read: the frontier that is looked at before the next, as long as nothing was found. */
const FRONTIER_BLOCKS = 64

/**
 * Answers with what is finished, or, where nothing is yet, once something is. Registered before the first read, so that nothing
 * slips in between. It looks in the order of the ranges, and no further than where nothing more seems finished.
 */
export async function wait(
  { store, timers, clock }: Pick<Ports, 'store' | 'timers' | 'clock'>,
  { held, waiters }: { readonly held: Held; readonly waiters: Waiters },
  request: WaitRequest,
  isOver: () => boolean,
  signal?: AbortSignal,
): Promise<Finished> {
  const until = clock.now() + request.wait
  const waiter: Waiter = { ranges: request.ranges, touched: [], wake: () => undefined }
  waiters.add(waiter)
  try {
    let collector = await collect(request.ranges)
    while (collector.count === 0 && clock.now() < until && !isOver() && signal?.aborted !== true) {
      if (waiter.touched.length === 0) await woken(waiter, until - clock.now())
      const touched = within(request.ranges, waiter.touched)
      waiter.touched = []
      if (touched.length > 0) collector = await collect(touched)
    }
    return collector.answer()
  } finally {
    waiters.remove(waiter)
  }

  async function collect(ranges: readonly Range[]): Promise<Collector> {
    const collector = new Collector(request)
    for (const page of pages(ranges, FRONTIER_BLOCKS)) {
      const before = collector.count
      const views = await viewsOf(store, held, { ranges: page, payloads: request.results })
      collector.add(page, views)
      if (collector.full || (collector.count > 0 && collector.count === before)) break
    }
    return collector
  }

  function woken(waiting: Waiter, ms: number): Promise<void> {
    return new Promise(resolve => {
      const end = (): void => {
        waiting.wake = () => undefined
        cancel()
        signal?.removeEventListener('abort', end)
        resolve()
      }
      const cancel = timers.after({ ms, keepAlive: true }, end)
      signal?.addEventListener('abort', end)
      // All that finishes in this turn of the event loop is one answer.
      waiting.wake = () => {
        waiting.wake = () => undefined
        timers.soon(end)
      }
    })
  }
}

/** What of the touched ranges was asked for, in the order of the jids. */
function within(ranges: readonly Range[], touched: readonly Range[]): readonly Range[] {
  const found: Range[] = []
  for (const part of joined(touched)) {
    for (const range of ranges) {
      if (!overlap(range, part)) continue
      const first = Math.max(range[0], part[0])
      found.push([first, Math.min(range[0] + range[1], part[0] + part[1]) - first])
    }
  }
  return joined(found)
}
