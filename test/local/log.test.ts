import { afterAll, beforeAll, expect, test } from 'vitest'
import { readUserFile } from '../../lib/client/config/config-file.ts'
import { serviceOfItsOwn } from './service.ts'

let service: Awaited<ReturnType<typeof serviceOfItsOwn>>

beforeAll(async () => {
  service = await serviceOfItsOwn({ workers: 1, args: ['--log', 'info'] })
})

afterAll(() => service.close())

const lines = (): Record<string, unknown>[] =>
  service
    .output()
    .split('\n')
    .flatMap(line => (line.startsWith('{') ? [JSON.parse(line)] : []))

test('a job can be followed through the log by its jid, and its output is not in it', async () => {
  await using cloud = service.client()
  const jid = await cloud.call(() => {
    console.log('a private thing')
    return 1
  })
  await cloud.result(jid)
  const of = (what: string) => lines().filter(line => line['what'] === what)
  await expect.poll(() => of('jobs').map(line => [line['status'], line['jids']])).toContainEqual(['done', `${jid}`])
  const queued = of('jobs').find(line => line['status'] === 'queued' && line['jids'] === `${jid}`)
  const request = of('request').find(line => line['requestId'] === queued?.['requestId'])
  expect(request).toMatchObject({ method: 'POST', route: '/v1/jobs', status: 200, key: 1 })
  expect(service.output()).not.toContain('a private thing')
})

test('its counts are there for a key that may read', async () => {
  const { key, secret } = readUserFile(() => undefined, `${service.folder}/config.json`)
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
  const text = await (await fetch(`${service.url}/metrics`, { headers: { authorization } })).text()
  expect(text).toMatch(/^picloud_jobs_total\{status="done"\} [1-9]/m)
  expect(text).toMatch(/^process_resident_memory_bytes [1-9]\d+$/m)
  expect((await fetch(`${service.url}/metrics`)).status).toBe(401)
})
