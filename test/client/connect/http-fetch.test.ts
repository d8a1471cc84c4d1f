import { createServer, type IncomingMessage, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createHttpFetch } from '../../../lib/client/connect/http-fetch.ts'
import { LocalRequest, type LocalRequestInit } from '../../../lib/protocol/message.ts'

/** A server that answers what it was asked, and a client of it. */
async function echo(host = '127.0.0.1') {
  const connections = new Set<unknown>()
  const server: Server = createServer((incoming: IncomingMessage, response) => {
    connections.add(incoming.socket)
    let body = ''
    incoming.on('data', part => {
      body += part
    })
    incoming.on('end', () => {
      const { method, url, headers } = incoming
      response.setHeader('x-answer', 'yes').end(JSON.stringify({ method, url, headers, body }))
    })
  })
  const { fetch, close } = await createHttpFetch()
  const opened = await new Promise<boolean>(resolve => {
    server.once('error', () => resolve(false))
    server.listen(0, host, () => resolve(true))
  })
  onTestFinished(() => {
    close()
    server.close()
  })
  const { port } = (server.address() as AddressInfo | null) ?? { port: 0 }
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  const ask = async (path: string, init: Partial<LocalRequestInit> = {}, headers = {}) => {
    const response = await fetch(new LocalRequest({ method: 'GET', url: origin + path, ...init }), headers)
    const text = new TextDecoder().decode(await response.arrayBuffer())
    return { status: response.status, answer: response.headers.get('X-Answer'), ...JSON.parse(text) }
  }
  return { opened, ask, origin, connections }
}

test('what is asked arrives, over one connection', async () => {
  const { ask, origin, connections } = await echo()
  const content = { kind: 'json', value: { a: 1 } } as const
  const headers = { 'content-type': 'application/json', authorization: 'Basic x' }
  const first = await ask('/v1/jobs/call', { method: 'POST', content }, headers)
  expect(first).toMatchObject({ status: 200, answer: 'yes', method: 'POST', url: '/v1/jobs/call', body: '{"a":1}' })
  expect(first.headers).toMatchObject({ ...headers, host: origin.slice('http://'.length), 'content-length': '7' })
  expect(await ask('/v1/jobs')).toMatchObject({ method: 'GET', url: '/v1/jobs', body: '' })
  expect(connections.size).toBe(1)
})

test.each([
  ['/v1/jobs?label=a b', '/v1/jobs?label=a%20b'],
  ['/v1/files/ä%2Fb', '/v1/files/%C3%A4%2Fb'],
  ['/v1/jobs#place', '/v1/jobs'],
  ['/', '/'],
])('the path %s is asked for as any client asks: %s', async (path, asked) => {
  const { ask } = await echo()
  await ask('/v1/jobs')
  expect(await ask(path)).toMatchObject({ url: asked })
  expect(await ask('/v1/jobs')).toMatchObject({ url: '/v1/jobs' })
})

test('an address of six has its brackets', async ({ skip }) => {
  const { opened, ask, origin } = await echo('::1')
  if (!opened) skip('This machine has no such addresses.')
  expect((await ask('/v1/jobs')).headers.host).toBe(origin.slice('http://'.length))
})
