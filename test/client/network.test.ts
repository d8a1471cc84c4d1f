import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { Readable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createApp } from '../../lib/http/app.ts'
import { type Cloud, connect } from '../../lib/index.ts'
import { FakeEngine, open } from './fake-engine.ts'

const engine = new FakeEngine(([x]) => (x === 'open' ? open : x))
const keys: (string | null)[] = []
const app = createApp(engine, {
  principalOf(request) {
    keys.push(request.headers.get('authorization'))
    return keys.at(-1) === `Basic ${btoa('7:hush')}` ? { kind: 'owner' } : undefined
  },
})

let server: Server
let url = ''

beforeAll(async () => {
  const answer = async (incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> => {
    const { method = 'GET', headers } = incoming
    const given = new AbortController()
    outgoing.on('close', () => given.abort())
    const request = new Request(`${url}${incoming.url}`, {
      method,
      headers: headers as Record<string, string>,
      signal: given.signal,
      ...(method !== 'GET' && { body: Readable.toWeb(incoming), duplex: 'half' }),
    } as unknown as RequestInit)
    const response = await app.fetch(request)
    outgoing.writeHead(response.status, Object.fromEntries(response.headers))
    outgoing.end(Buffer.from(await response.arrayBuffer()))
  }
  server = createServer((incoming, outgoing) => void answer(incoming, outgoing))
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
})

afterAll(async () => {
  server.closeAllConnections()
  await new Promise(resolve => server.close(resolve))
})

describe('over a network', () => {
  const client = (secret = 'hush'): Cloud => connect({ url, key: '7', secret })

  test('calls, maps and large values', async () => {
    await using cloud = client()
    const echo = (x: unknown): unknown => x
    expect(await cloud.call(echo, { a: [1] }).result()).toEqual({ a: [1] })
    expect(await cloud.map(echo, [1, 'b']).result()).toEqual([1, 'b'])
    const large = new Uint8Array(100_000).fill(5)
    expect(await cloud.call(echo, large).result()).toEqual(large)
    expect(new Set(keys)).toEqual(new Set([`Basic ${btoa('7:hush')}`]))
    expect(cloud.connectionInfo()).toEqual({ type: 'http', url, key: '7' })
  })

  test('a wrong key is refused', async () => {
    await using cloud = client('wrong')
    await expect(cloud.call(() => 1)).rejects.toMatchObject({ code: 'unauthorized' })
  })

  test('a wait that is given up hangs no longer at the service', async () => {
    await using cloud = client()
    const jid = await cloud.call((x: string) => x, 'open')
    await expect(cloud.result(jid, { timeout: '20ms' })).rejects.toMatchObject({ code: 'wait-timeout' })
    await expect.poll(() => engine.hanging).toBe(0)
  })
})
