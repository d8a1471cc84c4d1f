import { afterAll, expect, test } from 'vitest'
import type { Outcome } from '../../lib/engine/ports/launcher.ts'
import type { Principal } from '../../lib/protocol/job.ts'
import { type LocalRequest, LocalResponse } from '../../lib/protocol/message.ts'
import { endsSection, pack } from '../../lib/protocol/packed.ts'
import { paths } from '../../lib/protocol/paths.ts'
import type { Reference } from '../../lib/protocol/reference.ts'
import { encode, gather } from '../../lib/value/encode.ts'
import { Bench } from './harness.ts'

/** Results that the wait route knows, by jid. */
const results = new Map<number, Outcome | Promise<Outcome>>()
const seen: { principal: Principal; url: string }[] = []

/** A service with the few routes that these jobs ask. */
async function serve(request: LocalRequest, principal: Principal): Promise<LocalResponse> {
  seen.push({ principal, url: request.url })
  const { pathname } = new URL(request.url)
  if (pathname === paths.wait) return await answerWait(request)
  if (pathname === '/echo') return new LocalResponse(200, request.content, { 'x-method': request.method })
  if (pathname === '/never') {
    return await new Promise((_resolve, reject) => {
      request.signal?.addEventListener('abort', () => reject(request.signal?.reason))
    })
  }
  throw new Error(`no route ${pathname}`)
}

async function answerWait(request: LocalRequest): Promise<LocalResponse> {
  const { ranges } = (await request.json()) as { ranges: [number, number][] }
  const jids = ranges.flatMap(([first, count]) => Array.from({ length: count }, (_, index) => first + index))
  const outcomes = await Promise.all(jids.map(jid => results.get(jid)))
  const finished = jids.map((first, index) => ({ first, statuses: [outcomes[index]?.status] }))
  const payloads = pack(outcomes.map(outcome => outcome?.payload ?? new Uint8Array(0)))
  const header = { finished, more: false, retryAfter: 0 }
  return new LocalResponse(200, { kind: 'frame', header, sections: [endsSection(payloads), payloads.bytes] })
}

const bench = new Bench({ workers: 1, serve })
afterAll(() => bench[Symbol.asyncDispose]())

function done(value: unknown): Outcome {
  const usage = { started: 0, finished: 0, cpuUser: 0, cpuSystem: 0, memory: 0 }
  return { offset: 0, status: 'done', payload: gather(encode(value)), usage }
}

interface WorkerGlobal {
  fetch(request: object): Promise<LocalResponse>
  current(): { jid: number; attempt: number } | undefined
}

/** Asks the parent from inside a job. Captured: it has to bring its own request class along. */
async function ask(path: string, content: object): Promise<unknown> {
  const worker = (globalThis as Record<symbol, unknown>)[Symbol.for('picloud.worker')] as WorkerGlobal
  const parts = (): Uint8Array[] => {
    const { kind, value, parts: bytes } = content as { kind: string; value?: unknown; parts?: Uint8Array[] }
    return kind === 'json' ? [Buffer.from(JSON.stringify(value))] : (bytes ?? [])
  }
  const request = {
    method: 'POST',
    url: `http://parent${path}`,
    content,
    parts,
    signal: new AbortController().signal,
    headers: { get: () => null, toRecord: () => ({ 'x-mine': 'yes' }) },
  }
  const answer = await worker.fetch(request)
  return [answer.status, answer.headers.get('x-method'), answer.content]
}

test('a job asks its parent, as itself', async () => {
  seen.length = 0
  const { ended } = bench.start(() => ask('/echo', { kind: 'json', value: { a: 1 } }), [[]], {}, { depth: 3 })
  const [end] = await ended
  expect(end && (await bench.valueOf(end))).toEqual([200, 'POST', { kind: 'json', value: { a: 1 } }])
  expect(seen[0]?.principal).toEqual({ kind: 'job', jid: expect.any(Number), attempt: 1, depth: 3 })
})

test('large bodies go both ways', async () => {
  const [status, , content] = (await bench.value(() =>
    ask('/echo', { kind: 'bytes', parts: [Buffer.alloc(3e6, 4)] }),
  )) as [number, string, { parts: Uint8Array[] }]
  expect([status, content.parts[0]?.length, content.parts[0]?.at(-1)]).toEqual([200, 3_000_000, 4])
})

test('what the service fails with becomes an answer, not a crash', async () => {
  const [status] = (await bench.value(() => ask('/nowhere', { kind: 'empty' }))) as [number]
  expect(status).toBe(500)
})

test('a job that ends leaves its open requests behind, aborted', async () => {
  const fails = async (): Promise<void> => {
    void ask('/never', { kind: 'empty' })
    await new Promise(resolve => setTimeout(resolve, 20))
    process.exit(4)
  }
  const { failure } = await bench.run(fails)
  expect(failure?.code).toBe('exit')
  expect(await bench.value(() => 1)).toBe(1)
})

test('results of other jobs among the arguments are fetched, and stand in their place', async () => {
  results.set(9_001, done('one'))
  results.set(9_002, done({ two: 2 }))
  const one: Reference = { ranges: [[9_001, 1]], many: false }
  const all: Reference = { ranges: [[9_001, 2]], many: true }
  const standIns = new Map<object, Reference>([
    [one, one],
    [all, all],
  ])
  const foreign = (object: object): Reference | undefined => standIns.get(object) && { ...(object as Reference) }
  const args = pack([gather(encode([one, { deep: all }], { foreign }))])
  const [end] = await bench.start((...given: unknown[]) => given, [[]], {}, { args }).ended
  expect(end && (await bench.valueOf(end))).toEqual(['one', { deep: ['one', { two: 2 }] }])
})

test('a job that waits for another lends its worker: five levels on one worker', async () => {
  let next = 20_000
  const deep = async (level: number, jid: number): Promise<number> => {
    if (level === 0) return 0
    const worker = (globalThis as Record<symbol, unknown>)[Symbol.for('picloud.worker')] as WorkerGlobal
    const value = { ranges: [[jid, 1]], results: true, wait: 25_000 }
    const request = {
      method: 'POST',
      url: 'http://parent/v1/jobs/wait',
      content: { kind: 'json', value },
      parts: () => [Buffer.from(JSON.stringify(value))],
      signal: new AbortController().signal,
      headers: { get: () => null, toRecord: () => ({}) },
    }
    const answer = await worker.fetch(request)
    return answer.status === 200 ? level : -1
  }
  const launchLevel = (level: number): Promise<Outcome> => {
    const jid = next++
    if (level > 0) results.set(jid, launchLevel(level - 1))
    return bench.start(deep, [[level, jid]], {}, { depth: 5 - level }).ended.then(([end]) => end?.outcome as Outcome)
  }
  const outcome = await launchLevel(5)
  expect(outcome.status).toBe('done')
})

test('beyond the limit a wait is refused with deadlock, and the others go on', async () => {
  await using small = new Bench({ workers: 1, maxWaiting: 0, serve })
  results.set(9_100, done(1))
  const foreign = (object: object): object => ({ ...object })
  const reference: Reference = { ranges: [[9_100, 1]], many: false }
  const args = pack([
    gather(encode([reference], { foreign: object => (object === reference ? foreign(object) : undefined) })),
  ])
  const [end] = await small.start((x: unknown) => x, [[]], {}, { args }).ended
  expect(end?.failure?.code).toBe('deadlock')
  expect(await small.value(() => 1)).toBe(1)
})
