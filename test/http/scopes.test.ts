import { describe, expect, test } from 'vitest'
import { createApp } from '../../lib/http/app.ts'
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
