import { expect, test } from 'vitest'
import { answerFrom, type GatewayEvent, requestFrom } from '../../lib/aws/http-event.ts'

const gateway = (given: Partial<GatewayEvent> & { method?: string; stage?: string } = {}): GatewayEvent => {
  const { method = 'POST', stage, ...rest } = given
  return {
    rawPath: '/v1/jobs',
    rawQueryString: '',
    headers: { host: 'api.example.com', 'content-type': 'application/json' },
    isBase64Encoded: false,
    requestContext: {
      domainName: 'api.example.com',
      http: { method, sourceIp: '192.0.2.1' },
      ...(stage !== undefined && { stage }),
    },
    ...rest,
  }
}

test('what came over HTTP has no caller of its own: its key says who it is', async () => {
  const { request, caller } = requestFrom(gateway({ body: '{"a":1}' }))
  expect(caller).toEqual({ from: '192.0.2.1' })
  expect(request.method).toBe('POST')
  expect(request.url).toBe('https://api.example.com/v1/jobs')
  expect(request.headers.get('content-type')).toBe('application/json')
  expect(await request.json()).toEqual({ a: 1 })
})

test('a body that is no text arrives byte by byte', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte)
  const { request } = requestFrom(gateway({ body: Buffer.from(bytes).toString('base64'), isBase64Encoded: true }))
  expect(await request.bytes()).toEqual(bytes)
})

test('the query string stays as it was sent', () => {
  const { request } = requestFrom(gateway({ method: 'GET', rawQueryString: 'label=a%20b&limit=5' }))
  expect(new URL(request.url).searchParams.get('label')).toBe('a b')
  expect(request.body).toBeNull()
})

test.each([
  ['$default', '/v1/jobs', '/v1/jobs'],
  ['prod', '/prod/v1/jobs', '/v1/jobs'],
  ['v1', '/v1x/jobs', '/v1x/jobs'],
])('stage %s: %s is the app’s %s', (stage, rawPath, expected) => {
  const { request } = requestFrom(gateway({ stage, rawPath }))
  expect(new URL(request.url).pathname).toBe(expected)
})

test('whoever may invoke the function is the owner', async () => {
  const body = Buffer.from([0, 255]).toString('base64')
  const { request, caller } = requestFrom({ method: 'PUT', path: '/v1/blobs/a?b=1', headers: { accept: '*/*' }, body })
  expect(caller).toEqual({ principal: { kind: 'owner' } })
  expect(new URL(request.url)).toMatchObject({ pathname: '/v1/blobs/a', search: '?b=1' })
  expect([...(await request.bytes())]).toEqual([0, 255])
})

test('a caller over HTTP can’t pass for one who invokes: the gateway’s context is not theirs to leave out', () => {
  const sent = { ...gateway(), method: 'GET', path: '/v1/jobs' }
  expect(requestFrom(sent).caller.principal).toBeUndefined()
})

test('the answer carries bytes, status and headers', async () => {
  const bytes = Uint8Array.from([0, 128, 255])
  const answer = await answerFrom(new Response(bytes, { status: 409, headers: { 'content-type': 'application/x' } }), {
    isHead: false,
  })
  expect(answer).toEqual({
    statusCode: 409,
    headers: { 'content-type': 'application/x' },
    body: Buffer.from(bytes).toString('base64'),
    isBase64Encoded: true,
  })
})

test('HEAD is asked as GET, and answered without the body', async () => {
  const asked = requestFrom(gateway({ method: 'HEAD', rawPath: '/healthz' }))
  expect([asked.request.method, asked.isHead]).toEqual(['GET', true])
  expect(requestFrom({ method: 'HEAD', path: '/healthz', headers: {} }).isHead).toBe(true)
  expect(requestFrom(gateway({ method: 'GET' })).isHead).toBe(false)
  const answer = await answerFrom(new Response('{}', { headers: { etag: '"a"' } }), asked)
  expect(answer).toMatchObject({ statusCode: 200, headers: { etag: '"a"' }, body: '' })
})
