import { open, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { refuseForeignKey } from '../engine/ports/blob-keys.ts'
import type { Blobs } from '../engine/ports/blobs.ts'
import { type BlobFolder, createBlobFolder } from './blob-folder.ts'
import { createKeyIndex } from './key-index.ts'
import { moveFile } from './move-file.ts'
import { readWhole } from './read-whole.ts'
import { writeFileParts } from './write-file-parts.ts'

/** Bytes up to which a blob stays in memory. A larger one goes to a file, which a child process reads without our help. */
export const MAX_MEMORY_BLOB_BYTES = 1024 * 1024

/** A file where there is one, else the bytes. */
interface Blob {
  readonly size: number
  readonly bytes?: Uint8Array
  readonly file?: string
}

export interface MemoryBlobs extends Blobs {
  /**
   * Stores the parts before it returns: what becomes of their memory afterwards does not matter. Throws `unavailable`
   * where there is no room.
   */
  stage(params: { key: string; parts: readonly Uint8Array[] }): void
  /** Forgets everything and removes the folder. */
  close(): void
}

/** The blobs of one process. The folder, if none is given, is made when it is first needed. */
export function createBlobs(given?: BlobFolder): MemoryBlobs {
  const blobs = createKeyIndex<Blob>()
  let made = given
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
      refuseForeignKey(key)
      if (ifAbsent && blobs.get(key) !== undefined) return false
      const blob = Array.isArray(parts)
        ? await fromParts(parts as readonly Uint8Array[], newFile)
        : await fromStream(parts as AsyncIterable<Uint8Array>, newFile)
      return await keep(key, blob, ifAbsent)
    },
    stage({ key, parts }) {
      refuseForeignKey(key)
      const size = sizeOf(parts)
      if (size <= MAX_MEMORY_BLOB_BYTES) blobs.set(key, { size, bytes: joined(parts, size) })
      else {
        const file = newFile()
        writeFileParts(file, parts)
        blobs.set(key, { size, file })
      }
    },
    async adopt({ key, file }) {
      refuseForeignKey(key)
      const mine = newFile()
      await moveFile(file, mine)
      await keep(key, { size: (await stat(mine)).size, file: mine })
    },
    async get({ key }) {
      const blob = blobs.get(key)
      if (blob?.file === undefined) return blob?.bytes
      try {
        return await readWhole(blob.file)
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
  const size = sizeOf(parts)
  return size > MAX_MEMORY_BLOB_BYTES ? await toFile(parts, newFile()) : { size, bytes: joined(parts, size) }
}

function sizeOf(parts: readonly Uint8Array[]): number {
  let size = 0
  for (const part of parts) size += part.byteLength
  return size
}

function joined(parts: readonly Uint8Array[], size: number): Uint8Array {
  const bytes = new Uint8Array(size)
  let at = 0
  for (const part of parts) {
    bytes.set(part, at)
    at += part.byteLength
  }
  return bytes
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
