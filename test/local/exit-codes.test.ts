import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { exitCode } from '../../lib/cli/exit-code.ts'
import { saveConfig } from '../../lib/client/config/config-file.ts'
import { type Cloud, connect } from '../../lib/index.ts'
import { assemble, type LocalService } from '../../lib/local/assemble.ts'
import { type Ran, run } from '../cli/run.ts'

let folder = ''
let service: LocalService
let cloud: Cloud
const jids = { done: 0, failed: 0, waits: 0 }

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-codes-'))
  const log = { level: 'silent', write: () => undefined } as const
  service = await assemble({ folder: join(folder, 'data'), host: '127.0.0.1', port: 0, workers: 1, log })
  vi.stubEnv('PICLOUD_CONFIG', join(folder, 'config.json'))
  const { key, secret } = service.beginning as NonNullable<LocalService['beginning']>
  saveConfig({ url: service.url, key: String(key), secret })
  cloud = connect({ url: service.url, key: String(key), secret })
  jids.done = Number(await cloud.call(() => 1))
  const failed = await cloud.call(() => {
    throw new Error('no luck')
  })
  jids.failed = Number(failed)
  jids.waits = Number(await cloud.with({ startAfter: '1h' }).call(() => 1))
  await cloud.join([failed], { ignoreErrors: true })
  await cloud.rest.publish((count: number) => count, 'counted')
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await cloud.close()
  await service.stop(0)
  await rm(folder, { recursive: true })
})

const away = { PICLOUD_URL: 'http://127.0.0.1:9', PICLOUD_API_KEY: '1', PICLOUD_API_SECRETKEY: 'x' }
const stranger = () => ({ PICLOUD_URL: service.url, PICLOUD_API_KEY: '1', PICLOUD_API_SECRETKEY: 'x' })

const cases: readonly [keyof typeof exitCode, () => Promise<Ran>][] = [
  ['ok', () => run(['result', String(jids.done)])],
  ['failed', () => run(['local', '--data', join(folder, 'data'), '--port', '0'])],
  ['usage', () => run(['result'])],
  ['usage', () => run(['files', 'put', folder])],
  ['usage', () => run(['rest', 'invoke', 'counted', '{"count":"many"}'])],
  ['usage', () => run(['rest', 'invoke', 'counted', '["no object"]'])],
  ['jobFailed', () => run(['result', String(jids.failed)])],
  ['jobFailed', () => run(['result', String(jids.failed), '--json'])],
  ['notFound', () => run(['status', '999999'])],
  ['notFound', () => run(['files', 'get', 'nothing', join(folder, 'nothing')])],
  ['notFound', () => run(['cron', 'run', 'nothing'])],
  ['notFound', () => run(['rest', 'invoke', 'nothing'])],
  ['denied', () => as(stranger(), ['jobs'])],
  ['unavailable', () => as(away, ['jobs'])],
  ['timeout', () => run(['join', String(jids.waits), '--timeout', '100ms'])],
  ['interrupted', () => run(['join', String(jids.waits)], { signal: AbortSignal.abort() })],
]

async function as(environment: Readonly<Record<string, string>>, args: readonly string[]): Promise<Ran> {
  for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value)
  try {
    return await run(args)
  } finally {
    for (const name of Object.keys(environment)) vi.stubEnv(name, undefined)
  }
}

test.each(cases)('%s', async (name, act) => {
  const { code, out, error } = await act()
  expect(code, error).toBe(exitCode[name])
  if (name === 'ok') expect([error, out]).toEqual(['', expect.stringMatching(/\S/)])
  else expect(error + out).not.toBe('')
})

test('each is documented, and has a case here', async () => {
  const docs = await readFile(fileURLToPath(new URL('../../docs/cli.md', import.meta.url)), 'utf8')
  const [, table = ''] = /## Exit codes\n([\s\S]+?)(?:\n## |$)/.exec(docs) ?? []
  const documented = [...table.matchAll(/^\| (\d+) \|/gm)].map(([, code]) => Number(code))
  expect(documented).toEqual(Object.values(exitCode))
  expect(new Set(cases.map(([name]) => name))).toEqual(new Set(Object.keys(exitCode)))
})

test.each([
  ['--port', '65536'],
  ['--port', '-1'],
  ['--port', 'x'],
  ['--workers', '0'],
  ['--workers', '1025'],
  ['--grace', '86401'],
  ['--data', ''],
  ['--log', 'loud'],
])('picloud local %s %s is not understood, and starts nothing', async (option, value) => {
  const data = join(folder, 'never')
  const { code, error } = await run(['local', '--data', data, option, value])
  expect([code, error]).toEqual([exitCode.usage, expect.stringContaining(option)])
  await expect(readFile(data)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('jobs --watch goes on until Ctrl-C, and ends as others that it ends', async () => {
  const controller = new AbortController()
  let looks = 0
  const out = (text: string): void => {
    if (text.includes('queued') && ++looks === 2) controller.abort()
  }
  const { code } = await run(['jobs', '--watch'], { signal: controller.signal, out })
  expect([code, looks]).toEqual([exitCode.interrupted, 2])
})

test('a folder that is a file is told by its path', async () => {
  const data = join(folder, 'file')
  await writeFile(data, 'mine')
  const { code, error } = await run(['local', '--data', data, '--port', '0'])
  expect([code, error]).toEqual([exitCode.usage, expect.stringContaining(data)])
  expect(await readFile(data, 'utf8')).toBe('mine')
})

test('join of a job that failed ends as its result does', async () => {
  expect((await run(['join', String(jids.failed)])).code).toBe(exitCode.jobFailed)
})

test.each([
  [['cron', 'run', 'nothing'], 'There is no cron “nothing”. `picloud cron list` tells what there is.'],
  [['keys', 'delete', '999'], 'There is no key 999. `picloud keys list` lists those that there are.'],
  [['env', 'info', 'nothing'], 'There is no environment “nothing”. Create it: `picloud env create NAME PACKAGES…`.'],
])('%j names the command that helps, also as JSON', async (args, message) => {
  const plain = await run(args)
  expect([plain.code, plain.error]).toEqual([exitCode.notFound, `${message}\n`])
  const { error } = JSON.parse((await run([...args, '--json'])).error)
  expect(error).toMatchObject({ code: 'not-found', message, hint: expect.stringContaining('picloud') })
  expect(message.endsWith(error.hint)).toBe(true)
})
