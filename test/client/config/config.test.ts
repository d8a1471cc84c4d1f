import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { saveConfig } from '../../../lib/client/config/config-file.ts'
import { configOptions, configSchema } from '../../../lib/client/config/config-options.ts'
import cloud from '../../../lib/index.ts'

let folder = ''
let warnings: string[] = []
const { config } = cloud

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-config-'))
  vi.stubEnv('PICLOUD_CONFIG', join(folder, 'config.json'))
  for (const { variable } of Object.values(configOptions)) vi.stubEnv(variable, undefined)
  warnings = []
  vi.spyOn(process, 'emitWarning').mockImplementation(warning => void warnings.push(String(warning)))
})

afterEach(async () => {
  for (const name of Object.keys(configOptions)) Object.assign(config, { [name]: undefined })
  await config.commit()
  vi.restoreAllMocks()
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test('with nothing said there are defaults', () => {
  expect({ ...config }).toEqual({
    url: undefined,
    key: undefined,
    simulator: false,
    workers: undefined,
    resultCache: 16 * 1024 ** 2,
    logLevel: 'info',
  })
  expect(cloud.getConfigPath()).toBe(join(folder, 'config.json'))
})

test('the program comes before the environment, that before the user’s file', async () => {
  saveConfig({ workers: 2, logLevel: 'warn', resultCache: 5 })
  expect([config.workers, config.logLevel, config.resultCache]).toEqual([2, 'warn', 5])
  vi.stubEnv('PICLOUD_WORKERS', '3')
  vi.stubEnv('PICLOUD_LOG_LEVEL', 'error')
  expect([config.workers, config.logLevel, config.resultCache]).toEqual([3, 'error', 5])
  config.workers = 4
  await config.commit()
  expect([config.workers, config.logLevel, config.resultCache]).toEqual([4, 'error', 5])
  config.workers = undefined
  await config.commit()
  expect(config.workers).toBe(3)
})

test('what is set counts from commit on', async () => {
  config.url = 'https://jobs.example'
  config.key = '7'
  config.secret = 'hush'
  expect(cloud.connectionInfo()).toEqual({ type: 'none' })
  await config.commit()
  expect(cloud.connectionInfo()).toEqual({ type: 'https', url: 'https://jobs.example', key: '7' })
  expect(JSON.stringify(config)).not.toContain('hush')
})

test('commit forgets what setkey and startSimulator said', async () => {
  cloud.setkey(7, 'hush', { serverUrl: 'https://jobs.example' })
  await config.commit()
  expect(cloud.connectionInfo()).toEqual({ type: 'none' })
  cloud.startSimulator()
  await config.commit()
  expect(cloud.isSimulated()).toBe(false)
  config.simulator = true
  await config.commit()
  expect(cloud.isSimulated()).toBe(true)
})

test('commit starts cloud.mp anew: jobs of before are dropped, and workers are as many as said', async () => {
  config.workers = 1
  await config.commit()
  expect(cloud.mp.connectionInfo()).toEqual({ type: 'multiprocessing' })
  const late = await cloud.mp.call(() => new Promise<number>(resolve => setTimeout(() => resolve(1), 30_000)))
  const waiting = cloud.mp.result(late).catch((error: unknown) => error)
  config.workers = 2
  await config.commit()
  expect(await waiting).toMatchObject({ code: 'closed' })
  const jid = await cloud.mp.call(() => process.pid)
  expect(Number(jid)).toBe(1)
  expect(await cloud.mp.result(jid)).not.toBe(process.pid)
  await cloud.mp.close()
})

test('save writes what was set into the user’s file, and leaves the rest of it', async () => {
  saveConfig({ url: 'https://jobs.example', logLevel: 'warn' })
  config.workers = 2
  config.logLevel = undefined as never
  await config.commit({ save: true })
  expect(JSON.parse(await readFile(cloud.getConfigPath(), 'utf8'))).toEqual({
    $schema: './config.schema.json',
    url: 'https://jobs.example',
    workers: 2,
  })
})

describe('what can’t be taken is warned of by its name', () => {
  test('an unknown option', async () => {
    const wide = config as unknown as { wrokers?: number }
    wide.wrokers = 3
    await config.commit()
    delete wide.wrokers
    expect(warnings.join()).toMatch(/cloud\.config has no option wrokers/)
  })

  test('a value of the wrong type, which leaves what was', async () => {
    vi.stubEnv('PICLOUD_WORKERS', 'many')
    config.resultCache = 'much' as never
    await config.commit()
    expect(config.resultCache).toBe(16 * 1024 ** 2)
    expect(config.workers).toBeUndefined()
    expect(warnings.join()).toMatch(/option resultCache of cloud\.config/)
    expect(warnings.join()).toMatch(/option PICLOUD_WORKERS of the environment was left out: it takes an integer/)
  })

  test('a variable that sets nothing', async () => {
    vi.stubEnv('PICLOUD_WROKERS', '3')
    expect(config.workers).toBeUndefined()
    expect(warnings).toEqual([
      expect.stringMatching(/^PICLOUD_WROKERS in the environment sets no option; .*PICLOUD_WORKERS/),
    ])
  })

  test('what the settings do not know, in a call of connect', () => {
    expect(() => cloud.connect({ wrokers: 3 } as never)).toThrow(/no option wrokers/)
  })

  test('a file that can’t be read does not stop cloud.mp', async () => {
    await writeFile(cloud.getConfigPath(), '{', { mode: 0o600 })
    expect(await cloud.mp.call(() => 3).result()).toBe(3)
    await cloud.mp.close()
    expect(warnings.join()).toMatch(/it is not JSON/)
  })
})

test('the schema that is published is that of the options', async () => {
  const schema = JSON.parse(await readFile(new URL('../../../config.schema.json', import.meta.url), 'utf8'))
  expect(schema).toEqual(configSchema())
})

test('a file that was saved names its schema, which lies beside it', async () => {
  config.workers = 2
  await config.commit({ save: true })
  const { $schema, ...values } = JSON.parse(await readFile(cloud.getConfigPath(), 'utf8'))
  expect(values).toEqual({ workers: 2 })
  expect(JSON.parse(await readFile(join(folder, $schema), 'utf8'))).toEqual(configSchema())
})
