import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { saveConfig } from '../../lib/client/config/config-file.ts'
import { assemble, type LocalService } from '../../lib/local/assemble.ts'
import { type Ran, run } from '../cli/run.ts'

let folder = ''
let service: LocalService

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-keys-'))
  const log = { level: 'silent', write: () => undefined } as const
  service = await assemble({ folder: join(folder, 'data'), host: '127.0.0.1', port: 0, workers: 1, log })
  vi.stubEnv('PICLOUD_CONFIG', join(folder, 'config.json'))
  const { key, secret } = service.beginning as NonNullable<LocalService['beginning']>
  saveConfig({ url: service.url, key: String(key), secret })
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await service.stop(0)
  await rm(folder, { recursive: true })
})

const keys = (...args: string[]): Promise<Ran> => run(['keys', ...args])

test('keys are made, listed, switched off and on, noted and deleted', async () => {
  const made = await keys('create', '--note', 'nightly', '--scopes', 'submit', '--json')
  const { apiKey, apiSecretkey, scopes } = JSON.parse(made.out)
  expect([made.code, typeof apiSecretkey, scopes]).toEqual([0, 'string', ['submit']])
  expect((await keys('list')).out).toMatch(new RegExp(`^${apiKey} +active +submit +never +nightly$`, 'm'))
  expect((await keys('list')).out).not.toContain(apiSecretkey)
  await keys('deactivate', String(apiKey))
  await keys('note', String(apiKey), 'weekly')
  expect((await keys('list')).out).toMatch(new RegExp(`^${apiKey} +off +submit +never +weekly$`, 'm'))
  await keys('activate', String(apiKey))
  expect((await keys('delete', String(apiKey))).code).toBe(0)
  expect((await keys('delete', String(apiKey))).code).toBe(4)
})

test('the admin user does it with a password from standard input', async () => {
  const { username, password } = service.beginning as NonNullable<LocalService['beginning']>
  const listed = await run(['keys', 'list', '--user', username], { input: async () => `${password}\n` })
  expect([listed.code, listed.error]).toEqual([0, ''])
  expect((await run(['keys', 'list', '--user', username], { input: async () => 'wrong password\n' })).code).toBe(5)
  expect((await run(['keys', 'list', '--user', username])).code).toBe(2)
})

test('a scope that is none is not understood', async () => {
  expect(await keys('create', '--scopes', 'all')).toMatchObject({ code: 2, error: expect.stringContaining('no scope') })
})
