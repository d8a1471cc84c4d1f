import type { Principal, Range } from '../../protocol/job.ts'
import { MAX_CALL_JOBS } from '../../protocol/limits.ts'
import { joined } from '../../protocol/range.ts'
import type { Called, CallHeader } from '../../protocol/routes.ts'
import type { Ports } from '../ports/ports.ts'
import type { Submit } from '../submit/submit.ts'
import { Ends } from './ends.ts'
import type { Waiter, Waiters } from './waiters.ts'

export type Call = (
  header: CallHeader,
  sections: readonly Uint8Array[],
  principal: Principal,
  signal?: AbortSignal,
) => Promise<Called>

/** Milliseconds for which the first jobs to end wait for the others of their request. */
const LINGER_MS = 5

interface Parts {
  readonly submit: Submit
  readonly waiters: Waiters
  readonly isOver: () => boolean
}

/**
 * A submit whose answer waits for the ends of its jobs: one request in the place of two. It listens before it submits, so that
 * nothing slips in between, and never reads: of a request that came twice it may miss what ended before.
 */
export function createCall(
  { store, timers }: Pick<Ports, 'store' | 'timers'>,
  { submit, waiters, isOver }: Parts,
): Call {
  return async (header, sections, principal, signal) => {
    const { wait } = header
    const ranges = rangesOf(header)
    const ends = new Ends(ranges)
    const waiter: Waiter = { ranges, touched: [], wake: () => undefined, told: change => ends.add(change) }
    // A job that waits lends its worker to others, which takes a request that says so.
    const waits = wait > 0 && store.listen !== undefined && principal.kind !== 'job' && isFew(ranges)
    if (waits) waiters.add(waiter)
    try {
      // Nothing is promised before the answer: what follows from the submit may be kept along with it.
      const accepted = await submit(header, sections, principal, waits ? 'soon' : 'now')
      if (waits && accepted.missing === undefined) await ended(waiter, ends, wait, signal)
      const { finished, payloads } = ends.answer()
      return { answer: accepted.missing === undefined ? { finished } : { ...accepted, finished }, payloads }
    } finally {
      if (waits) waiters.remove(waiter)
    }
  }

  function ended(waiter: Waiter, ends: Ends, ms: number, signal: AbortSignal | undefined): Promise<void> {
    return new Promise(resolve => {
      const end = (): void => {
        cancel()
        signal?.removeEventListener('abort', end)
        resolve()
      }
      let cancel = timers.after({ ms, keepAlive: true }, end)
      let lingers = false
      waiter.wake = () => {
        if (ends.isOver || isOver()) end()
        else if (!lingers) {
          lingers = true
          cancel()
          cancel = timers.after({ ms: Math.min(ms, LINGER_MS), keepAlive: true }, end)
        }
      }
      signal?.addEventListener('abort', end)
      if (waiter.touched.length > 0 || signal?.aborted === true) waiter.wake()
    })
  }
}

function rangesOf({ submissions }: Omit<CallHeader, 'wait'>): readonly Range[] {
  const ranges: Range[] = []
  for (const { segments } of submissions) for (const { first, count } of segments) ranges.push([first, count])
  return ranges.length > 1 ? joined(ranges) : ranges
}

function isFew(ranges: readonly Range[]): boolean {
  let jobs = 0
  for (const [, count] of ranges) jobs += count
  return jobs <= MAX_CALL_JOBS
}
