import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { saveConfig } from '../../lib/client/config/config-file.ts'
import { type Cloud, connect } from '../../lib/index.ts'
import { assemble, type LocalService } from '../../lib/local/assemble.ts'
import { run } from '../cli/run.ts'

let folder = ''
let service: LocalService
let cloud: Cloud

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-kill-'))
  const log = { level: 'silent', write: () => undefined } as const
  service = await assemble({ folder: join(folder, 'data'), host: '127.0.0.1', port: 0, workers: 1, log })
  vi.stubEnv('PICLOUD_CONFIG', join(folder, 'config.json'))
  const { key, secret } = service.beginning as NonNullable<LocalService['beginning']>
  saveConfig({ url: service.url, key: String(key), secret })
  cloud = connect({ url: service.url, key: String(key), secret })
})

afterAll(async () => {
  vi.unstubAllEnvs()
  await cloud.close()
  await service.stop(0)
  await rm(folder, { recursive: true })
})

test('kill says which jobs there was nothing to end of', async () => {
  const over = Number(await cloud.call(() => 1))
  await cloud.join(over)
  const [one, two] = [...(await cloud.with({ startAfter: '1h' }).map((x: number) => x, [1, 2]))].map(Number)
  expect((await run(['kill', String(over)])).out).toBe('Nothing to end: one job was over before.\n')
  expect((await run(['kill', `${over},${one}`])).out).toBe('The service ends one job; one job was over before.\n')
  expect(await cloud.status([over, one!, two!])).toEqual(['done', 'killed', 'queued'])
  const { out } = await run(['kill', '--json', '--tree', `${one}-${two}`])
  expect(JSON.parse(out)).toEqual({ killed: 1, over: 1 })
  expect((await run(['kill', '--tree', String(two)])).out).toBe(
    'The service ends no job (one job was over before), with all that they started.\n',
  )
  expect((await run(['kill', '999999'])).code).toBe(4)
})
