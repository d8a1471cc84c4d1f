import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { type ApiFunction, assembleApi } from '../../lib/aws/assemble.ts'
import { readEnvironment, variables } from '../../lib/aws/environment.ts'
import { ADDRESS_LIMIT } from '../../lib/engine/service/failed-sign-ins.ts'
import { connect } from '../../lib/index.ts'
import { createdKeySchema } from '../../lib/protocol/account.ts'
import { paths } from '../../lib/protocol/paths.ts'
import { awsEnvironment } from './emulator/cdk.ts'
import { StackSettings } from './emulator/stack-settings.ts'

const deployment = inject('deployment')

const SECOND = 1_000
/** From which nobody else asks. */
const ADDRESS = '198.51.100.7'

describe.skipIf(deployment === undefined)('keys on AWS', () => {
  const { url = '', key = '', secret = '', endpoint = '', region = '', apiFunction = '' } = deployment ?? {}
  const access = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  const settings = new StackSettings(access, apiFunction)
  const owner = { principal: { kind: 'owner' } } as const

  beforeEach(() => {
    for (const [name, value] of Object.entries(awsEnvironment(endpoint))) vi.stubEnv(name, value)
  })
  afterEach(() => {
    vi.unstubAllEnvs()
    vi.restoreAllMocks()
  })

  /** The API function as Lambda starts it once more: over the stack's own tables. */
  const instance = async (): Promise<ApiFunction> => assembleApi(readEnvironment('api', await settings.all()))

  const request = (method: string, path: string, authorization?: string, body?: unknown): Request =>
    new Request(`https://keys.invalid${path}`, {
      method,
      headers: { ...(authorization !== undefined && { authorization }), 'content-type': 'application/json' },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    })

  const basic = (id: number, of: string): string => `Basic ${Buffer.from(`${id}:${of}`).toString('base64')}`

  test('one that was switched off stops at once where that was asked, and within a minute in every other instance', async () => {
    const [one, two] = [await instance(), await instance()]
    const made = await one.fetch(request('POST', paths.keys, undefined, { note: 'of two instances' }), owner)
    const { key: id, secret: own } = createdKeySchema.parse(await made.json())
    const path = `${paths.keys}/${id}`
    const statusOf = async (by: ApiFunction) =>
      (await by.fetch(request('GET', paths.jobs, basic(id, own)), { from: ADDRESS })).status
    expect([await statusOf(one), await statusOf(two)]).toEqual([200, 200])

    expect((await one.fetch(request('PATCH', path, undefined, { active: false }), owner)).status).toBe(200)
    expect(await statusOf(one)).toBe(401)
    const began = Date.now()
    vi.spyOn(Date, 'now').mockImplementation(() => began + 59 * SECOND)
    expect(await statusOf(two)).toBe(401)

    expect((await two.fetch(request('PATCH', path, undefined, { active: true }), owner)).status).toBe(200)
    expect([await statusOf(one), await statusOf(two)]).toEqual([200, 200])
    expect((await one.fetch(request('DELETE', path), owner)).status).toBeLessThan(300)
    expect(await statusOf(one)).toBe(401)
  })

  test('who guesses has to wait, by the address that the gateway names; others and the right key do not', async () => {
    const api = await instance()
    const ask = (authorization: string, from: string) => api.fetch(request('GET', paths.jobs, authorization), { from })
    const wrong = basic(4_711, 'a guess')
    for (let nth = 0; nth < ADDRESS_LIMIT.failures; nth++) expect((await ask(wrong, ADDRESS)).status).toBe(401)
    const late = await ask(wrong, ADDRESS)
    expect(late.status).toBe(429)
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(0)
    expect(await late.json()).toMatchObject({ code: 'rate-limited' })
    expect((await ask(basic(Number(key), secret), ADDRESS)).status).toBe(200)
    expect((await ask(wrong, '198.51.100.8')).status).toBe(401)
  })

  test('a job sees no key, and nothing that the stack’s functions are told', async () => {
    await using cloud = connect({ url, key, secret })
    const environment = await cloud.call(() => JSON.stringify(process.env)).result()
    expect(environment).toContain('PATH')
    const { highCpuExecutorFunction: _, executorFunction: __, ...names } = variables
    const told = await settings.all()
    // The name of its function Lambda itself tells. Short ones are numbers, and may stand in anything.
    const values = Object.values(names).flatMap(name => ((told[name] ?? '').length > 8 ? (told[name] as string) : []))
    expect(values.length).toBeGreaterThan(8)
    for (const hidden of ['PICLOUD_', 'AWS_SECRET', 'AWS_ACCESS', 'AWS_LAMBDA', 'TOKEN', secret, ...values]) {
      expect(environment).not.toContain(hidden)
    }
  })
})
