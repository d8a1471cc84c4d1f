import type { Range } from '../../protocol/job.ts'
import { joined } from '../../protocol/range.ts'
import type { Finished, WaitRequest } from '../../protocol/routes.ts'
import type { Ports } from '../ports/ports.ts'
import { overlap, pages } from '../records/ranges.ts'
import { Collector } from './collector.ts'
import { type Held, viewsOf } from './view.ts'
import type { Waiter, Waiters } from './waiters.ts'

/** Blocks of one read: the frontier that is looked at before the next, as long as nothing was found. */
const FRONTIER_BLOCKS = 64

/** Where the store tells of no changes: milliseconds before the first look for some; each further one doubles it. */
const FIRST_LOOK_MS = 50
/** How long it then looks, and who asks is to come again: a request that waits costs more than one that comes. */
const LOOK_MS = 1_000
/** Where nothing is finished, who asks leaves this part of the jobs' age before the next ask, and no more than that. */
const AGE_SHARE = 0.1
const MAX_RETRY_AFTER_MS = 5_000

/** Who still waits for so many jobs leaves this between two asks, where changes are told: a few large answers cost less than many. */
const MANY_JOBS = 2_000
const GATHER_MS = 4

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
  const isTold = store.listen !== undefined
  const until = clock.now() + (isTold ? request.wait : Math.min(request.wait, LOOK_MS))
  let look = isTold ? Number.POSITIVE_INFINITY : FIRST_LOOK_MS
  let newest = 0
  const waiter: Waiter = { ranges: request.ranges, touched: [], wake: () => undefined }
  waiters.add(waiter)
  try {
    let collector = await collect(request.ranges)
    while (collector.count === 0 && clock.now() < until && !isOver() && signal?.aborted !== true) {
      // By then a look now and then finds it soon enough.
      if (retryAfter(0) > LOOK_MS) break
      if (waiter.touched.length === 0) await woken(waiter, Math.min(look, until - clock.now()))
      look *= 2
      const touched = isTold ? within(request.ranges, waiter.touched) : request.ranges
      waiter.touched = []
      if (touched.length > 0) collector = await collect(touched)
    }
    const finished = collector.answer()
    return { ...finished, answer: { ...finished.answer, retryAfter: retryAfter(collector.count) } }
  } finally {
    waiters.remove(waiter)
  }

  function retryAfter(found: number): number {
    if (isTold) return found > 0 && countOf(request.ranges) - found > MANY_JOBS ? GATHER_MS : 0
    if (found > 0) return 0
    return Math.round(Math.min(MAX_RETRY_AFTER_MS, AGE_SHARE * Math.max(0, clock.now() - newest)))
  }

  async function collect(ranges: readonly Range[]): Promise<Collector> {
    const collector = new Collector(request)
    for (const page of pages(ranges, FRONTIER_BLOCKS)) {
      const before = collector.count
      const views = await viewsOf(store, held, { ranges: page, payloads: request.results })
      for (const { stored } of views) newest = Math.max(newest, stored.segment.created)
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

function countOf(ranges: readonly Range[]): number {
  return ranges.reduce((sum, [, count]) => sum + count, 0)
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
