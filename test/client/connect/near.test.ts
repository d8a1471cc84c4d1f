import { createServer, type Server } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { sendable } from '../../../lib/client/connect/channel.ts'
import { createNear } from '../../../lib/client/connect/near.ts'
import { problemOf } from '../../../lib/http/problem.ts'
import { listen } from '../../../lib/local/server.ts'
import { CHANNEL_PATH, MAX_CHANNEL_REQUEST_BYTES } from '../../../lib/protocol/channel.ts'
import { type Content, LocalRequest, LocalResponse, type RequestLike } from '../../../lib/protocol/message.ts'

type Serve = (request: RequestLike) => Promise<LocalResponse>

const json = (value: unknown): LocalResponse => new LocalResponse(200, { kind: 'json', value })
const post = (origin: string, path: string, content: Content = { kind: 'json', value: null }): LocalRequest =>
  new LocalRequest({ method: 'POST', url: origin + path, content })

test('a request goes through up to the limit, and above it by itself', async () => {
  const serve: Serve = async request => json(request instanceof LocalRequest)
  const server = await listen({ serve, refusal: problemOf, host: '127.0.0.1', port: 0 })
  onTestFinished(() => server.close(0))
  const near = createNear(server.origin, {})
  onTestFinished(() => near.close())
  const sizes = [MAX_CHANNEL_REQUEST_BYTES / 2, MAX_CHANNEL_REQUEST_BYTES - 400, MAX_CHANNEL_REQUEST_BYTES, 2 ** 20]
  const ways: boolean[] = []
  for (const size of sizes) {
    const request = post(server.origin, '/a', { kind: 'json', value: 'x'.repeat(size) })
    const answer = await near.fetch(request, () => request.headers.toRecord())
    ways.push(JSON.parse(new TextDecoder().decode(await answer.arrayBuffer())))
  }
  expect(ways).toEqual([true, true, false, false])
})

test.each([
  ['a path with an escape', '/a%20b', true],
  ['a query', '/a?b=c', true],
  ['a path of 256 bytes', `/${'a'.repeat(255)}`, true],
  ['a path of 255 bytes', `/${'a'.repeat(254)}`, false],
])('%s goes by itself: %s', (_, path, alone) => {
  expect(sendable(post('http://x', path), 'http://x') === undefined).toBe(alone)
})

test('headers of its own, other methods and blobs go by themselves', () => {
  const of = (init: object) => sendable(new LocalRequest({ method: 'POST', url: 'http://x/a', ...init }), 'http://x')
  expect(of({ method: 'GET' })).toBeUndefined()
  expect(of({ content: { kind: 'bytes', parts: [] } })).toBeUndefined()
  expect(new LocalRequest({ method: 'POST', url: 'http://x/a', headers: { a: 'b' } }).isBare).toBe(false)
})

/** A server without channels, which says how it was reached. */
async function plainServer(onUpgrade?: (socket: Socket) => void) {
  const upgrades: string[] = []
  const server: Server = createServer((incoming, response) => {
    if (incoming.url === CHANNEL_PATH) {
      upgrades.push('asked')
      response.writeHead(404).end()
    } else response.end(JSON.stringify('plain'))
  })
  if (onUpgrade !== undefined) {
    server.on('upgrade', (_, socket) => {
      upgrades.push('asked')
      onUpgrade(socket as Socket)
    })
  }
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  const near = createNear(origin, {})
  onTestFinished(async () => {
    await near.close()
    server.close()
  })
  const ask = async () => {
    const answer = await near.fetch(post(origin, '/a'), () => ({}))
    return JSON.parse(new TextDecoder().decode(await answer.arrayBuffer()))
  }
  return { ask, upgrades }
}

test('a service without channels is asked for one once, and all goes by itself', async () => {
  const { ask, upgrades } = await plainServer()
  expect(await Promise.all([ask(), ask()])).toEqual(['plain', 'plain'])
  expect([await ask(), upgrades.length]).toEqual(['plain', 1])
})

test('where something in between breaks off it is asked for a few times', async () => {
  const { ask, upgrades } = await plainServer(socket => socket.destroy())
  for (let time = 0; time < 5; time++) expect(await ask()).toBe('plain')
  expect(upgrades.length).toBe(3)
})

test('a channel that broke fails what is asked, and the next request opens another', async () => {
  const signals: (AbortSignal | undefined)[] = []
  const serve: Serve = ({ url, signal }) => {
    signals.push(signal)
    return url.endsWith('/hang') ? new Promise(() => undefined) : Promise.resolve(json('fine'))
  }
  const first = await listen({ serve, refusal: problemOf, host: '127.0.0.1', port: 0 })
  const near = createNear(first.origin, {})
  onTestFinished(() => near.close())
  const hanging = near.fetch(post(first.origin, '/hang'), () => ({})).catch(error => error)
  await expect.poll(() => signals.length).toBe(1)
  await first.close(0)
  expect(await hanging).toBeInstanceOf(Error)
  await expect(near.fetch(post(first.origin, '/a'), () => ({}))).rejects.toThrow('ECONNREFUSED')
  const second = await listen({ serve, refusal: problemOf, host: '127.0.0.1', port: first.port })
  onTestFinished(() => second.close(0))
  expect((await near.fetch(post(first.origin, '/a'), () => ({}))).status).toBe(200)
})

test('what is given up before it is asked is not asked', async () => {
  let served = 0
  const serve: Serve = async () => json(++served)
  const server = await listen({ serve, refusal: problemOf, host: '127.0.0.1', port: 0 })
  const near = createNear(server.origin, {})
  onTestFinished(async () => {
    await near.close()
    await server.close(0)
  })
  const given = new LocalRequest({ method: 'POST', url: `${server.origin}/a`, signal: AbortSignal.abort('no') })
  await expect(near.fetch(given, () => ({}))).rejects.toBe('no')
  await near.fetch(post(server.origin, '/b'), () => ({}))
  expect(served).toBe(1)
})
