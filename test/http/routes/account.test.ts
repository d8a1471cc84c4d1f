import { describe, expect, test } from 'vitest'
import { type App, createApp } from '../../../lib/http/app.ts'
import { createdKeySchema, keysAnswerSchema } from '../../../lib/protocol/account.ts'
import { MAX_NOTE_CHARS, MAX_PASSWORD_CHARS, MAX_USERNAME_CHARS } from '../../../lib/protocol/limits.ts'
import { FakeEngine } from '../../client/fake-engine.ts'

type Ask = (method: string, path: string, body?: unknown) => Promise<Response>

const askAs =
  (app: App, name: string | number, secret: string): Ask =>
  (method, path, body) => {
    const headers = {
      authorization: `Basic ${Buffer.from(`${name}:${secret}`).toString('base64')}`,
      'content-type': 'application/json',
    }
    return app.fetch(new Request(`http://test${path}`, { method, headers, body: body ? JSON.stringify(body) : null }))
  }

/** A service that has begun, whose first key asks. */
async function begun(): Promise<{ app: App; ask: Ask; engine: FakeEngine }> {
  const engine = new FakeEngine()
  const app = createApp(engine, {
    principalOf: request =>
      engine.accounts.principalOf({ authorization: request.headers.get('authorization'), from: 'here' }),
  })
  const first = await engine.accounts.begin()
  return { app, engine, ask: askAs(app, 1, first?.secret ?? '') }
}

describe('over HTTP', () => {
  test('a key is made, used, noted, switched off and on, and deleted', async () => {
    const { app, ask } = await begun()
    const made = await ask('POST', '/v1/keys', { note: 'laptop' })
    expect(made.status).toBe(201)
    const { key, secret } = createdKeySchema.parse(await made.json())
    const askAsIt = askAs(app, key, secret)
    expect(await (await askAsIt('GET', '/v1/account')).json()).toEqual({ kind: 'key', key, scopes: ['submit', 'read'] })
    expect(await (await ask('PATCH', `/v1/keys/${key}`, { note: 'desk' })).json()).toMatchObject({ key, note: 'desk' })
    const { keys } = keysAnswerSchema.parse(await (await ask('GET', '/v1/keys')).json())
    expect(keys.map(one => [one.key, one.note])).toEqual([
      [1, 'The first key'],
      [key, 'desk'],
    ])
    expect(JSON.stringify(keys)).not.toContain(secret)
    await ask('PATCH', `/v1/keys/${key}`, { active: false })
    const refused = await askAsIt('GET', '/v1/jobs')
    expect([refused.status, refused.headers.get('www-authenticate')]).toEqual([401, expect.stringMatching(/^Basic /)])
    await ask('PATCH', `/v1/keys/${key}`, { active: true })
    expect((await askAsIt('GET', '/v1/jobs')).status).toBe(200)
    expect((await ask('DELETE', `/v1/keys/${key}`)).status).toBe(204)
    expect((await ask('DELETE', `/v1/keys/${key}`)).status).toBe(404)
    expect((await askAsIt('GET', '/v1/jobs')).status).toBe(401)
  })

  test('a wrong key, one that is not there and one that is switched off get the same answer', async () => {
    const { app, ask } = await begun()
    const { key, secret } = createdKeySchema.parse(await (await ask('POST', '/v1/keys', {})).json())
    await ask('PATCH', `/v1/keys/${key}`, { active: false })
    const answers: unknown[] = []
    for (const [name, word] of [
      [key, secret],
      [1, secret],
      [77, secret],
      ['admin', 'guess'],
    ] as const) {
      const answer = await askAs(app, name, word)('GET', '/v1/jobs')
      const { 'x-request-id': requestId, ...headers } = Object.fromEntries(answer.headers)
      answers.push([answer.status, headers, { ...((await answer.json()) as object), requestId: typeof requestId }])
    }
    for (const answer of answers) expect(answer).toEqual(answers[0])
  })

  test('only the scope admin and the admin user make keys; jobs never do', async () => {
    const { app, ask, engine } = await begun()
    expect((await ask('PUT', '/v1/account/admin', { username: 'ada', password: 'correct horse' })).status).toBe(204)
    expect((await askAs(app, 'ada', 'correct horse')('POST', '/v1/keys', { scopes: ['read'] })).status).toBe(201)
    const { key, secret } = createdKeySchema.parse(await (await ask('POST', '/v1/keys', {})).json())
    const refused = await askAs(app, key, secret)('POST', '/v1/keys', {})
    expect([refused.status, await refused.json()]).toEqual([403, expect.objectContaining({ code: 'forbidden' })])
    const job = { kind: 'job', jid: 1, attempt: 1, depth: 0, key: 1 } as const
    const inJob = createApp(engine, { principalOf: () => job })
    for (const path of ['/v1/keys', '/v1/account/admin']) {
      const method = path === '/v1/keys' ? 'GET' : 'PUT'
      expect((await askAs(inJob, 1, 'x')(method, path)).status).toBe(403)
    }
    expect((await engine.accounts.keys()).map(one => one.key)).toEqual([1, 2, 3])
  })

  test('too many failures are answered by when to come again', async () => {
    const { app } = await begun()
    for (let nth = 0; nth < 10; nth++) expect((await askAs(app, 1, `guess${nth}`)('GET', '/v1/jobs')).status).toBe(401)
    const answer = await askAs(app, 1, 'guess')('GET', '/v1/jobs')
    expect([answer.status, answer.headers.get('retry-after')]).toEqual([429, '6'])
  })

  test.each([
    ['POST', '/v1/keys', { note: 'n'.repeat(MAX_NOTE_CHARS) }, 201],
    ['POST', '/v1/keys', { note: 'n'.repeat(MAX_NOTE_CHARS + 1) }, 400],
    ['POST', '/v1/keys', { note: 'a\nb' }, 400],
    ['POST', '/v1/keys', { scopes: [] }, 400],
    ['POST', '/v1/keys', { scopes: ['read', 'read'] }, 400],
    ['POST', '/v1/keys', { scopes: ['all'] }, 400],
    ['PATCH', '/v1/keys/0', { active: true }, 400],
    ['PATCH', '/v1/keys/1e3', { active: true }, 400],
    ['PATCH', '/v1/keys/9', { active: true }, 404],
    ['PATCH', '/v1/keys/1', { active: 1 }, 400],
    ['PUT', '/v1/account/admin', { username: 'a'.repeat(MAX_USERNAME_CHARS), password: '12345678' }, 204],
    ['PUT', '/v1/account/admin', { username: 'a'.repeat(MAX_USERNAME_CHARS + 1), password: '12345678' }, 400],
    ['PUT', '/v1/account/admin', { username: '7', password: '12345678' }, 400],
    ['PUT', '/v1/account/admin', { username: 'a:b', password: '12345678' }, 400],
    ['PUT', '/v1/account/admin', { username: 'a', password: '1234567' }, 400],
    ['PUT', '/v1/account/admin', { username: 'a', password: 'p'.repeat(MAX_PASSWORD_CHARS) }, 204],
    ['PUT', '/v1/account/admin', { username: 'a', password: 'p'.repeat(MAX_PASSWORD_CHARS + 1) }, 400],
  ])('%s %s %j answers %d', async (method, path, body, status) => {
    const { ask } = await begun()
    expect((await ask(method, path, body)).status).toBe(status)
  })
})
