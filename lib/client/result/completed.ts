import type { CloudException } from '../../protocol/errors.ts'
import type { Range } from '../../protocol/job.ts'
import { blobReferenceOf } from '../../protocol/payload.ts'
import type { Jid, Settled, Wait } from '../api.ts'
import type { Session } from '../connect/session.ts'
import { decodeCached, fetchValue } from '../submit/payloads.ts'
import { type Final, finalOf } from './finals.ts'
import { type CallSite, jobError } from './job-error.ts'
import { Progress } from './progress.ts'
import { runningOf } from './running.ts'
import { limitWait } from './wait-options.ts'
import type { Watch } from './watches.ts'

export interface CompletedParams {
  readonly session: Session
  /** Each jid once. */
  readonly ranges: readonly Range[]
  readonly count: number
  readonly options: Wait
  readonly site: CallSite | undefined
}

/** Jobs in the order in which they end. `timeout` holds for each step. Leaving the loop ends the wait. */
export async function* completed(params: CompletedParams): AsyncGenerator<Settled<unknown>> {
  const { session, options, count, site } = params
  let ended: Final[] = []
  /** Those that were told already stand before it: shifting a long list would cost its length each time. */
  let next = 0
  const watches: Watch[] = []
  const progress = options.progress ? new Progress(runningOf(session, params.ranges)) : undefined
  let failure: { readonly error: unknown } | undefined
  let wake: () => void = () => undefined
  progress?.expect(count)
  for (const [first, many] of params.ranges) {
    const watch: Watch = {
      first,
      count: many,
      results: true,
      finished(run, from, to) {
        for (let jid = from; jid < to; jid++) ended.push(finalOf(run, jid))
        wake()
      },
      failed(error) {
        failure = { error }
        wake()
      },
    }
    watches.push(watch)
    session.waiter.watch(watch)
  }
  try {
    for (let told = 0; told < count; told++) {
      while (next === ended.length && failure === undefined) {
        await new Promise<void>((resolve, reject) => {
          const lift = limitWait(options, `${count - told} jobs`, reject)
          wake = () => {
            lift()
            resolve()
          }
        })
      }
      const final = ended[next++]
      if (next === ended.length) {
        ended = []
        next = 0
      }
      if (final === undefined) throw (failure as unknown as { readonly error: unknown }).error
      progress?.ended(final.status === 'done' ? 1 : 0, final.status === 'done' ? 0 : 1)
      yield await settledOf(final, session, site)
    }
  } finally {
    for (const watch of watches) session.waiter.cancel(watch)
    progress?.end()
  }
}

async function settledOf(final: Final, session: Session, site: CallSite | undefined): Promise<Settled<unknown>> {
  const { status, payload } = final
  const jid = final.jid as unknown as Jid
  if (status !== 'done') return { jid, status, reason: jobError(final, session.sent, site) satisfies CloudException }
  const blob = blobReferenceOf(payload as Uint8Array)
  const sent = session.sent.of(final.jid)
  const value =
    blob === undefined ? decodeCached(payload as Uint8Array, sent) : await fetchValue(blob, session.transport, sent)
  return { jid, status, value }
}
