import { describe, expect, test } from 'vitest'
import { Transport } from '../../../lib/client/connect/transport.ts'
import type { CloudException } from '../../../lib/protocol/errors.ts'
import { encodeFrame } from '../../../lib/protocol/frame.ts'
import type { Fetch } from '../../../lib/protocol/message.ts'

function answering(...responses: (Response | Error)[]): { transport: Transport; asked: string[] } {
  const asked: string[] = []
  const fetch: Fetch = async request => {
    asked.push(`${request.method} ${request.url}`)
    const next = responses.shift()
    if (next instanceof Response) return next
    throw next ?? new Error('asked too often')
  }
  return { transport: new Transport({ fetch, url: 'http://test/', random: () => 0 }), asked }
}

const problem = (status: number, code: string, headers = {}): Response =>
  Response.json({ code, detail: `It is ${code}.`, jid: 5 }, { status, headers })

describe('Transport', () => {
  test('joins paths to the address, and takes whole URLs as they are', async () => {
    const { transport, asked } = answering(Response.json({ a: 1 }), new Response(null, { status: 204 }))
    expect(await transport.json('GET', '/v1/x')).toEqual({ a: 1 })
    await transport.put('https://elsewhere.test/y', [])
    expect(asked).toEqual(['GET http://test/v1/x', 'PUT https://elsewhere.test/y'])
  })

  test.each([503, 500, 429, 502])('tries again after %d', async status => {
    const { transport, asked } = answering(new Response('?', { status }), Response.json(1))
    expect(await transport.json('GET', '/')).toBe(1)
    expect(asked).toHaveLength(2)
  })

  test('tries again when there was no answer, and at last says so', async () => {
    const { transport } = answering(new TypeError('fetch failed'), Response.json(1))
    expect(await transport.json('GET', '/')).toBe(1)
    const dead = answering(...Array.from({ length: 8 }, () => new TypeError('fetch failed')))
    await expect(dead.transport.json('GET', '/')).rejects.toMatchObject({ code: 'unavailable' })
    expect(dead.asked).toHaveLength(8)
  })

  test('with patience it asks a service that is away for longer, and no other', async () => {
    const away = Array.from({ length: 20 }, () => new Response('?', { status: 503 }))
    const header = { ok: true }
    const { transport, asked } = answering(...away, new Response(encodeFrame(header, []) as Uint8Array<ArrayBuffer>))
    expect(await transport.askFrame('/', {}, undefined, 60_000)).toMatchObject({ header })
    expect(asked).toHaveLength(21)
    const broken = answering(...Array.from({ length: 20 }, () => problem(500, 'internal')))
    await expect(broken.transport.askFrame('/', {}, undefined, 60_000)).rejects.toMatchObject({ code: 'internal' })
    expect(broken.asked).toHaveLength(8)
  })

  test.each([
    [problem(404, 'unknown-job'), { code: 'unknown-job', message: 'It is unknown-job.', jid: 5 }],
    [problem(418, 'teapot'), { code: 'invalid-request' }],
    [new Response('no', { status: 401 }), { code: 'unauthorized' }],
    [new Response('no', { status: 403 }), { code: 'forbidden' }],
    [new Response('no', { status: 404 }), { code: 'not-found' }],
    [new Response('no', { status: 413 }), { code: 'too-large' }],
  ])('does not try again after %#', async (response, expected) => {
    const { transport, asked } = answering(response)
    await expect(transport.json('GET', '/')).rejects.toMatchObject(expected)
    expect(asked).toHaveLength(1)
  })

  test('what was to be put only if absent, and is there, is no failure', async () => {
    const { transport } = answering(new Response('there', { status: 412 }), new Response('there', { status: 412 }))
    await transport.put('https://elsewhere.test/y', [], { 'if-none-match': '*' })
    await expect(transport.put('https://elsewhere.test/y', [])).rejects.toMatchObject({ code: 'invalid-request' })
  })

  test('a store that has two puts at once is asked again', async () => {
    const { transport, asked } = answering(new Response('busy', { status: 409 }), new Response(null))
    await transport.put('https://elsewhere.test/y', [], { 'if-none-match': '*' })
    expect(asked).toHaveLength(2)
    const { transport: own } = answering(problem(409, 'conflict'))
    await expect(own.put('/y', [])).rejects.toMatchObject({ code: 'conflict' })
  })

  test.each([
    ['There is none. Make one.', 'Make one.', 'Make one.'],
    ['There is none.', 'Make one.', undefined],
    ['There is none. Make one.', 1, undefined],
  ])('“%s” with the hint %j is told as it is, with the hint %j', async (detail, said, hint) => {
    const body = JSON.stringify({ code: 'not-found', detail, hint: said })
    const { transport } = answering(new Response(body, { status: 404 }))
    const error = await transport.json('GET', '/').catch((error: unknown) => error)
    expect(error).toMatchObject({ code: 'not-found', message: detail })
    expect((error as CloudException).hint).toBe(hint)
  })

  test('an abort is no failure of the service', async () => {
    const { transport, asked } = answering(new DOMException('x', 'AbortError'))
    await expect(transport.json('GET', '/', undefined, AbortSignal.abort())).rejects.toMatchObject({ code: 'aborted' })
    expect(asked).toHaveLength(1)
  })
})
