import { expect, test } from 'vitest'
import defaultCloud, { type Cloud, connect } from '../../lib/index.ts'

/** What users do with keys, where keys say who asks. Told once; nothing here knows which service it is. */
export function tellKeyStories(open: () => Promise<Cloud> | Cloud): void {
  const withKey = (cloud: Cloud, key: number, secret: string): Cloud =>
    connect({ url: cloud.connectionInfo().url ?? '', key: String(key), secret })

  test('a key: made, used, noted, switched off, deleted', async () => {
    await using cloud = await open()
    const { account } = cloud
    const { apiKey, apiSecretkey } = await account.createApiKey({ note: 'a story' })
    await using other = withKey(cloud, apiKey, apiSecretkey)
    expect(await other.call((x: number) => 2 * x, 21).result()).toBe(42)
    await expect(other.account.apiKeys()).rejects.toMatchObject({ code: 'forbidden' })
    await account.updateApiKeyNote(apiKey, 'the same story')
    const listed = (await account.apiKeys()).find(one => one.apiKey === apiKey)
    expect(listed).toMatchObject({ active: true, note: 'the same story', scopes: ['submit', 'read'] })
    expect(listed?.lastUsed).toBeInstanceOf(Date)
    await account.deactivateApiKey(apiKey)
    const codeOf = (asked: Promise<unknown>) => asked.then(String, (error: { code?: string }) => error.code)
    await expect.poll(() => codeOf(other.jobs({ limit: 1 })), { timeout: 60_000 }).toBe('unauthorized')
    await account.activateApiKey(apiKey)
    expect(await other.jobs({ limit: 1 })).toHaveLength(1)
    await account.deleteApiKey(apiKey)
    expect((await account.apiKeys()).map(one => one.apiKey)).not.toContain(apiKey)
  }, 120_000)

  test('kill without jids ends the key’s own jobs', async () => {
    await using cloud = await open()
    const { apiKey, apiSecretkey } = await cloud.account.createApiKey({ note: 'who kills' })
    await using other = withKey(cloud, apiKey, apiSecretkey)
    const later = { startAfter: '10m' } as const
    const theirs = await other.with(later).call(() => 1)
    const ours = await cloud.with(later).call(() => 1)
    await other.kill()
    await cloud.join(theirs, { ignoreErrors: true })
    expect(await cloud.status([theirs, ours])).toEqual(['killed', 'queued'])
    await cloud.kill(ours)
    await cloud.account.deleteApiKey(apiKey)
  }, 60_000)

  test('a job sees no key, and makes none', async () => {
    await using cloud = await open()
    const jid = await cloud.call(async () => {
      const code = await defaultCloud.account.createApiKey().catch((error: { code: string }) => error.code)
      return { code, names: Object.keys(process.env).filter(name => /^(?:PICLOUD_|AWS_SECRET|AWS_ACCESS)/.test(name)) }
    })
    expect(await cloud.result(jid)).toEqual({ code: 'forbidden', names: [] })
  })
}
