import { chmod, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { readProjectFile, readUserFile, saveConfig } from '../../../lib/client/config/config-file.ts'
import { networkParams, ownParams } from '../../../lib/client/connect/network-params.ts'

let folder = ''
let file = ''
let complaints: string[] = []
const config = { url: 'https://one.example', key: '1', secret: 'of the file' }
const complain = (problem: string): void => void complaints.push(problem)
const readConfig = () => readUserFile(complain)

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-config-'))
  file = join(folder, 'below', 'config.json')
  complaints = []
  vi.stubEnv('PICLOUD_CONFIG', file)
  for (const name of ['PICLOUD_URL', 'PICLOUD_API_KEY', 'PICLOUD_API_SECRETKEY']) vi.stubEnv(name, undefined)
})

afterEach(async () => {
  vi.unstubAllEnvs()
  await rm(folder, { recursive: true })
})

test('what was saved is read, and nobody else may read it', async () => {
  expect(readConfig()).toEqual({})
  expect(saveConfig(config)).toBe(file)
  expect(readConfig()).toEqual(config)
  expect((await stat(file)).mode & 0o777).toBe(0o600)
  saveConfig({ url: 'lambda:api', key: undefined, secret: undefined, workers: 3 })
  expect(readConfig()).toEqual({ url: 'lambda:api', workers: 3 })
  expect(complaints).toEqual([])
})

test('a file that others may read is refused, and not written over', async () => {
  saveConfig(config)
  await chmod(file, 0o640)
  expect(readConfig).toThrow(/others than its owner/)
  expect(() => saveConfig({ workers: 2 })).toThrow(/others than its owner/)
})

test.each(['', '{', '[]', 'null', '3'])('“%s” is refused', async text => {
  saveConfig(config)
  await writeFile(file, text)
  expect(readConfig).toThrow(expect.objectContaining({ code: 'not-configured' }))
  expect(() => saveConfig({ workers: 2 })).toThrow(expect.objectContaining({ code: 'not-configured' }))
})

test.each([
  ['{"url":1}', {}, /option url .* takes text/],
  ['{"url":"https://a","key":[]}', { url: 'https://a' }, /option key .* takes the id of a key/],
  ['{"url":"https://a","key":7}', { url: 'https://a', key: '7' }, undefined],
  ['{"workers":"4"}', {}, /option workers .* takes an integer from 1 to 1024/],
  ['{"workers":0}', {}, /option workers/],
  ['{"workers":1}', { workers: 1 }, undefined],
  ['{"workers":1024}', { workers: 1024 }, undefined],
  ['{"workers":1025}', {}, /option workers/],
  ['{"resultCache":0}', { resultCache: 0 }, undefined],
  ['{"resultCache":4294967296}', { resultCache: 4294967296 }, undefined],
  ['{"resultCache":4294967297}', {}, /option resultCache/],
  ['{"resultCache":-1}', {}, /option resultCache/],
  ['{"simulator":"true"}', {}, /option simulator .* takes true or false/],
  ['{"logLevel":"loud"}', {}, /option logLevel .* takes one of silent, error, warn, info, debug/],
  ['{"logLevel":"warn","$schema":"x"}', { logLevel: 'warn' }, undefined],
  ['{"wrokers":1,"workers":2}', { workers: 2 }, /no option wrokers; it takes url, key,/],
])('%s: what can’t be taken is named, and the rest is read', async (text, values, complaint) => {
  saveConfig({})
  await writeFile(file, text)
  expect(readConfig()).toEqual(values)
  if (complaint === undefined) expect(complaints).toEqual([])
  else expect(complaints).toEqual([expect.stringMatching(complaint)])
})

test('a complaint never shows the value, which may be a secret', async () => {
  saveConfig({})
  await writeFile(file, '{"secret":["hush"]}')
  readConfig()
  expect(complaints.join()).toMatch(/option secret/)
  expect(complaints.join()).not.toContain('hush')
})

test('a project’s file is found from below it, and its key is left out', async () => {
  const inner = join(folder, 'project', 'src', 'deep')
  await mkdir(inner, { recursive: true })
  expect(readProjectFile(complain, inner)).toEqual({})
  const own = join(folder, 'project', 'picloud.json')
  await writeFile(own, JSON.stringify({ ...config, workers: 2 }))
  expect(readProjectFile(complain, inner)).toEqual({ url: config.url, workers: 2 })
  expect(complaints).toEqual([expect.stringContaining(`key and secret in ${own} were left out`)])
})

test('what a caller says comes first, then the environment, then the file', () => {
  expect(() => networkParams({})).toThrow(/lacks an address/)
  saveConfig(config)
  expect(networkParams({})).toEqual(config)
  vi.stubEnv('PICLOUD_API_KEY', '2')
  vi.stubEnv('PICLOUD_API_SECRETKEY', 'of the environment')
  expect(networkParams({})).toEqual({ url: config.url, key: '2', secret: 'of the environment' })
  const given = { url: 'https://two.example', key: '3', secret: 'given' }
  expect(networkParams(given)).toEqual(given)
  expect(networkParams({ key: '3' })).toEqual({ url: config.url, key: '3', secret: 'of the environment' })
})

test('the file’s key never goes to another address', () => {
  saveConfig(config)
  expect(networkParams({ url: 'https://two.example' })).toEqual({
    url: 'https://two.example',
    key: undefined,
    secret: undefined,
  })
  vi.stubEnv('PICLOUD_URL', 'https://three.example')
  expect(() => ownParams({})).toThrow(/lacks a key/)
})

test('an address that IAM guards needs no key', () => {
  saveConfig({ url: 'lambda:api' })
  expect(ownParams({})).toEqual({ url: 'lambda:api', key: undefined, secret: undefined })
})
