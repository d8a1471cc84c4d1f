import { connect, type Socket } from 'node:net'
import fc from 'fast-check'
import { expect, onTestFinished, test } from 'vitest'
import { type Channel, openChannel, sendable } from '../../lib/client/connect/channel.ts'
import { problemOf } from '../../lib/http/problem.ts'
import { type ListeningServer, listen } from '../../lib/local/server.ts'
import {
  askedFrame,
  CHANNEL_PATH,
  contentKind,
  MAX_CHANNEL_REQUEST_BYTES,
  MAX_CHANNEL_REQUESTS,
  UPGRADE,
} from '../../lib/protocol/channel.ts'
import { CloudException } from '../../lib/protocol/errors.ts'
import { type Content, LocalRequest, LocalResponse, type RequestLike } from '../../lib/protocol/message.ts'

type Serve = (request: RequestLike) => Promise<LocalResponse>

async function serving(serve: Serve): Promise<ListeningServer> {
  const server = await listen({ serve, refusal: problemOf, host: '127.0.0.1', port: 0 })
  onTestFinished(() => server.close(0))
  return server
}

async function channelTo({ origin }: Pick<ListeningServer, 'origin'>, headers = {}): Promise<Channel> {
  const channel = await openChannel(origin, headers)
  if (channel === undefined) throw new Error('There is no channel.')
  onTestFinished(() => channel.close())
  return channel
}

const json = (value: unknown): LocalResponse => new LocalResponse(200, { kind: 'json', value })
const post = (origin: string, path: string, content: Content = { kind: 'json', value: null }): LocalRequest =>
  new LocalRequest({ method: 'POST', url: origin + path, content })

/** What goes through as a channel takes it. */
function asked(path: string, content?: Content) {
  const sent = sendable(post('http://x', path, content), 'http://x')
  if (sent === undefined) throw new Error('It does not go through a channel.')
  return sent
}
const contentOf = (answer: LocalResponse): unknown =>
  answer.content.kind === 'json' ? answer.content.value : undefined

test('many requests are asked at once over one connection, and answered as each is ready', async () => {
  const held = new Map<string, PromiseWithResolvers<LocalResponse>>()
  const server = await serving(({ url }) => {
    const ready = Promise.withResolvers<LocalResponse>()
    held.set(new URL(url).pathname, ready)
    return ready.promise
  })
  const channel = await channelTo(server)
  const ended: string[] = []
  const asks = ['/a', '/b', '/c'].map(async path => {
    const answer = await channel.ask(asked(path), undefined)
    ended.push(path)
    return contentOf(answer)
  })
  await expect.poll(() => held.size).toBe(3)
  for (const path of ['/c', '/a', '/b']) {
    held.get(path)?.resolve(json(path))
    await expect.poll(() => ended).toContain(path)
  }
  expect(await Promise.all(asks)).toEqual(['/a', '/b', '/c'])
  expect(ended).toEqual(['/c', '/a', '/b'])
})

test('a request has its content, the key of its channel, and where it came from', async () => {
  const seen: unknown[] = []
  const server = await serving(async request => {
    const { method, url, headers, from } = request
    const type = headers.get('content-type')
    seen.push({ method, path: new URL(url).pathname, key: headers.get('authorization'), type, from })
    return new LocalResponse(200, (request as LocalRequest).content)
  })
  const channel = await channelTo(server, { authorization: 'Basic key' })
  const sections = [new Uint8Array([1, 2, 3]), new Uint8Array(9).fill(7)]
  const frame = await channel.ask(asked('/v1/x', { kind: 'frame', header: { ü: [1] }, sections }), undefined)
  expect(frame.content).toMatchObject({ kind: 'frame', header: { ü: [1] } })
  if (frame.content.kind === 'frame')
    expect(frame.content.sections.map(part => [...part])).toEqual(sections.map(part => [...part]))
  expect((await channel.ask(asked('/v1/y', { kind: 'json', value: ['ß'] }), undefined)).content).toEqual({
    kind: 'json',
    value: ['ß'],
  })
  expect((await channel.ask(asked('/v1/z', { kind: 'empty' }), undefined)).content).toEqual({ kind: 'empty' })
  const common = { method: 'POST', key: 'Basic key', from: '127.0.0.1' }
  expect(seen).toEqual([
    { ...common, path: '/v1/x', type: 'application/vnd.picloud.frame' },
    { ...common, path: '/v1/y', type: 'application/json' },
    { ...common, path: '/v1/z', type: null },
  ])
})

test('a problem comes as one, with the time to leave before the next try', async () => {
  const server = await serving(async () =>
    problemOf(new CloudException('Too many.', { code: 'rate-limited', retryAfter: 7 })),
  )
  const answer = await (await channelTo(server)).ask(asked('/a'), undefined)
  expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '7'])
  expect(answer.headers.get('content-type')).toBe('application/problem+json')
  expect(contentOf(answer)).toMatchObject({ code: 'rate-limited', detail: 'Too many.' })
})

test('what is given up aborts at the service, and nothing else does', async () => {
  const signals: (AbortSignal | undefined)[] = []
  const server = await serving(({ signal }) => {
    signals.push(signal)
    return new Promise(() => undefined)
  })
  const channel = await channelTo(server)
  const controller = new AbortController()
  const given = channel.ask(asked('/a'), controller.signal).catch(error => error)
  const gone = channel.ask(asked('/b'), undefined).catch(error => error)
  await expect.poll(() => signals.length).toBe(2)
  controller.abort(new Error('enough'))
  expect(await given).toEqual(new Error('enough'))
  await expect.poll(() => signals.map(signal => signal?.aborted)).toEqual([true, false])
  channel.close()
  expect(await gone).toBeInstanceOf(Error)
  await expect.poll(() => signals.map(signal => signal?.aborted)).toEqual([true, true])
})

test('as many requests may be unanswered as the limit says; the next one is read once one of them is answered', async () => {
  const open: (() => void)[] = []
  const server = await serving(() => new Promise(resolve => open.push(() => resolve(json(null)))))
  const channel = await channelTo(server)
  const asks = Array.from({ length: MAX_CHANNEL_REQUESTS }, () => channel.ask(asked('/a'), undefined))
  await expect.poll(() => open.length).toBe(MAX_CHANNEL_REQUESTS)
  // Frames of one chunk are all taken: this one comes by itself.
  asks.push(channel.ask(asked('/b'), undefined))
  const other = await channelTo(server)
  const probe = other.ask(asked('/c'), undefined)
  await expect.poll(() => open.length).toBe(MAX_CHANNEL_REQUESTS + 1)
  open.pop()?.()
  await probe
  open.pop()?.()
  await expect.poll(() => open.length).toBe(MAX_CHANNEL_REQUESTS)
  for (const end of open) end()
  await Promise.all(asks)
})

test('a server that closes answers what was asked, and takes nothing more', async () => {
  const ready = Promise.withResolvers<LocalResponse>()
  let served = 0
  const server = await listen({
    serve() {
      served++
      return ready.promise
    },
    refusal: problemOf,
    host: '127.0.0.1',
    port: 0,
  })
  const channel = await channelTo(server)
  const answer = channel.ask(asked('/a'), undefined)
  await expect.poll(() => served).toBe(1)
  const closed = server.close(10_000)
  const late = channel.ask(asked('/b'), undefined).catch(error => error)
  ready.resolve(json('in time'))
  expect(contentOf(await answer)).toBe('in time')
  expect(await late).toBeInstanceOf(Error)
  await closed
  expect(served).toBe(1)
})

/** A channel by hand. */
async function rawChannel(port: number): Promise<Socket> {
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write(`GET ${CHANNEL_PATH} HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: ${UPGRADE}\r\n\r\n`)
  const head = await new Promise<Buffer>(resolve => socket.once('data', resolve))
  expect(String(head)).toContain('101 Switching Protocols')
  return socket
}

const frameOf = (path: string, kind: number, content = ''): Buffer =>
  askedFrame({ number: 1, kind, path, content: Buffer.from(content) })

test.each([
  ['no JSON', frameOf('/a', contentKind.json, '{'), 'The body is not JSON'],
  ['bytes that are no UTF-8', withLast(frameOf('/a', contentKind.json, 'xx'), 0xff), 'not JSON'],
  ['no frame', frameOf('/a', contentKind.frame, 'nothing of that kind'), 'can’t be read as a frame'],
  ['a kind that nobody knows', frameOf('/a', 77), 'kind 77'],
  ['a path without a slash', frameOf('@elsewhere', contentKind.empty), 'begins with a slash'],
])('%s is answered with a problem, and the channel goes on', async (_, bytes, why) => {
  const { port } = await serving(async () => json('fine'))
  const socket = await rawChannel(port)
  socket.write(bytes)
  const answer = await new Promise<Buffer>(resolve => socket.once('data', resolve))
  expect(answer.readUInt16LE(10)).toBe(400)
  expect(String(answer)).toContain(why)
  socket.write(frameOf('/a', contentKind.empty))
  const next = await new Promise<Buffer>(resolve => socket.once('data', resolve))
  expect(next.readUInt16LE(10)).toBe(200)
})

test.each([
  ['a frame above the limit', sized(MAX_CHANNEL_REQUEST_BYTES + 1)],
  ['a frame that is shorter than its head', sized(7)],
  ['one without a path', Buffer.from([9, 0, 0, 0, 1, 0, 0, 0, 2])],
  ['a path that runs past its end', Buffer.from([16, 0, 0, 0, 1, 0, 0, 0, 2, 200, 0, 0, 0, 0, 0, 0])],
])('%s ends the connection, and harms nobody', async (_, bytes) => {
  const { origin, port } = await serving(async () => json('fine'))
  const socket = await rawChannel(port)
  const ended = new Promise(resolve => socket.once('close', resolve))
  socket.write(bytes)
  await ended
  expect(await (await fetch(origin)).json()).toBe('fine')
})

function withLast(bytes: Buffer, byte: number): Buffer {
  bytes[bytes.byteLength - 1] = byte
  return bytes
}

function sized(size: number): Buffer {
  const bytes = Buffer.alloc(16)
  bytes.writeUInt32LE(size, 0)
  return bytes
}

test('any bytes at all leave the service as it was', async () => {
  const { origin, port } = await serving(async () => json('fine'))
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ minLength: 1, maxLength: 60 }), { maxLength: 5 }), async parts => {
      const socket = await rawChannel(port)
      socket.on('error', () => undefined)
      const ended = new Promise(resolve => socket.once('close', resolve))
      socket.resume()
      for (const part of parts) socket.write(part)
      socket.end()
      await ended
    }),
    { numRuns: 60 },
  )
  expect(await (await fetch(origin)).json()).toBe('fine')
})

test('a request that asks for another upgrade is answered as any', async () => {
  const { port } = await serving(async () => json('fine'))
  const socket = connect(port, '127.0.0.1')
  onTestFinished(() => void socket.destroy())
  socket.write('GET /a HTTP/1.1\r\nhost: x\r\nconnection: upgrade\r\nupgrade: h2c\r\n\r\n')
  const answer = String(await new Promise<Buffer>(resolve => socket.once('data', resolve)))
  expect(answer).toContain('200 OK')
  expect(answer).toContain('"fine"')
})
