import { describe, expect, test } from 'vitest'
import { createApp } from '../../../lib/http/app.ts'
import { MAX_BUNDLE_BYTES } from '../../../lib/protocol/limits.ts'
import { FakeEngine } from '../../client/fake-engine.ts'

const hash = 'a'.repeat(64)

function service() {
  const engine = new FakeEngine()
  const app = createApp(engine, { principalOf: () => ({ kind: 'owner' }) })
  const headers = { 'content-type': 'application/json' }
  const ask = (of: string, body: unknown) =>
    app.fetch(
      new Request(`http://test/v1/functions/${of}/upload`, { method: 'POST', headers, body: JSON.stringify(body) }),
    )
  return { app, engine, ask }
}

describe('a bundle too large for a request', () => {
  test('is put where the service says', async () => {
    const { engine, ask, app } = service()
    const { url } = (await (await ask(hash, { size: 9 })).json()) as { url: string }
    expect((await app.fetch(new Request(`http://test${url}`, { method: 'PUT', body: 'large one' }))).status).toBe(204)
    expect([...engine.bundles.keys()]).toEqual([hash])
  })

  test.each([
    [hash, 0, 400],
    [hash, 1, 200],
    [hash, MAX_BUNDLE_BYTES, 200],
    [hash, MAX_BUNDLE_BYTES + 1, 400],
    [hash.slice(1), 1, 400],
  ])('%s of %d bytes answers %d', async (of, size, status) => {
    expect((await service().ask(of, { size })).status).toBe(status)
  })
})
