import { describe, expect, test } from 'vitest'
import { createApp } from '../../lib/http/app.ts'
import { createMetrics } from '../../lib/http/watch/metrics.ts'
import { metricsRoute } from '../../lib/http/watch/watch.ts'
import type { Scope } from '../../lib/protocol/scope.ts'
import { FakeEngine } from '../client/fake-engine.ts'

describe('scopes', () => {
  const asked = [
    ['POST', '/v1/jids', '{"count":1}', 'submit'],
    ['POST', '/v1/jobs/kill', '{}', 'submit'],
    ['PUT', `/v1/functions/${'a'.repeat(64)}`, 'code', 'submit'],
    ['POST', '/v1/blobs', '{"size":1}', 'submit'],
    ['GET', '/v1/jobs', undefined, 'read'],
    ['POST', '/v1/jobs/status', '{"ranges":[[1,1]]}', 'read'],
  ] as const

  test.each(asked)('%s %s %s takes the scope %s', async (method, path, body, scope) => {
    for (const held of ['submit', 'read', 'admin'] as const) {
      const app = createApp(new FakeEngine(), { principalOf: () => ({ kind: 'key', key: 3, scopes: [held] }) })
      const headers = { 'content-type': 'application/json' }
      const init = { method, headers, ...(body !== undefined && { body }) }
      const { status } = await app.fetch(new Request(`http://test${path}`, init))
      if (held === scope) expect(status).not.toBe(403)
      else expect(status).toBe(403)
    }
  })
})

test('every route of the document refuses a key without its scope, whatever is asked of it', async () => {
  const more = [metricsRoute(createMetrics(() => ({})))]
  const holding = (scopes: readonly Scope[]) =>
    createApp(new FakeEngine(), { principalOf: () => ({ kind: 'key', key: 3, scopes }), more })
  const nobody = createApp(new FakeEngine(), { principalOf: () => undefined, more })
  const answer = await nobody.fetch(new Request('http://test/openapi.json'))
  const { paths } = (await answer.json()) as {
    paths: Record<string, Record<string, { security: readonly { key: readonly Scope[] }[] }>>
  }
  let asked = 0
  for (const [path, methods] of Object.entries(paths)) {
    for (const [method, { security }] of Object.entries(methods)) {
      const [needs] = security
      if (needs === undefined) continue
      const request = () => new Request(`http://test${path.replace(/\{\w+\}/g, 'x')}`, { method: method.toUpperCase() })
      expect((await nobody.fetch(request())).status, `${method} ${path}`).toBe(401)
      const [scope] = needs.key
      if (scope === undefined) continue
      asked++
      const others = (['submit', 'read', 'admin'] as const).filter(one => one !== scope)
      expect((await holding(others).fetch(request())).status, `${method} ${path}`).toBe(403)
    }
  }
  expect(asked).toBeGreaterThan(40)
})
