import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { createClient } from '../../../lib/client/client.ts'
import type { Cloud } from '../../../lib/client/cloud-api.ts'
import { createEngine } from '../../../lib/engine/engine.ts'
import type { Ports } from '../../../lib/engine/ports/ports.ts'
import { createApp } from '../../../lib/http/app.ts'
import { createBlobs } from '../../../lib/memory/blobs.ts'
import { systemClock as clock } from '../../../lib/memory/clock.ts'
import { createJobStore } from '../../../lib/memory/job-store.ts'
import { createQueue } from '../../../lib/memory/queue.ts'
import { createRegistry } from '../../../lib/memory/registry.ts'
import { createTimers } from '../../../lib/memory/timers.ts'
import { readArchive } from '../../../lib/protocol/archive.ts'
import { decodePieces } from '../../../lib/protocol/archive-pieces.ts'
import type { Platform } from '../../../lib/protocol/environments.ts'

/** The machine in the head of a shared library of Linux. */
const machines = { x64: 0x3e, arm64: 0xb7 } as const
/** One of these is not what this machine runs on. */
const platforms: readonly Platform[] = [
  { os: 'linux', cpu: 'x64', libc: 'glibc' },
  { os: 'linux', cpu: 'arm64', libc: 'glibc' },
  { os: 'linux', cpu: 'arm64', libc: 'musl' },
]

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const timers = createTimers(clock)
const ports: Ports = {
  store: createJobStore(),
  jobs: createQueue({ clock, timers }),
  control: createQueue({ clock, timers }),
  blobs: createBlobs(),
  registry: createRegistry(),
  timers,
  clock,
  digest,
}

/** A service whose workers run on this; all of them have the same records. */
function serviceOn(platform: Platform): { readonly cloud: Cloud; readonly engine: ReturnType<typeof createEngine> } {
  const engine = createEngine(ports, { platform })
  const app = createApp(engine, { principalOf: () => ({ kind: 'owner' }) })
  const info = { type: 'http', url: 'http://other-platform.invalid' } as const
  const connection = { url: info.url, info, fetch: app.fetch }
  return { engine, cloud: createClient({ connect: () => connection, info: () => info }).cloud }
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-platforms-'))
})
afterAll(() => rm(folder, { recursive: true }))

const nameOf = ({ os, cpu, libc }: Platform): string => `built-${os}-${cpu}-${libc}`

/** A package as most with native code come: a build a platform, each a package of its own, of which npm takes what fits. */
async function writeBuilt(): Promise<string> {
  const optionalDependencies: Record<string, string> = {}
  for (const platform of platforms) {
    const { os, cpu, libc } = platform
    const name = nameOf(platform)
    const place = join(folder, name)
    await mkdir(place)
    const manifest = { name, version: '1.0.0', main: 'addon.node', os: [os], cpu: [cpu], libc: [libc] }
    await writeFile(join(place, 'package.json'), JSON.stringify(manifest))
    const head = Buffer.alloc(64)
    head.writeUInt32BE(0x7f454c46, 0)
    head.writeUInt16LE(machines[cpu as keyof typeof machines], 18)
    await writeFile(join(place, 'addon.node'), head)
    optionalDependencies[name] = `file:${place}`
  }
  const place = join(folder, 'built')
  await mkdir(place)
  const manifest = { name: 'built', version: '1.0.0', main: 'index.js', optionalDependencies }
  await writeFile(join(place, 'package.json'), JSON.stringify(manifest))
  await writeFile(join(place, 'index.js'), 'exports.built = true\n')
  return place
}

/** The files of an environment's archive, as the service keeps it. */
async function filesOf(engine: ReturnType<typeof createEngine>, hash: string): Promise<ReadonlyMap<string, Buffer>> {
  const pieces = decodePieces((await engine.getBundle(hash)) as Uint8Array)
  const bytes = await Promise.all(pieces.map(piece => engine.getBundle(piece)))
  const files = new Map<string, Buffer>()
  let path = ''
  for await (const part of readArchive(Readable.from(bytes).pipe(createGunzip()))) {
    if ('entry' in part) path = part.entry.path
    else files.set(path, Buffer.concat([files.get(path) ?? Buffer.alloc(0), part.bytes]))
  }
  return files
}

test('packages come as built for the workers’ platform, whatever this machine is', async () => {
  const built = await writeBuilt()
  for (const platform of platforms) {
    const { cloud, engine } = serviceOn(platform)
    const { hash, platform: told } = await cloud.env.create(nameOf(platform), { packages: [built] })
    expect(told).toEqual(platform)
    const files = await filesOf(engine, hash)
    const addons = [...files].filter(([path]) => path.endsWith('.node'))
    expect(addons.map(([path]) => path)).toEqual([`node_modules/${nameOf(platform)}/addon.node`])
    expect(addons[0]?.[1].readUInt16LE(18)).toBe(machines[platform.cpu as keyof typeof machines])
    expect(files.get('node_modules/built/index.js')?.toString()).toBe(await readFile(join(built, 'index.js'), 'utf8'))
    await cloud.close()
  }
})

test('workers that changed their platform since refuse it, with what to do', async () => {
  const [x64, arm64] = platforms as [Platform, Platform]
  const plain = join(folder, 'plain')
  await mkdir(plain)
  await writeFile(join(plain, 'package.json'), '{"name":"plain","version":"1.0.0"}')
  const { cloud } = serviceOn(arm64)
  await cloud.env.create('moved', { packages: [plain] })
  const jid = await cloud.with({ env: 'moved' }).call(() => 1)
  expect(await cloud.status(jid)).toBe('queued')
  const { cloud: later } = serviceOn(x64)
  await expect(later.with({ env: 'moved' }).call(() => 1)).rejects.toMatchObject({
    code: 'conflict',
    message: expect.stringMatching(
      /“moved” .* linux\/arm64\/glibc, and the workers run on linux\/x64\/glibc now: create it again/,
    ),
  })
  await cloud.close()
  await later.close()
})
