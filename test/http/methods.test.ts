import { describe, expect, test } from 'vitest'
import { createApp } from '../../lib/http/app.ts'
import { FakeEngine } from '../client/fake-engine.ts'

const app = createApp(new FakeEngine(), { principalOf: () => ({ kind: 'owner' }) })

describe('a method that a path does not take', () => {
  test.each([
    ['DELETE', '/v1/jobs', 'GET, HEAD, POST'],
    ['OPTIONS', '/v1/jobs', 'GET, HEAD, POST'],
    ['GET', '/v1/jids', 'POST'],
    ['POST', '/v1/published/add', 'GET, HEAD, PUT, DELETE'],
    ['PATCH', '/healthz', 'GET, HEAD'],
  ])('%s %s answers 405, with those that it takes', async (method, path, allow) => {
    const response = await app.fetch(new Request(`http://test${path}`, { method }))
    expect([response.status, response.headers.get('allow')]).toEqual([405, allow])
    expect(response.headers.get('content-type')).toBe('application/problem+json')
    expect(await response.json()).toMatchObject({ status: 405, code: 'method-not-allowed' })
  })

  test('a path that is not there is 404 for all', async () => {
    const response = await app.fetch(new Request('http://test/v1/nothing', { method: 'DELETE' }))
    expect([response.status, response.headers.get('allow')]).toEqual([404, null])
  })
})
