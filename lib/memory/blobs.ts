import { copyFile, open, readFile, rename, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Blobs } from '../engine/blobs.ts'
import { CloudException } from '../protocol/errors.ts'
import { type BlobFolder, createBlobFolder } from './blob-folder.ts'
import { createKeyIndex } from './key-index.ts'

/** Bytes up to which a blob stays in memory. A larger one goes to a file, which a child process reads without our help. */
export const MAX_MEMORY_BLOB_BYTES = 1024 * 1024

/** A file where there is one, else the bytes. */
interface Blob {
  readonly size: number
  readonly bytes?: Uint8Array
  readonly file?: string
}

export interface MemoryBlobs extends Blobs {
  /** Forgets everything and removes the folder. */
  close(): void
}

const KEY = /^[a-z0-9._-]+(?:\/[a-z0-9._-]+)*$/
const DOTS = /(?:^|\/)\.+(?:\/|$)/

/** The blobs of one process. The folder is made when it is first needed. */
export function createBlobs(): MemoryBlobs {
  const blobs = createKeyIndex<Blob>()
  let made: BlobFolder | undefined
  let files = 0

  const folder = (): string => {
    made ??= createBlobFolder()
    return made.path
  }
  const newFile = (): string => join(folder(), `blob-${++files}`)

  /** The moment in which the blob is there: before, nobody sees it. */
  async function keep(key: string, blob: Blob, ifAbsent = false): Promise<boolean> {
    const old = blobs.get(key)
    const stays = ifAbsent && old !== undefined
    if (!stays) blobs.set(key, blob)
    const useless = stays ? blob.file : old?.file
    if (useless !== undefined) await rm(useless, { force: true })
    return !stays
  }

  return {
    get folder() {
      return folder()
    },
    async put({ key, parts, ifAbsent = false }) {
      refuseForeign(key)
      if (ifAbsent && blobs.get(key) !== undefined) return false
      const blob = Array.isArray(parts)
        ? await fromParts(parts as readonly Uint8Array[], newFile)
        : await fromStream(parts as AsyncIterable<Uint8Array>, newFile)
      return await keep(key, blob, ifAbsent)
    },
    async adopt({ key, file }) {
      refuseForeign(key)
      const mine = newFile()
      await move(file, mine)
      await keep(key, { size: (await stat(mine)).size, file: mine })
    },
    async get({ key }) {
      const blob = blobs.get(key)
      if (blob?.file === undefined) return blob?.bytes
      try {
        return await readFile(blob.file)
      } catch (error) {
        // Deleted since.
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
        throw error
      }
    },
    async size({ key }) {
      return blobs.get(key)?.size
    },
    async file({ key }) {
      return blobs.get(key)?.file
    },
    async delete({ key }) {
      for (const { file } of blobs.take(key)) if (file !== undefined) await rm(file, { force: true })
    },
    close() {
      blobs.clear()
      made?.remove()
      made = undefined
    },
  }
}

async function fromParts(parts: readonly Uint8Array[], newFile: () => string): Promise<Blob> {
  let size = 0
  for (const part of parts) size += part.byteLength
  if (size > MAX_MEMORY_BLOB_BYTES) return await toFile(parts, newFile())
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.byteLength
  }
  return { size, bytes }
}

async function fromStream(parts: AsyncIterable<Uint8Array>, newFile: () => string): Promise<Blob> {
  const start: Uint8Array[] = []
  let size = 0
  const stream = parts[Symbol.asyncIterator]()
  for (let next = await stream.next(); next.done !== true; next = await stream.next()) {
    start.push(next.value)
    size += next.value.byteLength
    if (size <= MAX_MEMORY_BLOB_BYTES) continue
    return await toFile(chain(start, stream), newFile())
  }
  return await fromParts(start, newFile)
}

async function* chain(start: readonly Uint8Array[], rest: AsyncIterator<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield* start
  for (let next = await rest.next(); next.done !== true; next = await rest.next()) yield next.value
}

async function toFile(parts: Iterable<Uint8Array> | AsyncIterable<Uint8Array>, file: string): Promise<Blob> {
  const handle = await open(file, 'wx', 0o600)
  try {
    let size = 0
    for await (const part of parts) {
      await handle.writeFile(part)
      size += part.byteLength
    }
    return { size, file }
  } catch (error) {
    await rm(file, { force: true })
    throw error
  } finally {
    await handle.close()
  }
}

async function move(from: string, to: string): Promise<void> {
  try {
    await rename(from, to)
  } catch (error) {
    // Another file system.
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    await copyFile(from, to)
    await rm(from, { force: true })
  }
}

function refuseForeign(key: string): void {
  if (KEY.test(key) && !DOTS.test(key)) return
  throw new CloudException(`“${key.slice(0, 100)}” can’t be a blob’s key.`, {
    code: 'invalid-request',
    hint: 'Keys are relative paths of a-z, 0-9, dot, underscore and dash.',
  })
}
