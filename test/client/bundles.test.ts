import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { Transport } from '../../lib/client/connect/transport.ts'
import { Bundles, type Prepared } from '../../lib/client/submit/functions.ts'
import { MAX_INLINE_BUNDLE_BYTES, MAX_REQUEST_BYTES } from '../../lib/protocol/limits.ts'
import type { LocalRequest } from '../../lib/protocol/message.ts'

function preparedOf(size: number, modules: readonly Uint8Array[] = []): Prepared {
  const bundle = new Uint8Array(size)
  const hash = createHash('sha256').update(bundle).digest('hex')
  const named = modules.map(bytes => ({ hash: createHash('sha256').update(bytes).digest('hex'), bytes }))
  const captured = { hash, bundle, code: hash, modules: named, name: 'f' } as unknown as Prepared['captured']
  return { captured, reference: { bundle: hash, code: hash, name: 'f', node: 24 } }
}

/** What is asked of a service that has its large bundles put elsewhere. */
function asking(): { bundles: Bundles; asked: string[]; requests: LocalRequest[] } {
  const asked: string[] = []
  const requests: LocalRequest[] = []
  const fetch = async (request: LocalRequest): Promise<Response> => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`)
    requests.push(request)
    if (request.method === 'PUT') return new Response(null, { status: 204 })
    return Response.json({ url: 'https://elsewhere.test/place', headers: { 'x-sum': 'abc' } })
  }
  return { bundles: new Bundles(new Transport({ fetch, url: 'http://test' })), asked, requests }
}

test.each([
  [MAX_INLINE_BUNDLE_BYTES, true],
  [MAX_INLINE_BUNDLE_BYTES + 1, false],
])('a bundle of %d bytes rides along: %s', (size, rides) => {
  expect(asking().bundles.toSend(preparedOf(size)) !== undefined).toBe(rides)
})

test('what fits a request is put through the service', async () => {
  const { bundles, asked } = asking()
  const prepared = preparedOf(MAX_REQUEST_BYTES)
  const { hash } = prepared.captured
  await bundles.supply([hash], [prepared])
  expect(asked).toEqual([`PUT /v1/functions/${hash}`])
})

test('what is larger is put where the service says, with the headers that it says', async () => {
  const { bundles, asked, requests } = asking()
  const prepared = preparedOf(MAX_REQUEST_BYTES + 1)
  const { hash } = prepared.captured
  await bundles.supply([hash], [prepared])
  expect(asked).toEqual([`POST /v1/functions/${hash}/upload`, 'PUT /place'])
  expect(await requests[0]?.json()).toEqual({ size: MAX_REQUEST_BYTES + 1 })
  expect(requests[1]?.headers.get('x-sum')).toBe('abc')
  expect((await requests[1]?.bytes())?.byteLength).toBe(MAX_REQUEST_BYTES + 1)
})

test('bundles of packages go the same two ways', async () => {
  const { bundles, asked } = asking()
  const sizes = [MAX_REQUEST_BYTES, MAX_REQUEST_BYTES + 1]
  const prepared = preparedOf(
    1,
    sizes.map(size => new Uint8Array(size)),
  )
  const [small = '', large = ''] = prepared.captured.modules.map(module => module.hash)
  await bundles.supply([small, large], [prepared])
  expect(asked.toSorted()).toEqual([`POST /v1/functions/${large}/upload`, `PUT /place`, `PUT /v1/functions/${small}`])
})
