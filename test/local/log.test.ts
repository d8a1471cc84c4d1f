import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readUserFile } from '../../lib/client/config/config-file.ts'
import type { Cloud, Jid } from '../../lib/index.ts'
import { freshFolder } from './fresh-folder.ts'
import { type Service, serviceOfItsOwn, startService } from './service.ts'

let service: Awaited<ReturnType<typeof serviceOfItsOwn>>

beforeAll(async () => {
  service = await serviceOfItsOwn({ workers: 1, args: ['--log', 'info'] })
})

afterAll(() => service.close())

const lines = (of: Pick<Service, 'output'> = service): Record<string, unknown>[] =>
  of
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

/** Milliseconds, for a busy machine. */
const PATIENCE = { timeout: 20_000 }

/** What the log tells of a job, in order: its statuses, each with the attempt once it was claimed. */
const told = (jid: unknown, of?: Pick<Service, 'output'>): string[] =>
  lines(of)
    .filter(line => line['what'] === 'jobs' && line['jids'] === `${jid}`)
    .map(({ status, attempt }) => (attempt === undefined ? `${status}` : `${status} ${attempt}`))

/** A job that depends on one which ends only once both are there, however long that takes. */
async function dependent(cloud: Cloud, end: () => unknown): Promise<unknown> {
  const marker = join(freshFolder(), 'both')
  const first = await cloud.call(async () => {
    while (!existsSync(marker)) await setTimeout(5)
    return end()
  })
  const jid = await cloud.with({ dependsOn: first }).call(() => 2)
  writeFileSync(marker, '')
  return jid
}

/** On a service with one worker, each submitted by itself. */
const stories: readonly [string, (cloud: Cloud) => Promise<unknown>, readonly string[]][] = [
  ['that returns', cloud => cloud.call(() => 1), ['queued', 'processing 1', 'done 1']],
  [
    'that throws',
    cloud =>
      cloud.call(() => {
        throw new Error('no luck')
      }),
    ['queued', 'processing 1', 'error 1'],
  ],
  [
    'that is tried again',
    cloud =>
      cloud.with({ retries: 1 }).call(() => {
        throw new Error('no luck')
      }),
    ['queued', 'processing 1', 'queued 1', 'processing 1', 'error 1'],
  ],
  ['that waits for another', cloud => dependent(cloud, () => 1), ['waiting', 'queued', 'processing 1', 'done 1']],
  [
    'whose dependency fails',
    cloud =>
      dependent(cloud, () => {
        throw new Error('no luck')
      }),
    ['waiting', 'stalled'],
  ],
  [
    'that is killed before it runs',
    async cloud => {
      const jid = await cloud.with({ startAfter: '1h' }).call(() => 1)
      await cloud.kill(jid)
      return jid
    },
    ['waiting', 'killed'],
  ],
  [
    'that is killed while it runs',
    async cloud => {
      const jid = await cloud.call(() => new Promise(() => undefined))
      await expect.poll(() => cloud.status(jid), PATIENCE).toBe('processing')
      await cloud.kill(jid)
      return jid
    },
    ['queued', 'processing 1', 'killed 1'],
  ],
]

test.each(stories)('it has each status of a job %s', async (_, submit, statuses) => {
  await using cloud = service.client()
  const jid = await submit(cloud)
  await cloud.join(jid as Jid<unknown>, { ignoreErrors: true })
  await expect.poll(() => told(jid), PATIENCE).toEqual(statuses)
})

test('it has a job that runs again after its service was killed, and one that goes back to the queue as it stops', async () => {
  const folder = freshFolder()
  const open = () => startService({ folder, workers: 1, args: ['--log', 'info', '--grace', '0'] })
  const first = await open()
  const jid = await first.client().call(() => new Promise(() => undefined))
  await expect.poll(() => told(jid, first), PATIENCE).toEqual(['queued', 'processing 1'])
  await first.stop('SIGKILL')
  const second = await open()
  await expect.poll(() => told(jid, second), PATIENCE).toEqual(['processing 2'])
  await second.stop()
  expect(told(jid, second)).toEqual(['processing 2', 'queued 2'])
  const third = await open()
  await expect.poll(() => told(jid, third), PATIENCE).toEqual(['processing 3'])
  await third.stop('SIGKILL')
})

test('its counts are there for a key that may read', async () => {
  const { key, secret } = readUserFile(() => undefined, `${service.folder}/config.json`)
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
  const text = await (await fetch(`${service.url}/metrics`, { headers: { authorization } })).text()
  expect(text).toMatch(/^picloud_jobs_total\{status="done"\} [1-9]/m)
  expect(text).toMatch(/^process_resident_memory_bytes [1-9]\d+$/m)
  expect((await fetch(`${service.url}/metrics`)).status).toBe(401)
})
