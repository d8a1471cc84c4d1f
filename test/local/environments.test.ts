import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cloud, connect } from '../../lib/index.ts'
import { assemble, type LocalService } from '../../lib/local/assemble.ts'
import { programWith, writeAddon } from './native-addon.ts'

interface Program {
  version(): string
  resolved(): string
  folder(): string
  later(): Promise<string>
}

let folder = ''
let service: LocalService
let cloud: Cloud
let program: Program

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-environments-'))
  const log = { level: 'silent', write: () => undefined } as const
  service = await assemble({ folder: join(folder, 'data'), host: '127.0.0.1', port: 0, workers: 2, log })
  const { key, secret } = service.beginning as NonNullable<LocalService['beginning']>
  cloud = connect({ url: service.url, key: String(key), secret })
  await mkdir(join(folder, 'program'))
  program = await programWith<Program>(
    join(folder, 'program'),
    'program.cjs',
    `const addon = require('native-addon')
exports.version = () => addon.version
exports.folder = () => addon.folder
exports.resolved = () => addon.resolve(addon.folder, './index.js')
exports.later = async () => (await import('native-addon')).default.version
`,
  )
  await cloud.env.create('one', { packages: [await writeAddon(join(folder, 'addon-1'), '1.0.0')] })
})

afterAll(async () => {
  await cloud.close()
  await service.stop(0)
  await rm(folder, { recursive: true })
})

test('a job runs native code that its environment has', async () => {
  const there = cloud.with({ env: 'one' })
  const path = await cloud.result(await there.call(program.resolved))
  expect(path).toMatch(/data\/environments\/[0-9a-f]{64}\/node_modules\/native-addon\/index\.js$/)
  expect(await cloud.result(await there.call(program.later))).toBe('1.0.0')
})

test('ES modules import it, by themselves and through a package that is bundled', async () => {
  const { direct, whole, nested } = await programWith<Record<'direct' | 'whole' | 'nested', () => string>>(
    join(folder, 'program'),
    'program.mjs',
    `import standard, { version } from 'native-addon'
import * as namespace from 'native-addon'
import { wrapped } from 'wrapper'
export const direct = () => version
export const whole = () => standard.version + ' ' + namespace.version + ' ' + namespace.default.version
export const nested = () => wrapped()
`,
  )
  const there = cloud.with({ env: 'one' })
  expect(await cloud.result(await there.call(direct))).toBe('1.0.0')
  expect(await cloud.result(await there.call(whole))).toBe('1.0.0 1.0.0 1.0.0')
  expect(await cloud.result(await there.call(nested))).toBe('wrapped 1.0.0')
})

test('without an environment it is refused by name, with what to do', async () => {
  await expect(cloud.call(program.version)).rejects.toMatchObject({
    code: 'capture',
    message: expect.stringContaining('the package native-addon, which has native code'),
    hint: expect.stringContaining('cloud.env.create'),
  })
})

test('jobs at once share one folder, unpacked whole', async () => {
  await cloud.env.create('shared', { packages: [await writeAddon(join(folder, 'addon-2'), '2.0.0')] })
  const jids = Array.from({ length: 4 }, () => cloud.with({ env: 'shared', killProcess: true }).call(program.folder))
  const folders = await cloud.result(await Promise.all(jids))
  expect(new Set(folders).size).toBe(1)
  const unpacked = await readdir(join(folder, 'data', 'environments'))
  expect(unpacked.every(name => /^[0-9a-f]{64}$/.test(name))).toBe(true)
})

test('a name that is given again means the new packages; jobs that were submitted before keep theirs', async () => {
  await cloud.env.create('changing', { packages: [await writeAddon(join(folder, 'addon-3'), '3.0.0')] })
  const there = cloud.with({ env: 'changing' })
  const waiting = await cloud.with({ env: 'changing', startAfter: '3s' }).call(program.version)
  expect(await cloud.result(await there.call(program.version))).toBe('3.0.0')
  await cloud.env.create('changing', { packages: [await writeAddon(join(folder, 'addon-4'), '4.0.0')] })
  expect(await cloud.result(await there.call(program.version))).toBe('4.0.0')
  expect(await cloud.result(waiting)).toBe('3.0.0')
})

test('list, info and delete', async () => {
  const packages = [join(folder, 'addon-1')]
  const before = await cloud.env.info('one')
  expect(before).toMatchObject({ name: 'one', packages, platform: { os: process.platform, cpu: process.arch } })
  expect(before.log).toContain('added 1 package')
  expect(before.size).toBeGreaterThan(1_000)
  const same = await cloud.env.create('same', { packages })
  expect(same.hash).toBe(before.hash)
  expect(await cloud.env.list()).toEqual(expect.arrayContaining(['one', 'same']))
  await cloud.env.delete('same')
  expect(await cloud.env.list()).not.toContain('same')
  await expect(cloud.env.delete('same')).rejects.toMatchObject({ code: 'not-found' })
  await expect(cloud.env.info('same')).rejects.toMatchObject({ code: 'not-found' })
})

test('an environment that is not there is named at the submit', async () => {
  const submitted = cloud.with({ env: 'nowhere' }).call(() => 1)
  await expect(submitted).rejects.toMatchObject({
    code: 'not-found',
    message: expect.stringContaining('There is no environment “nowhere”'),
  })
})

test('an environment without the package is told by the job', async () => {
  const other = join(folder, 'plain')
  await mkdir(other)
  await writeFile(join(other, 'package.json'), '{"name":"plain","version":"1.0.0"}')
  await cloud.env.create('other', { packages: [other] })
  const jid = await cloud.with({ env: 'other' }).call(program.version)
  await expect(cloud.result(jid)).rejects.toMatchObject({
    code: 'revive',
    message: expect.stringContaining('the package native-addon, which the environment “other” does not have'),
  })
})

test('a job in one of two that are the same is told of its own', async () => {
  const same = join(folder, 'same')
  await mkdir(same)
  await writeFile(join(same, 'package.json'), '{"name":"same","version":"1.0.0"}')
  for (const name of ['same-1', 'same-2']) {
    await cloud.env.create(name, { packages: [same] })
    const jid = await cloud.with({ env: name }).call(program.version)
    await expect(cloud.result(jid)).rejects.toMatchObject({ message: expect.stringContaining(`environment “${name}”`) })
  }
})

test('native code of another platform is told by the job', async () => {
  const foreign = await writeAddon(join(folder, 'addon-foreign'), '1.0.0')
  const file = join(foreign, 'addon.node')
  const library = await readFile(file)
  // Another machine, in its head: nothing else tells.
  library.writeUInt16LE(process.arch === 'arm64' ? 0x3e : 0xb7, 18)
  await writeFile(file, library)
  await cloud.env.create('foreign', { packages: [foreign] })
  const jid = await cloud.with({ env: 'foreign' }).call(program.version)
  await expect(cloud.result(jid)).rejects.toMatchObject({
    code: 'revive',
    message: expect.stringMatching(/addon\.node/),
  })
})

test('an install that fails tells what npm said, and creates nothing', async () => {
  const failing = join(folder, 'failing')
  await mkdir(failing)
  const scripts = { install: 'echo the compiler is missing >&2; exit 3' }
  await writeFile(join(failing, 'package.json'), JSON.stringify({ name: 'failing', version: '1.0.0', scripts }))
  const created = cloud.env.create('failing', { packages: [failing] })
  await expect(created).rejects.toMatchObject({
    code: 'install-failed',
    message: expect.stringContaining('the compiler is missing'),
    cause: { message: expect.stringContaining('npm error') },
  })
  await expect(cloud.env.info('failing')).rejects.toMatchObject({ code: 'not-found' })
})

test('cron and published functions find theirs', async () => {
  await cloud.rest.publish(program.version, 'native', { env: 'one' })
  expect(await cloud.result(await cloud.rest.invoke('native'))).toBe('1.0.0')
  await cloud.cron.register(program.version, 'native', '0 3 * * *', { env: 'one' })
  expect(await cloud.result(await cloud.cron.manualRun('native'))).toBe('1.0.0')
})

test.each(['', '../x', 'a b', '.one'])('“%s” is no name', async name => {
  await expect(cloud.env.create(name, { packages: ['x'] })).rejects.toMatchObject({ code: 'invalid-argument' })
})

test.each([[[]], [['-g']], [['a b']], [[1]]])('%j are no packages', async packages => {
  await expect(cloud.env.create('x', { packages: packages as string[] })).rejects.toMatchObject({
    code: 'invalid-argument',
  })
})

test('cloud.mp has no environments', async () => {
  const mp = connect({ workers: 1 })
  const refused = { code: 'unsupported', message: expect.stringContaining('no environments') }
  await expect(mp.env.list()).rejects.toMatchObject(refused)
  await expect(mp.with({ env: 'one' }).call(() => 1)).rejects.toMatchObject(refused)
  await mp.close()
})

test('of two that are created at once under one name, the last one counts, as a whole, and both hear which', async () => {
  const versions = ['8.0.0', '9.0.0'] as const
  const packages = await Promise.all(versions.map(version => writeAddon(join(folder, `addon-${version}`), version)))
  const made = await Promise.all(packages.map(one => cloud.env.create('both', { packages: [one] })))
  const info = await cloud.env.info('both')
  const winner = packages.indexOf(info.packages[0] ?? '')
  expect(await cloud.result(await cloud.with({ env: 'both' }).call(program.version))).toBe(versions[winner])
  for (const one of made) expect(packages.map(each => [each])).toContainEqual(one.packages)
  expect(made.some(({ hash }) => hash === info.hash)).toBe(true)
  expect((await cloud.env.list()).filter(name => name === 'both')).toEqual(['both'])
})

test('the same packages under two names are one archive; either works when the other is deleted', async () => {
  const packages = [await writeAddon(join(folder, 'addon-twice'), '10.0.0')]
  const blobs = async () => (await readdir(join(folder, 'data', 'blobs', 'bundles'), { recursive: true })).sort()
  const first = await cloud.env.create('twice-1', { packages })
  const kept = await blobs()
  const second = await cloud.env.create('twice-2', { packages })
  expect(second.hash).toBe(first.hash)
  expect(await blobs()).toEqual(kept)
  expect(kept.join()).toContain(first.hash)
  const run = (env: string) => cloud.with({ env, killProcess: true }).call(program.version).result()
  expect(await Promise.all([run('twice-1'), run('twice-2')])).toEqual(['10.0.0', '10.0.0'])
  await cloud.env.delete('twice-1')
  expect(await run('twice-2')).toBe('10.0.0')
  await expect(run('twice-1')).rejects.toMatchObject({ code: 'not-found' })
})
