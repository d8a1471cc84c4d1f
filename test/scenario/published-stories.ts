import { randomBytes } from 'node:crypto'
import { expect, test } from 'vitest'
import defaultCloud, { type Cloud } from '../../lib/index.ts'

/** How published functions are called by their URL, where a key says who asks. Told once; nothing here knows which service it is. */
export function tellPublishedStories(open: () => Promise<Cloud> | Cloud): void {
  const basic = (key: number, secret: string): string => `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`

  test('a published function is called by its URL', async () => {
    await using cloud = await open()
    const { apiKey, apiSecretkey } = await cloud.account.createApiKey({ note: 'a caller', scopes: ['submit'] })
    const url = await cloud.rest.publish((name: string) => `hello ${name}`, 'key-story')
    const call = (secret: string, name: string) => {
      const body = new URLSearchParams({ name })
      return fetch(url, { method: 'POST', headers: { authorization: basic(apiKey, secret) }, body })
    }
    const answer = await call(apiSecretkey, 'Ada')
    expect([answer.status, await answer.json()]).toEqual([200, 'hello Ada'])
    expect((await call('wrong', 'Ada')).status).toBe(401)
    await cloud.rest.remove('key-story')
    await cloud.account.deleteApiKey(apiKey)
  }, 60_000)

  test('a published function that takes longer than a caller is kept waiting: 202, and where to look', async () => {
    await using cloud = await open()
    const { apiKey, apiSecretkey } = await cloud.account.createApiKey({ note: 'who waits' })
    const label = `story-${randomBytes(4).toString('hex')}`
    const url = await cloud.rest.publish(async (until: string) => {
      while (!(await defaultCloud.files.exists(until))) await new Promise(resolve => setTimeout(resolve, 250))
      return { seen: until }
    }, label)
    const headers = { authorization: basic(apiKey, apiSecretkey), 'content-type': 'application/json' }
    const body = JSON.stringify({ until: label })
    const answer = await fetch(url, { method: 'POST', headers, body })
    const { jid, result } = (await answer.json()) as { readonly jid: number; readonly result: string }
    expect([answer.status, result]).toEqual([202, `/v1/jobs/${jid}/result`])
    const place = new URL(result, url)
    const early = await fetch(place, { headers })
    expect([early.status, await early.json()]).toEqual([202, { jid, result }])
    await cloud.files.putf('', label)
    place.searchParams.set('wait', '20000')
    const late = await fetch(place, { headers })
    expect([late.status, await late.json()]).toEqual([200, { seen: label }])
    await cloud.files.delete(label)
    await cloud.rest.remove(label)
    await cloud.account.deleteApiKey(apiKey)
  }, 90_000)
}
