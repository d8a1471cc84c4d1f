import { mkdtemp, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, inject, test, vi } from 'vitest'
import { readUserFile } from '../../lib/client/config/config-file.ts'
import cloud from '../../lib/index.ts'
import { run } from '../cli/run.ts'
import { awsEnvironment } from './emulator/cdk.ts'

const deployment = inject('deployment')

describe.skipIf(deployment === undefined)('picloud setup', () => {
  let folder = ''
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'picloud-setup-'))
    vi.stubEnv('PICLOUD_CONFIG', join(folder, 'config.json'))
    for (const [name, value] of Object.entries(awsEnvironment(deployment?.endpoint ?? ''))) vi.stubEnv(name, value)
  })

  afterEach(async () => {
    vi.unstubAllEnvs()
    await rm(folder, { recursive: true })
  })

  test('writes what the default cloud then uses', async () => {
    const { code, out, error } = await run(['setup', '--stack', 'PiCloudTest'])
    expect(code, error).toBe(0)
    const config = readUserFile(() => undefined)
    expect(config).toMatchObject({ key: deployment?.key, secret: deployment?.secret })
    expect(out + error).not.toContain(config?.secret)
    // The emulator's account has AWS's usual quota, and the tests' stack takes little of it.
    expect(out + error).not.toContain('at a time')
    expect((await stat(join(folder, 'config.json'))).mode & 0o777).toBe(0o600)
    // The emulator's address has a name that no resolver knows: the tests' own stands in for it.
    vi.stubEnv('PICLOUD_URL', deployment?.url)
    vi.stubEnv('PICLOUD_API_KEY', config?.key)
    vi.stubEnv('PICLOUD_API_SECRETKEY', config?.secret)
    expect(await cloud.call((x: number) => x + 1, 1).result()).toBe(2)
    await cloud.close()
  })

  test('a stack that is not there is named', async () => {
    const { code, error } = await run(['setup', '--stack', 'Nowhere'])
    expect(code).toBe(4)
    expect(error).toContain('There is no stack Nowhere')
    expect(readUserFile(() => undefined)).toEqual({})
  })
})
