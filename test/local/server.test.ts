import { Agent, request } from 'node:http'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { problemOf } from '../../lib/http/problem.ts'
import { type ListeningServer, listen } from '../../lib/local/server.ts'
import { LocalResponse, type RequestLike } from '../../lib/protocol/message.ts'
import { problemSchema } from '../../lib/protocol/routes.ts'

async function serving(serve: (request: RequestLike) => Promise<LocalResponse>): Promise<ListeningServer> {
  const server = await listen({ serve, refusal: problemOf, host: '127.0.0.1', port: 0 })
  onTestFinished(() => server.close(0))
  return server
}

const json = (value: unknown): LocalResponse => new LocalResponse(200, { kind: 'json', value })

test('it hands on method, address, headers and body, and writes the answer', async () => {
  const { origin } = await serving(async asked => {
    const parts: Uint8Array[] = []
    for await (const part of asked.body ?? []) parts.push(part)
    const { method, url } = asked
    return json({
      method,
      url,
      given: asked.headers.get('X-Given'),
      none: asked.headers.get('none'),
      body: String(Buffer.concat(parts)),
    })
  })
  const answer = await fetch(`${origin}/a/b?c=d`, { method: 'PUT', headers: { 'x-given': 'yes' }, body: 'the body' })
  expect(answer.headers.get('content-type')).toBe('application/json')
  const expected = { method: 'PUT', url: `${origin}/a/b?c=d`, given: 'yes', none: null, body: 'the body' }
  expect(await answer.json()).toEqual(expected)
})

test('HEAD is answered as GET, without the body', async () => {
  const { origin } = await serving(async ({ method }) => json({ method }))
  const answer = await fetch(origin, { method: 'HEAD' })
  expect(answer.headers.get('content-length')).toBe(String('{"method":"GET"}'.length))
  expect(await answer.text()).toBe('')
})

test('parts are written end to end; nothing has no length', async () => {
  const parts = ['one ', 'two ', 'three'].map(part => Buffer.from(part))
  const { origin } = await serving(async ({ url }) =>
    url.endsWith('/parts') ? new LocalResponse(200, { kind: 'bytes', parts }) : new LocalResponse(204),
  )
  const answer = await fetch(`${origin}/parts`)
  expect([answer.headers.get('content-length'), await answer.text()]).toEqual(['13', 'one two three'])
  const none = await fetch(origin)
  expect([none.status, none.headers.get('content-length')]).toEqual([204, null])
})

test('a client that goes before its answer aborts the request', async () => {
  const { promise: asked, resolve: begun } = Promise.withResolvers<AbortSignal | undefined>()
  const { promise: end, resolve } = Promise.withResolvers<LocalResponse>()
  const { origin } = await serving(({ signal }) => {
    begun(signal)
    return end
  })
  const controller = new AbortController()
  const answer = fetch(origin, { signal: controller.signal }).catch(() => 'gone')
  const signal = await asked
  expect(signal?.aborted).toBe(false)
  controller.abort()
  expect(await answer).toBe('gone')
  await expect.poll(() => signal?.aborted).toBe(true)
  resolve(json({}))
})

test('a connection that ends within a body fails its reader, and harms nobody', async () => {
  const { promise: failed, resolve } = Promise.withResolvers<unknown>()
  const { origin, port } = await serving(async ({ method, body }) => {
    if (method === 'GET') return json('fine')
    try {
      for await (const _ of body ?? []);
    } catch (error) {
      resolve(error)
    }
    return json('too late')
  })
  const socket = connect(port, '127.0.0.1')
  socket.write('PUT / HTTP/1.1\r\nhost: x\r\ncontent-length: 100\r\n\r\nonly this')
  socket.once('ready', () => setImmediate(() => socket.destroy()))
  expect(await failed).toMatchObject({ code: 'aborted' })
  expect(await (await fetch(origin)).json()).toBe('fine')
})

test('a large body that nobody reads costs its sender the connection', async () => {
  const { port } = await serving(async () => new LocalResponse(401))
  const headers = { 'content-length': 100_000_000 }
  const asked = request({ port, host: '127.0.0.1', method: 'POST', headers, agent: false })
  asked.on('error', () => undefined)
  asked.flushHeaders()
  const [status, connection] = await new Promise<[number | undefined, string | undefined]>(resolve => {
    asked.once('response', answer => {
      resolve([answer.statusCode, answer.headers.connection])
      answer.resume()
    })
  })
  expect([status, connection]).toEqual([401, 'close'])
  asked.destroy()
})

test.each([
  ['GET http://elsewhere.test/ HTTP/1.1\r\nhost: elsewhere.test\r\n\r\n', 400],
  ['OPTIONS * HTTP/1.1\r\nhost: a\r\n\r\n', 400],
  ['nonsense\r\n\r\n', 400],
  [`GET / HTTP/1.1\r\nx: ${'x'.repeat(20_000)}\r\n\r\n`, 431],
])('what is no request is refused with a problem: %j', async (bytes, status) => {
  const { port } = await serving(async () => json('reached'))
  const socket = connect(port, '127.0.0.1')
  socket.write(bytes)
  const [head = '', body = ''] = (await text(socket)).split('\r\n\r\n')
  expect(head).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `))
  expect(head).toMatch(/^content-type: application\/problem\+json$/m)
  expect(problemSchema.parse(JSON.parse(body))).toMatchObject({ status, code: 'invalid-request' })
})

test.each([
  ['refuses it by its head is not sent the body', 413, false],
  ['reads it is', 200, true],
])('a body that waits for leave: who %s', async (_, status, isRead) => {
  const { port } = await serving(async ({ body }) => {
    if (isRead) for await (const part of body ?? []) expect(part.byteLength).toBe(3)
    return new LocalResponse(status)
  })
  const headers = { expect: '100-continue', 'content-length': 3 }
  const agent = new Agent({ keepAlive: true })
  onTestFinished(() => agent.destroy())
  const asked = request({ port, host: '127.0.0.1', method: 'PUT', headers, agent })
  asked.on('error', () => undefined)
  let isLetIn = false
  asked.on('continue', () => {
    isLetIn = true
    asked.end('abc')
  })
  const [given, connection] = await new Promise<[number | undefined, string | undefined]>(resolve => {
    asked.once('response', answer => {
      resolve([answer.statusCode, answer.headers.connection])
      answer.resume()
    })
    asked.flushHeaders()
  })
  expect([given, isLetIn, connection === 'close']).toEqual([status, isRead, !isRead])
  asked.destroy()
})

test('an address that is none of this machine is refused', async () => {
  const serve = async (): Promise<LocalResponse> => json('')
  await expect(listen({ serve, refusal: problemOf, host: '203.0.113.1', port: 0 })).rejects.toMatchObject({
    code: 'invalid-argument',
  })
})
