import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Beginning } from '../../../lib/engine/service/accounts.ts'
import { type App, createApp } from '../../../lib/http/app.ts'
import { problemOf } from '../../../lib/http/problem.ts'
import cloud, { connect } from '../../../lib/index.ts'
import { type ListeningServer, listen } from '../../../lib/local/server.ts'
import { MAX_ACTIVE_KEYS } from '../../../lib/protocol/limits.ts'
import { FakeEngine } from '../fake-engine.ts'

let server: ListeningServer
let app: App
let first: Beginning

beforeAll(async () => {
  server = await listen({ serve: request => app.serve(request), refusal: problemOf, host: '127.0.0.1', port: 0 })
})

afterAll(() => server.close(0))

beforeEach(async () => {
  const engine = new FakeEngine()
  app = createApp(engine, {
    principalOf: request =>
      engine.accounts.principalOf({ authorization: request.headers.get('authorization'), from: 'here' }),
  })
  first = (await engine.accounts.begin())!
})

const client = (key: string | number, secret: string) => connect({ url: server.origin, key: String(key), secret })

describe('cloud.account', () => {
  test('makes, lists, notes, switches and deletes keys', async () => {
    await using admin = client(first.key, first.secret)
    const { account } = admin
    const made = await account.createApiKey({ note: 'laptop', scopes: ['read'] })
    expect(made).toEqual({
      apiKey: 2,
      apiSecretkey: expect.any(String),
      active: true,
      created: expect.any(Date),
      note: 'laptop',
      scopes: ['read'],
      lastUsed: undefined,
    })
    await using reader = client(made.apiKey, made.apiSecretkey)
    expect(await reader.jobs()).toEqual([])
    await account.updateApiKeyNote(2, 'desk')
    const listed = await account.apiKeys()
    expect(listed.map(({ apiKey, note }) => [apiKey, note])).toEqual([
      [1, 'The first key'],
      [2, 'desk'],
    ])
    expect(listed[1]?.lastUsed).toBeInstanceOf(Date)
    expect(JSON.stringify(listed)).not.toContain(made.apiSecretkey)
    await account.deactivateApiKey('2')
    await expect(reader.jobs()).rejects.toMatchObject({ code: 'unauthorized' })
    await account.activateApiKey(2)
    expect(await reader.jobs()).toEqual([])
    await account.deleteApiKey(2)
    await expect(reader.jobs()).rejects.toMatchObject({ code: 'unauthorized' })
    await expect(account.deleteApiKey(2)).rejects.toMatchObject({ code: 'not-found' })
  })

  test('says that nobody was named, until setuser is called', async () => {
    await using admin = client(first.key, first.secret)
    const { apiKey, apiSecretkey } = await admin.account.createApiKey()
    await using plain = client(apiKey, apiSecretkey)
    await expect(plain.account.apiKeys()).rejects.toMatchObject({
      code: 'forbidden',
      message: expect.stringContaining('setuser'),
    })
    plain.account.setuser(first.username, 'a wrong password')
    await expect(plain.account.apiKeys()).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.not.stringContaining('setuser'),
    })
    plain.account.setuser(first.username, first.password)
    expect(await plain.account.apiKeys()).toHaveLength(2)
    await expect(plain.account.createApiKey({ scopes: [] })).rejects.toMatchObject({ code: 'invalid-request' })
    await plain.account.changeUser('ada', 'correct horse')
    expect((await plain.account.createApiKey()).apiKey).toBe(3)
    await using other = client(apiKey, apiSecretkey)
    other.account.setuser(first.username, first.password)
    await expect(other.account.apiKeys()).rejects.toMatchObject({ code: 'unauthorized' })
  })

  test('the admin user needs no key to make one', async () => {
    vi.stubEnv('PICLOUD_CONFIG', '/nonexistent/config.json')
    vi.stubEnv('PICLOUD_URL', server.origin)
    await expect(cloud.account.apiKeys()).rejects.toMatchObject({
      code: 'not-configured',
      message: expect.stringContaining('setuser'),
    })
    await expect(cloud.jobs()).rejects.toMatchObject({ code: 'not-configured' })
    cloud.account.setuser(first.username, first.password)
    const { apiKey, apiSecretkey } = await cloud.account.createApiKey()
    cloud.setkey(apiKey, apiSecretkey)
    expect(await cloud.jobs()).toEqual([])
    await cloud.close()
    vi.unstubAllEnvs()
  })

  test('the fifty-first active key is refused, and says why', async () => {
    await using admin = client(first.key, first.secret)
    for (let nth = 1; nth < MAX_ACTIVE_KEYS; nth++) await admin.account.createApiKey()
    await expect(admin.account.createApiKey()).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('50 active keys'),
    })
    await admin.account.deactivateApiKey(7)
    expect((await admin.account.createApiKey()).apiKey).toBe(51)
    await expect(admin.account.activateApiKey(7)).rejects.toMatchObject({ code: 'conflict' })
  })

  test.each([
    ['a user without a name', () => cloud.account.setuser('', 'x')],
    ['a password that is no text', () => cloud.account.setuser('a', 7 as never)],
    ['a key that is none', () => cloud.account.deleteApiKey('seven')],
    ['a path for a key', () => cloud.account.deactivateApiKey('1/../2')],
    ['options that are none', () => cloud.account.createApiKey('note' as never)],
  ])('%s is a mistake of the caller', async (_, run) => {
    await expect((async () => run())()).rejects.toBeInstanceOf(TypeError)
  })

  test('cloud.mp has no keys, and says what has', async () => {
    await expect(cloud.mp.account.apiKeys()).rejects.toMatchObject({
      code: 'unsupported',
      message: expect.stringContaining('picloud local'),
    })
    await cloud.mp.close()
  })
})
