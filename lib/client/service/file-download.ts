import { createHash } from 'node:crypto'
import { type FileHandle, open, rename, stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import { makeFolder } from '../../disk/make-folder.ts'
import { CloudException } from '../../protocol/errors.ts'
import type { FilePlaces } from '../../protocol/files.ts'
import { FILE_PART_BYTES } from '../../protocol/limits.ts'
import type { Transport } from '../connect/transport.ts'
import { inParallel } from './file-upload.ts'
import type { TransferOptions } from './files.ts'

/** Both ends included; nothing where `end` is before `start`. */
export interface ByteSpan {
  readonly start: number
  readonly end: number
}

/** Bits of a folder as the user's own programs make them. */
const SHARED_MODE = 0o777

type Part = FilePlaces['parts'][number]

/** The bytes of the span, a part at a time. */
export async function* readSpan(
  transport: Transport,
  file: FilePlaces,
  { start, end }: ByteSpan,
): AsyncGenerator<Uint8Array> {
  let at = 0
  for (const part of file.parts) {
    if (at > end) return
    if (at + part.size > start) {
      const bytes = await partBytes(transport, file, part)
      yield bytes.subarray(Math.max(0, start - at), Math.min(part.size, end + 1 - at))
    }
    at += part.size
  }
}

/**
 * Writes a file beside its place, and renames it once it is whole. What an earlier try left there is looked at first: parts
 * that are right are not fetched again. A link at its place gives way to the file; what it pointed at stays.
 * @throws {CloudException} `invalid-argument` where a folder is, or a file in the folder's place
 */
export async function saveFile(
  transport: Transport,
  file: FilePlaces,
  savePath: string,
  { onProgress, signal }: TransferOptions,
): Promise<void> {
  const folder = dirname(savePath)
  await makeRoom(folder, savePath)
  const partial = join(folder, `.${basename(savePath)}.${file.upload.slice(0, 12)}.part`)
  let done = 0
  {
    await using handle = await openPartial(partial)
    await inParallel(file.parts.length, async index => {
      signal?.throwIfAborted()
      const part = file.parts[index] as Part
      const position = index * FILE_PART_BYTES
      if (!(await isThere(handle, part, position))) {
        await handle.write(await partBytes(transport, file, part), 0, part.size, position)
      }
      done += part.size
      onProgress?.(done, file.size)
    })
    await handle.truncate(file.size)
  }
  await rename(partial, savePath)
}

/** Nothing is fetched for a place where no file can be. */
async function makeRoom(folder: string, savePath: string): Promise<void> {
  try {
    makeFolder(folder, SHARED_MODE)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    throw new CloudException(`The folder ${folder} can’t be made: ${code}.`, { code: 'invalid-argument', cause })
  }
  const there = await stat(savePath).catch(() => undefined)
  if (there?.isDirectory() !== true) return
  const hint = 'Name the file in it.'
  throw new CloudException(`${savePath} is a folder.`, { code: 'invalid-argument', hint })
}

async function openPartial(path: string): Promise<FileHandle> {
  try {
    return await open(path, 'r+')
  } catch {
    return await open(path, 'w+', 0o666)
  }
}

async function isThere(handle: FileHandle, { size, sha256 }: Part, position: number): Promise<boolean> {
  const { size: there } = await handle.stat()
  if (there < position + size) return false
  const bytes = Buffer.allocUnsafe(size)
  const { bytesRead } = await handle.read(bytes, 0, size, position)
  return bytesRead === size && createHash('sha256').update(bytes).digest('hex') === sha256
}

async function partBytes(transport: Transport, { name }: FilePlaces, { url, size, sha256 }: Part): Promise<Uint8Array> {
  const bytes = await transport.bytes(url).catch((error: unknown) => {
    if (!CloudException.isCloudException(error) || error.code !== 'not-found') throw error
    throw new CloudException(`“${name}” was replaced or deleted while it was read.`, { code: 'conflict', cause: error })
  })
  if (bytes.byteLength === size && createHash('sha256').update(bytes).digest('hex') === sha256) return bytes
  throw new CloudException(`A part of “${name}” did not come as it was stored.`, {
    code: 'unavailable',
    hint: 'Get it again.',
  })
}
