import { createHash, randomBytes } from 'node:crypto'
import { mkdir, mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { encodeEntry } from '../../lib/protocol/archive.ts'
import { encodePieces } from '../../lib/protocol/archive-pieces.ts'
import { Environments } from '../../lib/worker/code/environments.ts'
import { Bench } from './harness.ts'

/** Bytes of one environment's only file: two blocks of a disk. */
const SIZE = 8_192

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const store = new Map<string, Uint8Array>()
const read = async (hash: string): Promise<Uint8Array> => store.get(hash) as Uint8Array
const keep = (bytes: Uint8Array): string => {
  store.set(sha256(bytes), bytes)
  return sha256(bytes)
}

let folder = ''
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-limit-'))
})
afterAll(() => rm(folder, { recursive: true }))

function environmentOf(size = SIZE): { readonly name: string; readonly hash: string } {
  const entry = encodeEntry({ path: 'node_modules/a/data', size, executable: false })
  const piece = keep(gzipSync(Buffer.concat([entry, randomBytes(size)])))
  return { name: 'e', hash: keep(encodePieces([piece])) }
}

const [one, two, three] = [environmentOf(), environmentOf(), environmentOf()]
const hashes = (...all: (typeof one)[]): string[] => all.map(({ hash }) => hash).sort()

test('up to the limit all stay; beyond it the least recently used goes', async () => {
  const root = join(folder, 'least-recently')
  const environments = new Environments(root, 2 * SIZE, { read })
  for (const each of [one, two]) await environments.unpack(each)
  expect((await readdir(root)).sort()).toEqual(hashes(one, two))
  environments.hold(one)
  environments.letGo(one)
  await environments.unpack(three)
  expect((await readdir(root)).sort()).toEqual(hashes(one, three))
  expect([one, two, three].map(each => environments.has(each))).toEqual([true, false, true])
  await environments.unpack(two)
  expect((await readdir(root)).sort()).toEqual(hashes(two, three))
})

test('one that alone takes more than the limit is refused, and leaves nothing', async () => {
  const root = join(folder, 'too-large')
  const environments = new Environments(root, SIZE, { read })
  await environments.unpack(one)
  const refused = { code: 'revive', message: expect.stringContaining(`more than the ${SIZE} bytes`) }
  await expect(environments.unpack(environmentOf(SIZE + 1))).rejects.toMatchObject(refused)
  await environments.unpack(environmentOf(SIZE))
  expect(await readdir(root)).toHaveLength(1)
})

test('what jobs need stays, even beyond the limit, and goes once they let it go', async () => {
  const root = join(folder, 'held')
  const environments = new Environments(root, SIZE, { read })
  for (const each of [one, two]) {
    environments.hold(each)
    await environments.unpack(each)
  }
  expect((await readdir(root)).sort()).toEqual(hashes(one, two))
  environments.letGo(one)
  await expect.poll(() => readdir(root)).toEqual(hashes(two))
})

test('what an earlier process left is found, in the order of its use; what it never finished goes', async () => {
  const root = join(folder, 'earlier')
  const earlier = new Environments(root, 2 * SIZE, { read })
  for (const each of [one, two]) await earlier.unpack(each)
  const hours = (count: number): Date => new Date(Date.now() - count * 3_600_000)
  await utimes(join(root, one.hash), hours(2), hours(2))
  await utimes(join(root, two.hash), hours(3), hours(3))
  for (const [name, at] of [['.old', hours(2)] as const, ['.new', hours(0)] as const]) {
    await mkdir(join(root, name))
    await writeFile(join(root, name, 'half'), 'of it')
    await utimes(join(root, name), at, at)
  }
  const environments = new Environments(root, 2 * SIZE, { read })
  await environments.unpack(three)
  expect((await readdir(root)).sort()).toEqual(['.new', ...hashes(one, three)])
})

test('a pool holds what its jobs need, while they run', async () => {
  const root = join(folder, 'pool')
  await using bench = new Bench({ workers: 2, environments: root, environmentsLimit: SIZE })
  for (const [hash, bytes] of store) bench.keep(hash, bytes)
  const gate = join(folder, 'gate')
  const waits = async (file: string) => {
    const { existsSync } = await import('node:fs')
    const { setTimeout } = await import('node:timers/promises')
    while (!existsSync(file)) await setTimeout(10)
    return 1
  }
  const first = bench.start(waits, [[gate]], {}, { environment: one })
  await expect.poll(() => first.started.length).toBe(1)
  await bench.start(() => 2, [[]], {}, { environment: two }).ended
  expect(await readdir(root)).toContain(one.hash)
  await writeFile(gate, '')
  await first.ended
  await bench.start(() => 3, [[]], {}, { environment: three }).ended
  await expect.poll(() => readdir(root)).toEqual([three.hash])
})
