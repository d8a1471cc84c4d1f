import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Cloud, connect } from '../../lib/index.ts'
import { assemble, type LocalService } from '../../lib/local/assemble.ts'

/** Adds two numbers. */
function add(a: number, b = 1, ...more: number[]): number {
  return a + b + more.reduce((sum, each) => sum + each, 0)
}

let folder = ''
let service: LocalService
let cloud: Cloud
let authorization = ''

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-published-'))
  service = await assemble({
    folder,
    host: '127.0.0.1',
    port: 0,
    workers: 1,
    log: { level: 'silent', write: () => undefined },
  })
  const { key, secret } = service.beginning as NonNullable<LocalService['beginning']>
  authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
  cloud = connect({ url: service.url, key: String(key), secret })
})

afterAll(async () => {
  await cloud.close()
  await service.stop(0)
  await rm(folder, { recursive: true })
})

const call = (label: string, body: unknown, headers: Record<string, string> = {}) =>
  fetch(`${service.url}/r/${label}`, {
    method: 'POST',
    headers: { authorization, 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  })

describe('a published function', () => {
  beforeAll(async () => {
    expect(await cloud.rest.publish(add, 'add')).toBe(`${service.url}/r/add`)
  })

  test('is called by HTTP, with arguments by name', async () => {
    const answer = await call('add', { a: 2, b: 3, more: [4, 5] })
    expect([answer.status, answer.headers.get('content-type'), await answer.json()]).toEqual([
      200,
      'application/json',
      14,
    ])
    expect(await (await call('add', { a: 2 })).json()).toBe(3)
    const form = await call('add', 'a=2&b=40', { 'content-type': 'application/x-www-form-urlencoded' })
    expect(await form.json()).toBe(42)
  })

  test('needs no body where it needs no argument', async () => {
    await cloud.rest.publish((n = 3) => n, 'bare')
    const answer = await fetch(`${service.url}/r/bare`, { method: 'POST', headers: { authorization } })
    expect([answer.status, await answer.text()]).toEqual([200, '3'])
  })

  test('describes itself', async () => {
    const answer = await fetch(`${service.url}/r/add`, { headers: { authorization } })
    expect(await answer.json()).toMatchObject({
      label: 'add',
      url: '/r/add',
      function: 'add',
      description: 'Adds two numbers.',
      parameters: [
        { name: 'a', type: 'number', required: true },
        { name: 'b', type: 'any', required: false },
        { name: 'more', required: false, rest: true },
      ],
    })
    expect(await cloud.rest.info('add')).toMatchObject({ url: `${service.url}/r/add`, created: expect.any(Date) })
  })

  test('is in the OpenAPI document, for those who may read it', async () => {
    const document = async (headers: Record<string, string>) => {
      const answer = await fetch(`${service.url}/openapi.json`, { headers })
      return ((await answer.json()) as { paths: Record<string, { post?: { summary: string } }> }).paths['/r/add']
    }
    expect((await document({ authorization }))?.post?.summary).toBe('Adds two numbers.')
    expect(await document({})).toBeUndefined()
  })

  test.each([
    [{}, 'argument a is missing'],
    [{ a: 'two' }, 'argument a is wrong'],
    [{ a: 1, c: 2 }, 'no argument c'],
    [[1], 'no JSON object'],
    ['{', 'JSON'],
  ])('a call with %j is refused by name, and no job is made', async (body, why) => {
    const before = (await cloud.jobs()).length
    const answer = await call('add', body)
    expect(answer.status).toBe(400)
    expect(((await answer.json()) as { detail: string }).detail).toContain(why)
    expect(await cloud.jobs()).toHaveLength(before)
  })

  test('invoke gives a jid, and the result is a value here', async () => {
    const jid = await cloud.rest.invoke('add', { a: 20, b: 22 })
    expect(await cloud.result(jid)).toBe(42)
    expect(await cloud.info(jid, ['label', 'function'])).toEqual({ [Number(jid)]: { label: 'add', function: 'add' } })
    const later = await fetch(`${service.url}/v1/jobs/${jid}/result?wait=1000`, { headers: { authorization } })
    expect(await later.json()).toBe(42)
  })

  test('a large argument and a large result go and come', async () => {
    await cloud.rest.publish((text: string) => text + text, 'twice')
    const text = 'x'.repeat(100_000)
    expect(await (await call('twice', { text })).json()).toBe(text + text)
  })

  test('raw gives text and bytes as they are', async () => {
    await cloud.rest.publish((text: string) => `<p>${text}`, 'page', { outEncoding: 'raw' })
    expect(await (await call('page', { text: 'é' })).text()).toBe('<p>é')
    await cloud.rest.publish(() => Buffer.from([1, 2]), 'bytes', { outEncoding: 'raw' })
    const answer = await call('bytes', {})
    expect(answer.headers.get('content-type')).toBe('application/octet-stream')
    expect(new Uint8Array(await answer.arrayBuffer())).toEqual(new Uint8Array([1, 2]))
    const jid = await cloud.rest.invoke('bytes')
    expect(Buffer.from((await cloud.result(jid)) as Uint8Array)).toEqual(Buffer.from([1, 2]))
  })

  test('one that fails, or gives what JSON can’t hold, answers with a problem', async () => {
    await cloud.rest.publish(() => {
      throw new Error('no luck')
    }, 'fails')
    const failed = await call('fails', {})
    expect(failed.status).toBe(422)
    expect(await failed.json()).toMatchObject({ code: 'exception', detail: expect.stringContaining('no luck') })
    await cloud.rest.publish(() => 3n, 'big')
    expect(await (await call('big', {})).json()).toMatchObject({ code: 'result-unserializable' })
    await cloud.rest.publish(() => ({ counts: new Map([['a', 1]]) }), 'counts')
    expect(await (await call('counts', {})).json()).toMatchObject({
      code: 'result-unserializable',
      detail: expect.stringContaining('a Map (result.counts)'),
    })
  })

  test('the result of another job is no JSON, and says so', async () => {
    const jid = await cloud.call(() => new Date(0))
    await cloud.join(jid)
    const answer = await fetch(`${service.url}/v1/jobs/${jid}/result`, { headers: { authorization } })
    expect(await answer.json()).toMatchObject({ code: 'unsupported' })
  })

  test('one that has not ended answers 202, and where to look', async () => {
    const jid = await cloud.call(() => new Promise(resolve => setTimeout(resolve, 60_000)))
    const answer = await fetch(`${service.url}/v1/jobs/${jid}/result`, { headers: { authorization } })
    expect([answer.status, await answer.json()]).toEqual([202, { jid: Number(jid), result: `/v1/jobs/${jid}/result` }])
    await cloud.kill(jid)
  })

  test('the same label again replaces it, and remove takes it back', async () => {
    await cloud.rest.publish(() => 1, 'changing')
    await cloud.rest.publish(() => 2, 'changing')
    expect(await (await call('changing', {})).json()).toBe(2)
    expect(await cloud.rest.list()).toContain('changing')
    await cloud.rest.remove('changing')
    expect((await call('changing', {})).status).toBe(404)
    await expect(cloud.rest.remove('changing')).rejects.toMatchObject({ code: 'not-found' })
    await expect(cloud.rest.invoke('changing')).rejects.toMatchObject({ code: 'not-found' })
  })

  test.each(['', 'a b', '../x', '.x', 'x'.repeat(101)])('“%s” is no label', async label => {
    await expect(cloud.rest.publish(() => 1, label)).rejects.toMatchObject({ code: expect.stringMatching(/^invalid-/) })
  })

  test('without a key it is not called', async () => {
    expect((await call('add', { a: 1 }, { authorization: '' })).status).toBe(401)
  })
})

test('cloud.mp has none', async () => {
  await expect(cloud.rest.list()).resolves.toEqual(expect.any(Array))
  const mp = connect({ workers: 1 })
  await expect(mp.rest.list()).rejects.toMatchObject({ code: 'unsupported' })
  await mp.close()
})
