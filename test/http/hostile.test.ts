import { readdirSync } from 'node:fs'
import { connect as connectSocket } from 'node:net'
import * as fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readUserFile } from '../../lib/client/config/config-file.ts'
import { serviceOfItsOwn } from '../local/service.ts'
import { type Document, type Hostile, hostileRequests } from './hostile-requests.ts'
import { expectRefused, sendHostile } from './send-hostile.ts'

let service: Awaited<ReturnType<typeof serviceOfItsOwn>>
let authorization = ''
let document: Document

beforeAll(async () => {
  service = await serviceOfItsOwn({ workers: 1, args: ['--log', 'warn'] })
  const { key, secret } = readUserFile(() => undefined, `${service.folder}/config.json`)
  authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
  document = (await (await fetch(`${service.url}/openapi.json`)).json()) as Document
  // Something that a request could spoil.
  await using cloud = service.client()
  expect(await cloud.call((x: number) => x + 1, 1).result()).toBe(2)
})

afterAll(() => service.close())

/** What the service has, as far as it tells its owner: all that can be read without parameters, and its files. */
async function state(): Promise<unknown> {
  const read: Record<string, unknown> = {}
  for (const [path, methods] of Object.entries(document.paths)) {
    if (methods['get'] === undefined || path.includes('{') || path === '/metrics') continue
    const answer = await fetch(service.url + path, { headers: { authorization } })
    read[path] = answer.ok ? (await answer.text()).replace(/"used":\d+/, '') : answer.status
  }
  return {
    read,
    files: readdirSync(service.folder, { recursive: true }).filter(name => !/\.sqlite|-wal|-shm/.test(String(name))),
  }
}

/** What the document says that a request like this is answered with; 404 and 405 where no route is. */
function described({ method, path }: Hostile): readonly string[] {
  const bare = path.split('?')[0] as string
  const found = Object.entries(document.paths).filter(([of]) =>
    new RegExp(`^${of.replace('/blobs/{key}', '/blobs/.+').replace(/\{\w+\}/g, '[^/]+')}$`).test(bare),
  )
  const answers = found.flatMap(([, methods]) => Object.keys(methods[method.toLowerCase()]?.responses ?? {}))
  return answers.length === 0 ? ['404', '405'] : answers
}

test('1,000 hostile requests fail by their own fault, and change nothing', async () => {
  const before = await state()
  const statuses = new Map<number, number>()
  await fc.assert(
    fc.asyncProperty(hostileRequests(document), async hostile => {
      const answer = await sendHostile(service.url, authorization, hostile)
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      expectRefused(hostile, answer)
      expect(described(hostile), `${hostile.method} ${hostile.path}`).toContain(String(answer.status))
    }),
    { numRuns: 1_000 },
  )
  expect(await state()).toEqual(before)
  expect((statuses.get(400) ?? 0) + (statuses.get(404) ?? 0) + (statuses.get(413) ?? 0)).toBeGreaterThan(500)
  expect(service.output()).not.toContain('"what":"failure"')
  expect(service.process.exitCode).toBeNull()
}, 120_000)

test.each([
  ['a target without a slash', 'GET http://other.example/v1/jobs HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a star', 'OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['dots', 'GET /v1/../../../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['two slashes', 'GET //v1//jobs HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['a NUL', 'GET /v1/jobs\0 HTTP/1.1\r\nHost: a\r\n\r\n'],
  ['no method', '/v1/jobs HTTP/1.1\r\n\r\n'],
  ['no HTTP', 'hello?\r\n\r\n'],
  ['another length than its body', 'POST /v1/jids HTTP/1.1\r\nHost: a\r\nContent-Length: -5\r\n\r\n{"count":1}'],
  ['two lengths', 'POST /v1/jids HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\n{}'],
  [
    'length and chunks',
    'POST /v1/jids HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n',
  ],
  ['chunks that are none', 'POST /v1/jids HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n{}\r\n'],
  ['headers without end', `GET /v1/jobs HTTP/1.1\r\nHost: a\r\nX: ${'x'.repeat(100_000)}\r\n\r\n`],
  ['a path without end', `GET /${'x'.repeat(100_000)} HTTP/1.1\r\nHost: a\r\n\r\n`],
  ['an upgrade', 'GET /v1/jobs HTTP/1.1\r\nHost: a\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n'],
])('bytes that are no proper request: %s', async (_, bytes) => {
  const answer = await new Promise<string>(resolve => {
    let text = ''
    const socket = connectSocket(service.port, '127.0.0.1', () => socket.end(bytes))
    socket.on('data', part => {
      text += part
    })
    socket.on('error', () => resolve(text))
    socket.on('close', () => resolve(text))
  })
  expect(answer).toMatch(/^(?:HTTP\/1\.1 4\d\d |$)/)
  expect((await fetch(`${service.url}/healthz`)).status).toBe(200)
})
