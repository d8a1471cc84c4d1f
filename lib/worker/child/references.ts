import { CloudException } from '../../protocol/errors.ts'
import { decodeFailure } from '../../protocol/failure.ts'
import { decodeFrame } from '../../protocol/frame.ts'
import { isTerminal, type Range, type Status } from '../../protocol/job.ts'
import { MAX_WAIT_MS } from '../../protocol/limits.ts'
import { LocalRequest, type LocalResponse } from '../../protocol/message.ts'
import { packedFrom, unpack } from '../../protocol/packed.ts'
import { paths } from '../../protocol/paths.ts'
import { blobReferenceOf } from '../../protocol/payload.ts'
import type { Reference } from '../../protocol/reference.ts'
import type { WaitAnswer } from '../../protocol/routes.ts'

/** The host is of no account: these requests never leave the machine. */
const ORIGIN = 'http://parent'

type Ask = (request: LocalRequest) => Promise<LocalResponse>

/**
 * The values that references stand for, in their order.
 * @throws {CloudException} with code `exception` and the jid when one of the jobs did not end as `done`
 */
export async function resultsOf({
  references,
  ask,
  decode,
}: {
  readonly references: readonly Reference[]
  readonly ask: Ask
  readonly decode: (payload: Uint8Array) => unknown
}): Promise<unknown[]> {
  const results = new Map<number, unknown>()
  await fetchAll(
    references.flatMap(({ ranges }) => ranges),
    ask,
    async (jid, payload) => {
      const blob = blobReferenceOf(payload)
      results.set(jid, decode(blob === undefined ? payload : await blobBytes(blob.key, ask)))
    },
  )
  return references.map(({ ranges, many }) => {
    const values = jidsOf(ranges).map(jid => results.get(jid))
    return many ? values : values[0]
  })
}

async function fetchAll(ranges: readonly Range[], ask: Ask, take: (jid: number, payload: Uint8Array) => Promise<void>) {
  let missing = jidsOf(ranges)
  while (missing.length > 0) {
    const value = { ranges: rangesOf(missing), results: true, wait: MAX_WAIT_MS }
    const { header, sections } = await frameFrom(await ask(request('POST', paths.wait, value)))
    const { finished, retryAfter } = header as WaitAnswer
    const [ends, bytes] = sections
    if (ends === undefined || bytes === undefined) throw unreadable()
    const payloads = packedFrom(ends, bytes)
    let index = 0
    const got = new Set<number>()
    for (const { first, statuses } of finished) {
      for (const [offset, status] of statuses.entries()) {
        const payload = unpack(payloads, index++)
        if (!isTerminal(status)) continue
        if (status !== 'done') throw failed(first + offset, status, payload)
        await take(first + offset, payload)
        got.add(first + offset)
      }
    }
    missing = missing.filter(jid => !got.has(jid))
    if (missing.length > 0 && retryAfter > 0) await new Promise(resolve => setTimeout(resolve, retryAfter))
  }
}

function request(method: string, path: string, value?: unknown): LocalRequest {
  const url = `${ORIGIN}${path}`
  return new LocalRequest(value === undefined ? { method, url } : { method, url, content: { kind: 'json', value } })
}

async function blobBytes(key: string, ask: Ask): Promise<Uint8Array> {
  const answer = await ask(request('GET', paths.blob.replace(':key{.+}', key)))
  if (!answer.ok) throw await problemOf(answer)
  return answer.bytes()
}

async function frameFrom(answer: LocalResponse): Promise<{ header: unknown; sections: readonly Uint8Array[] }> {
  if (!answer.ok) throw await problemOf(answer)
  return answer.content.kind === 'frame' ? answer.content : decodeFrame(await answer.bytes())
}

async function problemOf(answer: LocalResponse): Promise<CloudException> {
  const problem = (await answer.json()) as { detail?: string; code?: string; jid?: number }
  const code = problem.code === 'deadlock' ? 'deadlock' : 'revive'
  return new CloudException(`An argument’s value could not be fetched: ${problem.detail ?? answer.status}.`, {
    code,
    jid: problem.jid,
  })
}

function failed(jid: number, status: Status, payload: Uint8Array): CloudException {
  const why = payload.byteLength === 0 ? '' : `: ${decodeFailure(payload).message}`
  return new CloudException(`An argument is the result of job ${jid}, which ended as ${status}${why}`, {
    code: 'stalled',
    jid,
    status,
  })
}

function unreadable(): CloudException {
  return new CloudException('The results that are arguments of this job can’t be read.', { code: 'decode' })
}

function jidsOf(ranges: readonly Range[]): number[] {
  return ranges.flatMap(([first, count]) => Array.from({ length: count }, (_, index) => first + index))
}

function rangesOf(jids: readonly number[]): Range[] {
  const ranges: [number, number][] = []
  for (const jid of [...jids].sort((a, b) => a - b)) {
    const last = ranges.at(-1)
    if (last !== undefined && last[0] + last[1] > jid) continue
    if (last !== undefined && last[0] + last[1] === jid) last[1]++
    else ranges.push([jid, 1])
  }
  return ranges
}
