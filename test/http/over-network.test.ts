import { brotliCompressSync, brotliDecompressSync, deflateSync, gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { chosenEncoding, matchesTag } from '../../lib/http/accepts.ts'
import { createApp } from '../../lib/http/app.ts'
import { createOverNetwork } from '../../lib/http/over-network.ts'
import { LocalResponse } from '../../lib/protocol/message.ts'
import { FakeEngine } from '../client/fake-engine.ts'

const app = (engine = new FakeEngine()) => createApp(engine, { principalOf: () => ({ kind: 'owner' }) })
const get = (path: string, headers: Record<string, string> = {}) =>
  app().fetch(new Request(`http://test${path}`, { headers }))
const bytesOf = async (response: Response): Promise<Buffer> => Buffer.from(await response.arrayBuffer())

describe('a request’s id', () => {
  test.each([
    ['one that was chosen', 'my-request.7:a', /^my-request\.7:a$/],
    ['a long one', 'x'.repeat(128), /^x{128}$/],
    ['one too long', 'x'.repeat(129), /^[0-9a-f-]{36}$/],
    ['what may not stand in a log', 'a b"c', /^[0-9a-f-]{36}$/],
  ])('%s', async (_, given, expected) => {
    expect((await get('/healthz', { 'x-request-id': given })).headers.get('x-request-id')).toMatch(expected)
  })

  test('stands in a problem too', async () => {
    const answer = await get('/nowhere', { 'x-request-id': 'mine' })
    expect([answer.headers.get('x-request-id'), await answer.json()]).toEqual([
      'mine',
      expect.objectContaining({ code: 'not-found', requestId: 'mine' }),
    ])
  })
})

describe('compression', () => {
  test.each<[string | null, string | undefined]>([
    [null, undefined],
    ['', undefined],
    ['gzip', 'gzip'],
    ['GZIP', 'gzip'],
    ['x-gzip', 'gzip'],
    ['br', 'br'],
    ['gzip, deflate, br, zstd', 'br'],
    ['br;q=0.5, gzip', 'gzip'],
    ['br, gzip;q=0.5', 'br'],
    ['br; q=0, gzip; q=0', undefined],
    ['gzip;q=0.000, *', 'br'],
    ['br;q=0, *;q=0.1', 'gzip'],
    ['*', 'br'],
    ['*;q=0', undefined],
    ['deflate', undefined],
    ['gzip;q=nonsense', undefined],
  ])('%s: %s', (header, expected) => {
    expect(chosenEncoding(header)).toBe(expected)
  })

  test.each([
    ['gzip', gunzipSync],
    ['br', brotliDecompressSync],
  ])('of a long answer, if that was asked for: %s', async (encoding, unpack) => {
    const plain = await get('/openapi.json', { 'accept-encoding': 'identity' })
    expect(plain.headers.get('content-encoding')).toBeNull()
    const packed = await get('/openapi.json', { 'accept-encoding': encoding })
    expect(packed.headers.get('content-encoding')).toBe(encoding)
    expect(packed.headers.get('vary')).toContain('accept-encoding')
    const [long, short] = [await bytesOf(plain), await bytesOf(packed)]
    expect(short.length).toBeLessThan(long.length / 3)
    expect(unpack(short).equals(long)).toBe(true)
  })

  test('not of what streams', async () => {
    async function* read(): AsyncGenerator<Uint8Array> {
      for (let nth = 0; nth < 100; nth++) yield Buffer.alloc(1_000, 'a')
    }
    const content = { kind: 'stream', size: 100_000, read } as const
    const streaming = createOverNetwork({
      answer: async () => new LocalResponse(200, content, { 'content-type': 'text/plain' }),
      watcher: undefined,
    })
    const answer = await streaming(new Request('http://test/x', { headers: { 'accept-encoding': 'gzip' } }))
    expect([answer.content, answer.headers.get('content-encoding')]).toEqual([content, null])
    expect((await answer.toResponse().text()).length).toBe(100_000)
  })

  test('not of a short one', async () => {
    const answer = await get('/healthz', { 'accept-encoding': 'gzip' })
    expect([answer.headers.get('content-encoding'), await answer.json()]).toEqual([null, { ok: true }])
  })
})

describe('tags', () => {
  test.each<[string | null, string, boolean]>([
    [null, 'W/"a"', false],
    ['W/"a"', 'W/"a"', true],
    ['"a"', 'W/"a"', true],
    ['"b", W/"a"', 'W/"a"', true],
    ['*', 'W/"a"', true],
    ['a', 'W/"a"', false],
    ['"b"', 'W/"a"', false],
  ])('%s matches %s: %s', (header, tag, expected) => {
    expect(matchesTag(header, tag)).toBe(expected)
  })

  test('an answer that is the same is not sent again', async () => {
    const engine = new FakeEngine()
    const list = (tag = '') =>
      app(engine).fetch(new Request('http://test/v1/jobs', { headers: tag === '' ? {} : { 'if-none-match': tag } }))
    const first = await list()
    const tag = first.headers.get('etag') ?? ''
    expect(tag).toMatch(/^W\/"[\w-]{20,}"$/)
    const again = await list(tag)
    expect([again.status, again.headers.get('etag'), await again.text()]).toEqual([304, tag, ''])
    engine.jobs.set(1, {
      jid: 1,
      args: new Uint8Array(),
      submission: submission,
      status: 'done',
      payload: new Uint8Array(),
    })
    const other = await list(tag)
    expect([other.status, other.headers.get('etag') === tag]).toEqual([200, false])
  })

  test('what is posted has none', async () => {
    const body = JSON.stringify({ count: 1 })
    const init = { method: 'POST', headers: { 'content-type': 'application/json' }, body }
    const answer = await app().fetch(new Request('http://test/v1/jids', init))
    expect([answer.status, answer.headers.get('etag')]).toEqual([200, null])
    expect(answer.headers.get('cache-control')).toBe('no-store')
  })
})

const fn = { bundle: 'a'.repeat(64), code: 'a'.repeat(64), name: 'f', node: 24 }
const submission = { id: 1, function: fn, options: {}, segments: [] }

describe('a body that was compressed', () => {
  const send = (encoding: string, body: Uint8Array<ArrayBuffer>, path = '/v1/jids') => {
    const headers = { 'content-type': 'application/json', 'content-encoding': encoding }
    return app().fetch(new Request(`http://test${path}`, { method: 'POST', headers, body }))
  }
  const text = JSON.stringify({ count: 1 })

  test.each([
    ['gzip', gzipSync(text)],
    ['GZip', gzipSync(text)],
    ['deflate', deflateSync(text)],
    ['br', brotliCompressSync(text)],
    ['identity', Buffer.from(text)],
  ])('%s is read', async (encoding, body) => {
    expect((await send(encoding, body)).status).toBe(200)
  })

  test.each([
    ['gzip', Buffer.from(text)],
    ['gzip', gzipSync(text).subarray(0, 20)],
    ['br', gzipSync(text)],
    ['zebra', Buffer.from(text)],
    ['gzip, gzip', gzipSync(gzipSync(text))],
  ])('%s that is none is refused', async (encoding, body) => {
    const answer = await send(encoding, Buffer.from(body))
    const expected = /^(?:gzip|br)$/.test(encoding) ? [400, 'invalid-request'] : [415, 'unsupported-type']
    expect([answer.status, ((await answer.json()) as { code: string }).code]).toEqual(expected)
  })

  test('is bounded by what comes out of it, not by what goes in', async () => {
    const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024))
    expect(bomb.length).toBeLessThan(256 * 1024)
    expect((await send('gzip', bomb)).status).toBe(413)
  })
})
