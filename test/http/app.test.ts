import { describe, expect, test } from 'vitest'
import { createApp } from '../../lib/http/app.ts'
import { CloudException } from '../../lib/protocol/errors.ts'
import { decodeFrame, encodeFrame, FRAME_TYPE } from '../../lib/protocol/frame.ts'
import { MAX_REQUEST_BYTES } from '../../lib/protocol/limits.ts'
import { LocalRequest } from '../../lib/protocol/message.ts'
import { endsSection, pack } from '../../lib/protocol/packed.ts'
import { encode, gather } from '../../lib/value/encode.ts'
import { FakeEngine } from '../client/fake-engine.ts'

const hash = 'a'.repeat(64)
const fn = { bundle: hash, code: hash, name: 'f', node: 24 }

function service(engine = new FakeEngine()) {
  const reported: unknown[] = []
  const app = createApp(engine, { principalOf: () => ({ kind: 'owner' }), report: error => reported.push(error) })
  const post = (path: string, body: unknown) =>
    app.fetch(
      new Request(`http://test${path}`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    )
  return { app, engine, reported, post }
}

function submitting(header: unknown, sections: readonly Uint8Array[] = []): Request {
  return new Request('http://test/v1/jobs', {
    method: 'POST',
    headers: { 'content-type': FRAME_TYPE },
    body: encodeFrame(header, sections),
  })
}

async function problemOf(response: Response): Promise<unknown> {
  expect(response.headers.get('content-type')).toBe('application/problem+json')
  return response.json()
}

describe('a job over the wire', () => {
  test('is submitted, waited for and looked at', async () => {
    const { app, engine, post } = service(new FakeEngine(() => 'done'))
    engine.bundles.set(hash, new Uint8Array())
    const { first } = (await (await post('/v1/jids', { count: 3 })).json()) as { first: number }
    const args = pack([gather(encode([1])), gather(encode([2]))])
    const segment = { first, count: 2, args: [0, 1] }
    const submission = { id: first, function: fn, options: { label: 'l' }, segments: [segment] }
    const submitted = await app.fetch(submitting({ submissions: [submission] }, [endsSection(args), args.bytes]))
    expect([submitted.status, await submitted.json()]).toEqual([200, {}])
    const waited = await post('/v1/jobs/wait', { ranges: [[first, 2]], results: true, wait: 0 })
    expect(waited.headers.get('content-type')).toBe(FRAME_TYPE)
    const { header, sections } = decodeFrame(new Uint8Array(await waited.arrayBuffer()))
    expect(header).toEqual({ finished: [{ first, statuses: ['done', 'done'] }], more: false, retryAfter: 0 })
    expect(sections).toHaveLength(2)
    const listed = await app.fetch(new Request('http://test/v1/jobs?limit=1&label=l'))
    expect(await listed.json()).toMatchObject({ jobs: [{ first: first + 1, label: 'l' }], cursor: '1' })
    expect((await post('/v1/jobs/kill', {})).status).toBe(204)
    expect((await post('/v1/jobs/delete', { ranges: [[first, 2]] })).status).toBe(204)
    expect(engine.jobs.size).toBe(0)
  })

  test('lacking its bundle it is not accepted; put, it is', async () => {
    const { app, engine } = service()
    const submission = { id: 1, function: fn, options: {}, segments: [] }
    const answer = await app.fetch(submitting({ submissions: [submission] }))
    expect(await answer.json()).toEqual({ missing: [hash] })
    const put = { method: 'PUT', body: 'code' }
    expect((await app.fetch(new Request(`http://test/v1/functions/${hash}`))).status).toBe(404)
    expect((await app.fetch(new Request(`http://test/v1/functions/${hash}`, put))).status).toBe(204)
    expect((await app.fetch(new Request(`http://test/v1/functions/${hash}`))).status).toBe(204)
    expect(engine.bundles.get(hash)).toEqual(new Uint8Array(Buffer.from('code')))
  })

  test('large payloads go and come as blobs', async () => {
    const { app, post } = service()
    const { url } = (await (await post('/v1/blobs', { size: 3 })).json()) as { url: string }
    expect((await app.fetch(new Request(`http://test${url}`, { method: 'PUT', body: 'abc' }))).status).toBe(204)
    expect(await (await app.fetch(new Request(`http://test${url}`))).text()).toBe('abc')
    const unknown = await app.fetch(new Request('http://test/v1/blobs/no/such'))
    expect(await problemOf(unknown)).toMatchObject({ status: 404, code: 'not-found' })
  })
})

describe('a bad request', () => {
  const range = [[1, 1]]
  test.each([
    ['/v1/jids', { count: 0 }],
    ['/v1/jids', { count: 100_001 }],
    ['/v1/jids', { count: 1, more: 1 }],
    ['/v1/jids', null],
    ['/v1/jobs/wait', { ranges: [], results: true, wait: 0 }],
    ['/v1/jobs/wait', { ranges: range, results: true, wait: 25_001 }],
    ['/v1/jobs/wait', { ranges: [[0, 1]], results: true, wait: 0 }],
    ['/v1/jobs/wait', { ranges: Array(1_001).fill([1, 1]), results: true, wait: 0 }],
    ['/v1/jobs/status', { ranges: [[1, 0]] }],
    ['/v1/jobs/info', { ranges: range, keys: ['stdin'] }],
    ['/v1/jobs/kill', { ranges: 'all' }],
    ['/v1/jobs/delete', {}],
    ['/v1/blobs', { size: -1 }],
  ])('%s %j answers 400 with a problem', async (path, body) => {
    const response = await service().post(path, body)
    expect(await problemOf(response)).toMatchObject({ status: 400, code: 'invalid-request' })
  })

  test.each([
    ['/v1/jids', { count: 1 }],
    ['/v1/jids', { count: 100_000 }],
    ['/v1/jobs/kill', { ranges: [], tree: true }],
  ])('%s %j is at the limit and served', async (path, body) => {
    expect((await service().post(path, body)).ok).toBe(true)
  })

  test('says where it went wrong', async () => {
    const { app } = service()
    const segment = { first: 1, count: 101, args: [0, 1] }
    const submission = { id: 1, function: fn, options: { retries: -1 }, segments: [segment] }
    const problem = await problemOf(await app.fetch(submitting({ submissions: [submission] })))
    expect(problem).toMatchObject({ code: 'invalid-request' })
    expect((problem as { detail: string }).detail).toContain('submissions[0].options.retries')
    expect((problem as { detail: string }).detail).toContain('submissions[0].segments[0].count')
  })

  test('keeps being refused once its schema was compiled', async () => {
    const { post } = service()
    for (let use = 0; use < 40; use++) expect((await post('/v1/jids', { count: 1 })).status).toBe(200)
    const problem = await problemOf(await post('/v1/jids', { count: 'x' }))
    expect((problem as { detail: string }).detail).toMatch(/count: .*expected number/)
  })

  test.each([
    ['text/plain', '{}', 415],
    ['application/json', '{', 400],
    ['application/json; charset=utf-8', '{"count":1}', 200],
  ])('a body of %s, %s: %d', async (type, body, status) => {
    const { app } = service()
    const request = new Request('http://test/v1/jids', { method: 'POST', headers: { 'content-type': type }, body })
    expect((await app.fetch(request)).status).toBe(status)
  })

  test('a frame that is none', async () => {
    const request = new Request('http://test/v1/jobs', {
      method: 'POST',
      headers: { 'content-type': FRAME_TYPE },
      body: 'PCF, perhaps?',
    })
    expect(await problemOf(await service().app.fetch(request))).toMatchObject({ code: 'invalid-request' })
  })

  test.each([
    ['GET', '/v1'],
    ['GET', '/v2/jobs'],
    ['DELETE', '/v1/jobs/1/result/x'],
  ])('%s %s is no route', async (method, path) => {
    const response = await service().app.fetch(new Request(`http://test${path}`, { method }))
    expect(await problemOf(response)).toMatchObject({ code: 'not-found', status: 404 })
  })
})

describe('sizes are bounded before a body is read', () => {
  function counting(bytes: number): { body: ReadableStream<Uint8Array>; taken: () => number } {
    let taken = 0
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        if (taken >= bytes) controller.close()
        else controller.enqueue(new Uint8Array(65_536))
        taken += 65_536
      },
    })
    return { body, taken: () => taken }
  }

  test('by the length that is claimed', async () => {
    const { body, taken } = counting(1e9)
    const headers = { 'content-type': FRAME_TYPE, 'content-length': String(MAX_REQUEST_BYTES + 1) }
    const request = new Request('http://test/v1/jobs', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
    const response = await service().app.fetch(request)
    expect(await problemOf(response)).toMatchObject({ status: 413, code: 'too-large' })
    expect(taken()).toBeLessThanOrEqual(131_072)
  })

  test('while it streams in', async () => {
    const { body, taken } = counting(1e9)
    const headers = { 'content-type': FRAME_TYPE }
    const request = new Request('http://test/v1/jobs', { method: 'POST', headers, body, duplex: 'half' } as RequestInit)
    expect((await service().app.fetch(request)).status).toBe(413)
    expect(taken()).toBeLessThanOrEqual(MAX_REQUEST_BYTES + 262_144)
  })

  test('and in one process', async () => {
    const content = { kind: 'frame', header: {}, sections: [new Uint8Array(MAX_REQUEST_BYTES + 1)] } as const
    const request = new LocalRequest({ method: 'POST', url: 'http://test/v1/jobs', content })
    expect((await service().app.fetch(request)).status).toBe(413)
  })

  test.each(['-1', 'many', '1e3'])('the length %s is no number', async length => {
    const content = { kind: 'bytes', parts: [] } as const
    const headers = { 'content-length': length }
    const request = new LocalRequest({ method: 'PUT', url: `http://test/v1/functions/${hash}`, content, headers })
    expect((await service().app.fetch(request)).status).toBe(400)
  })
})

describe('errors', () => {
  test('carry their code, their jid and what to do', async () => {
    const { post } = service()
    const problem = await problemOf(await post('/v1/jobs/status', { ranges: [[7, 1]] }))
    expect(problem).toEqual({
      type: '/docs#problem-unknown-job',
      title: 'unknown job',
      status: 404,
      detail: 'There is no job 7.',
      code: 'unknown-job',
      jid: 7,
      requestId: expect.any(String),
    })
  })

  test('of the service itself tell nothing and are reported', async () => {
    const { engine, reported, post } = service()
    engine.status = async () => {
      throw new Error('secret path /var/x')
    }
    const problem = await problemOf(await post('/v1/jobs/status', { ranges: [[7, 1]] }))
    expect(problem).toMatchObject({ status: 500, code: 'internal' })
    expect(JSON.stringify(problem)).not.toContain('secret')
    expect(reported).toHaveLength(1)
  })

  test('nobody known is 401, whom the rules forbid is 403', async () => {
    const nobody = createApp(new FakeEngine(), { principalOf: () => undefined })
    const list = () => new Request('http://test/v1/jobs')
    expect((await nobody.fetch(list())).status).toBe(401)
    expect((await nobody.fetch(new Request('http://test/healthz'))).status).toBe(200)
    const forbidden = createApp(new FakeEngine(), {
      principalOf: async () => {
        throw new CloudException('This key may only read.', { code: 'forbidden' })
      },
    })
    expect((await forbidden.fetch(list())).status).toBe(403)
  })
})
