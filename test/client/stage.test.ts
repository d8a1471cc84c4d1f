import { expect, test } from 'vitest'
import { createClient } from '../../lib/client/client.ts'
import type { Cloud } from '../../lib/client/cloud-api.ts'
import { createApp } from '../../lib/http/app.ts'
import type { LocalRequest } from '../../lib/protocol/message.ts'
import { FakeEngine } from './fake-engine.ts'

/** A client of a service in its own process. */
function local(engine: FakeEngine, stage: (parts: readonly Uint8Array[]) => string | undefined) {
  const app = createApp(engine, { principalOf: () => ({ kind: 'owner' }) })
  const requests: string[] = []
  const fetch = (request: LocalRequest) => {
    requests.push(`${request.method} ${new URL(request.url).pathname}`)
    return app.fetch(request)
  }
  const info = { type: 'multiprocessing' } as const
  const { cloud } = createClient({ connect: () => ({ url: 'http://fake.test', info, fetch, stage }), info: () => info })
  return { cloud: cloud as Cloud, requests }
}

test('a large argument is staged as it is at the call, and not uploaded', async () => {
  const engine = new FakeEngine()
  const { cloud, requests } = local(engine, parts => {
    engine.blobs.set('staged', Buffer.concat(parts))
    return 'staged'
  })
  const bytes = new Uint8Array(40_000).fill(7)
  const submitted = cloud.call((given: Uint8Array) => given.length, bytes)
  bytes.fill(8)
  const jid = await submitted
  expect(engine.argsOf(engine.jobs.get(Number(jid)) as never)).toEqual([new Uint8Array(40_000).fill(7)])
  expect(requests.filter(request => request.includes('/v1/blobs'))).toEqual([])
})

test('it is uploaded where it can’t be staged yet', async () => {
  const engine = new FakeEngine()
  const { cloud, requests } = local(engine, () => undefined)
  const jid = await cloud.call((given: Uint8Array) => given.length, new Uint8Array(40_000).fill(7))
  expect(engine.argsOf(engine.jobs.get(Number(jid)) as never)).toEqual([new Uint8Array(40_000).fill(7)])
  expect(requests.filter(request => request.includes('/v1/blobs'))).toHaveLength(2)
})

test('where there is no room for it the call rejects, and nothing is sent', async () => {
  const engine = new FakeEngine()
  const { cloud } = local(engine, () => {
    throw new RangeError('no room')
  })
  await expect(cloud.call((given: Uint8Array) => given.length, new Uint8Array(40_000))).rejects.toThrow('no room')
  await expect(cloud.map((given: Uint8Array) => given.length, [new Uint8Array(40_000)])).rejects.toThrow('no room')
  expect(engine.jobs.size).toBe(0)
})
