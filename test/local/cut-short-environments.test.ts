import { spawn } from 'node:child_process'
import { createHash, randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { ARCHIVE_PIECE_BYTES } from '../../lib/protocol/limits.ts'
import { freshFolder } from './fresh-folder.ts'
import { programWith, writeAddon } from './native-addon.ts'
import { type Service, type ServiceOptions, startService } from './service.ts'

const program = fileURLToPath(new URL('../../bin/picloud.ts', import.meta.url))
const index = new URL('../../lib/index.ts', import.meta.url).href
/** Milliseconds, for npm on a busy machine. */
const PATIENCE = { timeout: 60_000, interval: 20 }

async function start(options: ServiceOptions): Promise<Service> {
  const service = await startService(options)
  onTestFinished(() => service.stop('SIGKILL').then(() => undefined))
  return service
}

interface Slow {
  /** As npm takes it. */
  readonly path: string
  /** Of the script that runs when it is installed, once it does. */
  pid(): number | undefined
  /** Lets that script end. */
  release(): void
}

/** A package whose install goes on until it is let go. */
async function slowPackage(): Promise<Slow> {
  const folder = freshFolder()
  const [marker, gate] = [join(folder, 'pid'), join(folder, 'gate')]
  const path = await writeAddon(join(folder, 'slow'), '1.0.0')
  const wait = `const fs = require('node:fs')
fs.writeFileSync(${JSON.stringify(marker)}, String(process.pid))
setInterval(() => { if (fs.existsSync(${JSON.stringify(gate)})) process.exit(0) }, 20)
`
  writeFileSync(join(path, 'wait.js'), wait)
  const manifest = { name: 'native-addon', version: '1.0.0', main: 'index.js', scripts: { install: 'node wait.js' } }
  writeFileSync(join(path, 'package.json'), JSON.stringify(manifest))
  return {
    path,
    pid: () => (existsSync(marker) ? Number(readFileSync(marker, 'utf8')) || undefined : undefined),
    release: () => writeFileSync(gate, ''),
  }
}

function isAlive(pid = 0): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}

const foldersOf = (pid = 0): string[] =>
  readdirSync(tmpdir()).filter(name => name.startsWith(`picloud-environment-${pid}-`))

async function versionProgram(): Promise<{ version(): string }> {
  const folder = freshFolder()
  return await programWith(
    folder,
    'program.cjs',
    `const addon = require('native-addon')\nexports.version = () => addon.version\n`,
  )
}

test.each(['SIGTERM', 'SIGKILL'] as const)('%s of the service while npm installs: the create goes on', async signal => {
  const folder = freshFolder()
  const first = await start({ folder })
  await using cloud = first.client()
  const slow = await slowPackage()
  const created = cloud.env.create('slow', { packages: [slow.path] })
  await expect.poll(slow.pid, PATIENCE).toBeDefined()
  await first.stop(signal)
  await start({ folder, port: first.port })
  expect(await cloud.env.list()).toEqual([])
  slow.release()
  expect(await created).toMatchObject({ name: 'slow', packages: [slow.path] })
  const { version } = await versionProgram()
  expect(await cloud.with({ env: 'slow' }).call(version).result()).toBe('1.0.0')
  expect(foldersOf(process.pid)).toEqual([])
})

test('a service that stays away ends it with unavailable; nothing is created, and the same name may be taken', async () => {
  const folder = freshFolder()
  const first = await start({ folder })
  await using cloud = first.client()
  const slow = await slowPackage()
  const created = cloud.env.create('slow', { packages: [slow.path] }).catch((error: unknown) => error)
  await expect.poll(slow.pid, PATIENCE).toBeDefined()
  await first.stop('SIGKILL')
  slow.release()
  expect(await created).toMatchObject({ code: 'unavailable' })
  await expect.poll(() => isAlive(slow.pid()), PATIENCE).toBe(false)
  expect(foldersOf(process.pid)).toEqual([])
  await start({ folder, port: first.port })
  await expect(cloud.env.info('slow')).rejects.toMatchObject({ code: 'not-found' })
  await cloud.env.create('slow', { packages: [slow.path] })
  const { version } = await versionProgram()
  expect(await cloud.with({ env: 'slow' }).call(version).result()).toBe('1.0.0')
})

test('a service that is killed between the pieces of an archive has no half of it: the rest is put to the next', async () => {
  const folder = freshFolder()
  const first = await start({ folder, args: ['--log', 'info'] })
  await using cloud = first.client()
  const path = join(freshFolder(), 'large')
  mkdirSync(path)
  // Bytes that can't be packed smaller.
  const content = randomBytes(6 * ARCHIVE_PIECE_BYTES)
  writeFileSync(join(path, 'package.json'), '{"name":"large","version":"1.0.0"}')
  writeFileSync(join(path, 'content'), content)
  const created = cloud.env.create('large', { packages: [path] })
  const taken = (service: Service) =>
    service.output().match(/"method":"PUT","route":"\/v1\/functions[^}]*"status":204/g)?.length ?? 0
  await expect.poll(() => taken(first), { ...PATIENCE, interval: 1 }).toBeGreaterThan(0)
  await first.stop('SIGKILL')
  const before = taken(first)
  expect(before).toBeLessThan(6)
  const second = await start({ folder, port: first.port, args: ['--log', 'info'] })
  const { hash } = await created
  expect(taken(second)).toBeGreaterThan(0)
  expect(before + taken(second)).toBeLessThanOrEqual(8)
  const digest = await cloud
    .with({ env: 'large' })
    .call(
      (folder: string, archive: string) => {
        const { readFileSync } = process.getBuiltinModule('node:fs')
        const bytes = readFileSync(`${folder}/environments/${archive}/node_modules/large/content`)
        return process.getBuiltinModule('node:crypto').createHash('sha256').update(bytes).digest('hex')
      },
      folder,
      hash,
    )
    .result()
  expect(digest).toBe(createHash('sha256').update(content).digest('hex'))
})

test('who ends a create ends npm, and what npm started', async () => {
  const service = await start({ folder: freshFolder() })
  await using cloud = service.client()
  const slow = await slowPackage()
  const controller = new AbortController()
  const created = cloud.env.create('slow', { packages: [slow.path], signal: controller.signal }).catch(error => error)
  await expect.poll(slow.pid, PATIENCE).toBeDefined()
  controller.abort()
  expect(await created).toMatchObject({ name: 'AbortError' })
  await expect.poll(() => isAlive(slow.pid()), { timeout: 5_000 }).toBe(false)
  expect(foldersOf(process.pid)).toEqual([])
  await expect(cloud.env.info('slow')).rejects.toMatchObject({ code: 'not-found' })
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s to picloud env create does too', async signal => {
  const folder = freshFolder()
  await start({ folder })
  const slow = await slowPackage()
  const command = spawn(process.execPath, [program, 'env', 'create', 'slow', slow.path], {
    stdio: ['ignore', 'ignore', 'pipe'],
    env: { ...process.env, PICLOUD_CONFIG: join(folder, 'config.json') },
  })
  let error = ''
  command.stderr.on('data', part => (error += part))
  const ended = new Promise(resolve => command.once('close', resolve))
  await expect.poll(slow.pid, PATIENCE).toBeDefined()
  command.kill(signal)
  expect(await ended).toBe(130)
  expect(error).toBe('Interrupted.\n')
  await expect.poll(() => isAlive(slow.pid()), { timeout: 5_000 }).toBe(false)
  expect(foldersOf(command.pid)).toEqual([])
})

test('SIGKILL to it ends npm, and what npm started, too', async () => {
  const folder = freshFolder()
  await start({ folder })
  const slow = await slowPackage()
  const command = spawn(process.execPath, [program, 'env', 'create', 'slow', slow.path], {
    stdio: 'ignore',
    env: { ...process.env, PICLOUD_CONFIG: join(folder, 'config.json') },
  })
  const ended = new Promise(resolve => command.once('close', (_, signal) => resolve(signal)))
  await expect.poll(slow.pid, PATIENCE).toBeDefined()
  command.kill('SIGKILL')
  expect(await ended).toBe('SIGKILL')
  await expect.poll(() => isAlive(slow.pid()), { timeout: 5_000 }).toBe(false)
  for (const name of foldersOf(command.pid)) rmSync(join(tmpdir(), name), { recursive: true, force: true })
})

test('a program that Ctrl-C ends does too, and ends by it; one that listens goes on', async () => {
  const folder = freshFolder()
  await start({ folder })
  const main = join(folder, 'main.mjs')
  const text = (packages: string, listens: boolean) => `import cloud from ${JSON.stringify(index)}
if (${listens}) process.once('SIGINT', () => console.log('heard'))
console.log((await cloud.env.create('mine', { packages: [${JSON.stringify(packages)}] })).name)
await cloud.close()
`
  for (const listens of [false, true]) {
    const slow = await slowPackage()
    writeFileSync(main, text(slow.path, listens))
    const own = spawn(process.execPath, [main], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: { ...process.env, PICLOUD_CONFIG: join(folder, 'config.json') },
    })
    let output = ''
    own.stdout.on('data', part => (output += part))
    const ended = new Promise(resolve => own.once('close', (code, signal) => resolve(code ?? signal)))
    await expect.poll(slow.pid, PATIENCE).toBeDefined()
    own.kill('SIGINT')
    if (listens) await expect.poll(() => output, PATIENCE).toBe('heard\n')
    if (listens) slow.release()
    expect(await ended).toBe(listens ? 0 : 'SIGINT')
    expect(output).toBe(listens ? 'heard\nmine\n' : '')
    await expect.poll(() => isAlive(slow.pid()), { timeout: 5_000 }).toBe(false)
  }
})
