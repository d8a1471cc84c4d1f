import { createHash, randomBytes } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { packFolder, readPiece } from '../../../lib/client/service/environment-archive.ts'
import { encodeEntry } from '../../../lib/protocol/archive.ts'
import { ARCHIVE_PIECE_BYTES } from '../../../lib/protocol/limits.ts'
import { Environments } from '../../../lib/worker/code/environments.ts'
import { unpackArchive } from '../../../lib/worker/code/unpack-archive.ts'

/** Bytes: more than all of these take. */
const PLENTY = 2 ** 30

let folder = ''
const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-unpack-'))
  const source = join(folder, 'source')
  await mkdir(join(source, 'node_modules', 'a', 'lib'), { recursive: true })
  await mkdir(join(source, 'node_modules', '.bin'))
  await writeFile(join(source, 'node_modules', 'a', 'package.json'), '{}')
  await writeFile(join(source, 'node_modules', 'a', 'lib', 'run'), '#!/bin/sh')
  await chmod(join(source, 'node_modules', 'a', 'lib', 'run'), 0o755)
  await symlink('../a/lib/run', join(source, 'node_modules', '.bin', 'run'))
  await symlink('/etc', join(source, 'node_modules', 'outside'))
  // Random bytes don't shrink: two pieces and a bit.
  await writeFile(join(source, 'node_modules', 'a', 'large'), randomBytes(2 * ARCHIVE_PIECE_BYTES + 5))
})

afterAll(() => rm(folder, { recursive: true }))

/** A store of bundles that counts its reads, with an archive of these pieces. */
function storeOf(pieces: readonly Uint8Array[]) {
  const archive = Buffer.from(JSON.stringify({ pieces: pieces.map(sha256) }))
  const bundles = new Map([archive, ...pieces].map(bytes => [sha256(bytes), bytes]))
  const reads: string[] = []
  const read = async (hash: string): Promise<Uint8Array> => {
    reads.push(hash)
    return bundles.get(hash) as Uint8Array
  }
  return { read, reads, environment: { name: 'e', hash: sha256(archive) } }
}

test('what is packed comes out again: files, and what may be run; no links', async () => {
  const packed = await packFolder(join(folder, 'source'), join(folder, 'archive'))
  const again = await packFolder(join(folder, 'source'), join(folder, 'archive-again'))
  expect(again.pieces).toEqual(packed.pieces)
  expect(packed.pieces).toHaveLength(3)
  const pieces = await Promise.all(packed.pieces.map((_, index) => readPiece(packed, index)))
  expect(pieces.map(sha256)).toEqual(packed.pieces)
  const store = storeOf(pieces)
  const root = join(folder, 'root')
  const environments = new Environments(root, PLENTY, store)
  expect(environments.has(store.environment)).toBe(false)
  // Several jobs at once, of this process and of another.
  const other = new Environments(root, PLENTY, store)
  await Promise.all([environments, environments, other].map(each => each.unpack(store.environment)))
  expect(store.reads.length).toBeLessThanOrEqual(8)
  expect(environments.has(store.environment)).toBe(true)
  expect(await readdir(root)).toEqual([store.environment.hash])
  const modules = join(root, store.environment.hash, 'node_modules')
  expect(await readdir(modules)).toEqual(['a'])
  const [large, source] = [join(modules, 'a', 'large'), join(folder, 'source', 'node_modules', 'a', 'large')]
  expect((await readFile(large)).equals(await readFile(source))).toBe(true)
  expect((await stat(join(modules, 'a', 'lib', 'run'))).mode & 0o111).not.toBe(0)
  expect((await stat(large)).mode & 0o111).toBe(0)
})

test.each<[string, Uint8Array, string]>([
  ['a path that leads out', encodeEntry({ path: '../out', size: 0, executable: false }), 'no path of an archive'],
  ['an absolute path', encodeEntry({ path: '/tmp/out', size: 0, executable: false }), 'no path of an archive'],
  [
    'a path that comes twice',
    Buffer.concat([1, 2].map(() => encodeEntry({ path: 'a', size: 0, executable: false }))),
    'EEXIST',
  ],
  ['what is cut off', encodeEntry({ path: 'a', size: 9, executable: false }), 'ends in the middle'],
])('an archive with %s is refused, and leaves nothing', async (name, content, why) => {
  const store = storeOf([gzipSync(content)])
  const root = join(folder, name)
  const unpacked = new Environments(root, PLENTY, store).unpack(store.environment)
  await expect(unpacked).rejects.toMatchObject({ code: 'revive', message: expect.stringContaining(why) })
  expect(await readdir(root)).toEqual([])
  await expect(stat(join(folder, 'out'))).rejects.toThrow('ENOENT')
})

test('bytes that are not compressed are refused', async () => {
  await expect(unpackArchive(one(Buffer.from('no archive')), await mkdtemp(join(folder, 'x')))).rejects.toThrow(
    'incorrect header',
  )
})

test('where there are no environments, a job that names one is told', async () => {
  const store = storeOf([])
  await expect(new Environments(undefined, PLENTY, store).unpack(store.environment)).rejects.toMatchObject({
    code: 'revive',
  })
})

async function* one(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes
}
