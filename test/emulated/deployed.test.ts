import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { describe, expect, inject, test } from 'vitest'
import { keysAnswerSchema } from '../../lib/protocol/account.ts'
import { paths } from '../../lib/protocol/paths.ts'

const deployment = inject('deployment')

const basic = (key: string, secret: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
})

describe.skipIf(deployment === undefined)('what was deployed', () => {
  const { url = '', key = '', secret = '', endpoint = '', region = '', apiFunction = '' } = deployment ?? {}
  const get = (path: string, headers: Record<string, string> = {}): Promise<Response> =>
    fetch(`${url}${path}`, { headers })

  test('it answers without a key that it is there, and nothing else', async () => {
    expect((await get(paths.health)).status).toBe(200)
    const head = await fetch(`${url}${paths.health}`, { method: 'HEAD' })
    expect([head.status, await head.text()]).toEqual([200, ''])
    const listed = await get(paths.jobs)
    expect(listed.status).toBe(401)
    expect(await listed.json()).toMatchObject({ code: 'unauthorized', status: 401 })
  })

  test.each([
    // The emulator's secrets have punctuation too.
    ['another secret', basic(key, secret.slice(0, -1) + (secret.endsWith('!') ? '?' : '!'))],
    ['no secret', basic(key, '')],
    ['an id that no key has', basic('7', secret)],
    ['an id that is no number', basic('one', secret)],
    ['something else', { authorization: 'Bearer abc' }],
  ])('%s is refused', async (_, headers) => {
    const answer = await get(paths.jobs, headers)
    expect(answer.status).toBe(401)
  })

  test('a refused request does no work: what it submits is not there', async () => {
    const made = { method: 'POST', body: '{"note":"by nobody"}', headers: { 'content-type': 'application/json' } }
    const owned = { ...made, body: '{"note":"by its owner"}', headers: { ...made.headers, ...basic(key, secret) } }
    expect((await fetch(`${url}${paths.keys}`, made)).status).toBe(401)
    expect((await fetch(`${url}${paths.keys}`, owned)).status).toBe(201)
    const { keys } = keysAnswerSchema.parse(await (await get(paths.keys, basic(key, secret))).json())
    const notes = keys.map(({ note }) => note)
    expect(notes).toContain('by its owner')
    expect(notes).not.toContain('by nobody')
  })

  test('the first key is taken', async () => {
    const answer = await get(paths.jobs, basic(key, secret))
    expect(answer.status).toBe(200)
    expect(await answer.json()).toMatchObject({ jobs: expect.any(Array) })
  })

  test('who may invoke the function needs no key', async () => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    const lambda = new LambdaClient({ endpoint, region, credentials })
    const Payload = JSON.stringify({ method: 'GET', path: paths.jobs, headers: {} })
    const { Payload: answered } = await lambda.send(new InvokeCommand({ FunctionName: apiFunction, Payload }))
    expect(JSON.parse(answered?.transformToString() ?? '')).toMatchObject({ statusCode: 200 })
  })

  test('who invokes the function as the gateway does needs one', async () => {
    const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
    const lambda = new LambdaClient({ endpoint, region, credentials })
    const http = { method: 'GET' }
    const event = { rawPath: paths.jobs, rawQueryString: '', headers: {}, isBase64Encoded: false }
    const Payload = JSON.stringify({ ...event, requestContext: { domainName: 'localhost', http } })
    const { Payload: answered } = await lambda.send(new InvokeCommand({ FunctionName: apiFunction, Payload }))
    expect(JSON.parse(answered?.transformToString() ?? '')).toMatchObject({ statusCode: 401 })
  })
})
