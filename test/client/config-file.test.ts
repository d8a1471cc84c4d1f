import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { writeConfig } from '../../lib/cli/write-config.ts'
import { readConfig } from '../../lib/client/config-file.ts'
import { networkParams, ownParams } from '../../lib/client/network-params.ts'

let folder = ''
let file = ''
const config = { url: 'https://one.example', key: '1', secret: 'of the file' }

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-config-'))
  file = join(folder, 'below', 'config.json')
  vi.stubEnv('PICLOUD_CONFIG', file)
  for (const name of ['PICLOUD_URL', 'PICLOUD_API_KEY', 'PICLOUD_API_SECRETKEY']) vi.stubEnv(name, undefined)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test('what was written is read, and nobody else may read it', async () => {
  expect(readConfig()).toBeUndefined()
  expect(await writeConfig(config)).toBe(file)
  expect(readConfig()).toEqual(config)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  await writeConfig({ url: 'lambda:api' })
  expect(readConfig()).toEqual({ url: 'lambda:api' })
})

test('a file that others may read is refused', async () => {
  await writeConfig(config)
  await chmod(file, 0o640)
  expect(() => readConfig()).toThrow(/others than its owner/)
})

test.each(['', '{', '[]', '{}', '{"url":1}', '{"url":"https://a","key":1}', 'null'])('“%s” is refused', async text => {
  await writeConfig(config)
  await writeFile(file, text)
  expect(() => readConfig()).toThrow(expect.objectContaining({ code: 'not-configured' }))
})

test('what a caller says comes first, then the environment, then the file', async () => {
  expect(() => networkParams({})).toThrow(/lacks an address/)
  await writeConfig(config)
  expect(networkParams({})).toEqual(config)
  vi.stubEnv('PICLOUD_API_KEY', '2')
  vi.stubEnv('PICLOUD_API_SECRETKEY', 'of the environment')
  expect(networkParams({})).toEqual({ url: config.url, key: '2', secret: 'of the environment' })
  const given = { url: 'https://two.example', key: '3', secret: 'given' }
  expect(networkParams(given)).toEqual(given)
})

test('the file’s key never goes to another address', async () => {
  await writeConfig(config)
  expect(networkParams({ url: 'https://two.example' })).toEqual({
    url: 'https://two.example',
    key: undefined,
    secret: undefined,
  })
  vi.stubEnv('PICLOUD_URL', 'https://three.example')
  expect(() => ownParams({})).toThrow(/lacks a key/)
})

test('an address that IAM guards needs no key', async () => {
  await writeConfig({ url: 'lambda:api' })
  expect(ownParams({})).toEqual({ url: 'lambda:api', key: undefined, secret: undefined })
})
