import type { CloudException } from '../../protocol/errors.ts'
import type { Failure } from '../../protocol/failure.ts'
import { decodeFailure } from '../../protocol/failure.ts'
import { isTerminal } from '../../protocol/job.ts'
import { MAX_WAIT_MS } from '../../protocol/limits.ts'
import { unpack } from '../../protocol/packed.ts'
import { blobReferenceOf } from '../../protocol/payload.ts'
import type { Finished, WaitRequest } from '../../protocol/routes.ts'
import { createPause } from '../dispatch/pause.ts'
import type { Ports } from '../ports/ports.ts'
import { deletedJob } from '../records/refuse.ts'

/** How a job ended, for who waits for that one alone. */
export type Result =
  | { readonly status: 'done'; readonly payload: Uint8Array }
  | { readonly status: 'error' | 'killed' | 'stalled'; readonly failure: Failure }

type Wait = (request: WaitRequest, signal?: AbortSignal) => Promise<Finished>

/**
 * Waits for one job, `ms` milliseconds at most.
 * @returns undefined when it has not ended by then. A payload is the result itself, never a reference to a blob.
 * @throws {CloudException} `unknown-job`, `deleted-job`
 */
export async function awaitResult(
  { clock, timers, blobs }: Pick<Ports, 'clock' | 'timers' | 'blobs'>,
  wait: Wait,
  jid: number,
  ms: number,
  signal?: AbortSignal,
): Promise<Result | undefined> {
  const pause = createPause(timers)
  const until = clock.now() + ms
  for (;;) {
    const left = Math.max(0, until - clock.now())
    const request = { ranges: [[jid, 1] as [number, number]], results: true, wait: Math.min(left, MAX_WAIT_MS) }
    const { answer, payloads } = await wait(request, signal)
    const status = answer.finished[0]?.statuses[0]
    if (status !== undefined && isTerminal(status)) {
      const payload = unpack(payloads, 0)
      if (status !== 'done') return { status, failure: failureOf(payload, status) }
      const blob = blobReferenceOf(payload)
      const content = blob === undefined ? payload : await blobs.get({ key: blob.key })
      if (content === undefined) throw deletedJob(jid) satisfies CloudException
      return { status, payload: content }
    }
    if (clock.now() >= until || signal?.aborted === true) return undefined
    if (answer.retryAfter > 0) await pause(Math.min(answer.retryAfter, left))
  }
}

function failureOf(payload: Uint8Array, status: 'error' | 'killed' | 'stalled'): Failure {
  if (payload.byteLength > 0) return decodeFailure(payload)
  return { code: status === 'error' ? 'exception' : status, message: `it ended as ${status}` }
}
