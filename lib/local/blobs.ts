import { rmSync } from 'node:fs'
import { link, mkdir, open, rename, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { makeFolder } from '../disk/make-folder.ts'
import { isBlobKey, refuseForeignKey } from '../engine/ports/blob-keys.ts'
import type { Blobs } from '../engine/ports/blobs.ts'
import { moveFile } from '../memory/move-file.ts'
import { readWhole } from '../memory/read-whole.ts'
import { CloudException } from '../protocol/errors.ts'
import { BLOBS_NAME, blobPath, folderPath } from './blob-path.ts'
import { unwritable } from './open-refusal.ts'

export interface BlobsOptions {
  /** The service's folder. */
  readonly folder: string
  /** Whether a blob survives a loss of power as soon as it is kept. */
  readonly fullSync?: boolean
}

/**
 * Blobs as files of one folder. What is written goes to a file of its own first, which then gets its name: at each moment a
 * blob is there as a whole or not at all. What a process left behind that died while it wrote goes at the next start.
 * @throws {CloudException} `invalid-argument` for a folder that can't be written
 */
export function createBlobs({ folder: service, fullSync = false }: BlobsOptions): Blobs {
  const root = join(service, BLOBS_NAME)
  const incoming = join(service, 'incoming')
  try {
    rmSync(incoming, { recursive: true, force: true })
    for (const folder of [root, incoming]) makeFolder(folder)
  } catch (error) {
    throw unwritable(service, error)
  }
  let files = 0

  async function write(parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<string> {
    const file = join(incoming, `blob-${++files}`)
    const handle = await open(file, 'wx', 0o600)
    try {
      for await (const part of parts) await handle.writeFile(part)
      if (fullSync) await handle.sync()
      return file
    } catch (error) {
      await rm(file, { force: true })
      throw isFull(error) ? noRoom(service, error) : error
    } finally {
      await handle.close()
    }
  }

  /** The moment in which the blob is there. */
  async function keep(file: string, key: string, ifAbsent: boolean): Promise<boolean> {
    const path = join(root, blobPath(key))
    const isKept = await inFolder(dirname(path), async () => {
      if (ifAbsent) return await linkIfAbsent(file, path)
      await rename(file, path)
      return true
    })
    if (fullSync) await syncFolders(dirname(path), root)
    return isKept
  }

  async function sizeOf(path: string): Promise<number | undefined> {
    return await ifThere(async () => (await stat(path)).size)
  }

  return {
    folder: incoming,
    async put({ key, parts, ifAbsent = false }) {
      refuseForeignKey(key)
      if (ifAbsent && (await sizeOf(join(root, blobPath(key)))) !== undefined) return false
      const file = await write(parts)
      try {
        return await keep(file, key, ifAbsent)
      } finally {
        if (ifAbsent) await rm(file, { force: true })
      }
    },
    async adopt({ key, file }) {
      refuseForeignKey(key)
      const mine = join(incoming, `blob-${++files}`)
      await moveFile(file, mine)
      if (fullSync) await syncFile(mine)
      await keep(mine, key, false)
    },
    async get({ key }) {
      return isBlobKey(key) ? await ifThere(() => readWhole(join(root, blobPath(key)))) : undefined
    },
    async size({ key }) {
      return isBlobKey(key) ? await sizeOf(join(root, blobPath(key))) : undefined
    },
    async file({ key }) {
      const path = join(root, blobPath(key))
      return isBlobKey(key) && (await sizeOf(path)) !== undefined ? path : undefined
    },
    async delete({ key }) {
      const isFolder = key.endsWith('/')
      if (!isBlobKey(isFolder ? key.slice(0, -1) : key)) return
      await rm(join(root, isFolder ? folderPath(key) : blobPath(key)), { recursive: isFolder, force: true })
    },
  }
}

function isFull(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOSPC' || code === 'EDQUOT'
}

function noRoom(folder: string, cause: unknown): CloudException {
  return new CloudException(`There is no room left in the service’s folder ${folder}.`, {
    code: 'unavailable',
    hint: 'Make room there: what was accepted before goes on then.',
    cause,
  })
}

/** A delete of the folder may come between its making and its use: then once more. */
async function inFolder<T>(folder: string, work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    try {
      return await work()
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT' || tries === 3) throw error
    }
  }
}

/** A link never takes the place of a file that is there. */
async function linkIfAbsent(file: string, path: string): Promise<boolean> {
  try {
    await link(file, path)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function ifThere<T>(look: () => Promise<T>): Promise<T | undefined> {
  try {
    return await look()
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}

async function syncFile(path: string): Promise<void> {
  const handle = await open(path)
  try {
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/** A name is in its folder, and that one's in the folder above. */
async function syncFolders(from: string, to: string): Promise<void> {
  for (let folder = from; folder.length >= to.length; folder = dirname(folder)) await syncFile(folder)
}
