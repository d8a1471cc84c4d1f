import { type FileHandle, mkdir, open } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { Readable } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { readArchive } from '../../protocol/archive.ts'
import { bytesOnDisk } from './bytes-on-disk.ts'

/**
 * Writes the files of a compressed archive below an empty folder. Throws for a path that leads out of it, or comes twice.
 * @param room is asked before each file is written, with the bytes that it will take; throws where there is none
 */
export async function unpackArchive(
  compressed: AsyncIterable<Uint8Array>,
  folder: string,
  room: (bytes: number) => Promise<void> | void = () => undefined,
): Promise<void> {
  const gunzip = createGunzip()
  const source = Readable.from(compressed, { objectMode: true })
  source.on('error', error => gunzip.destroy(error))
  source.pipe(gunzip)
  let file: FileHandle | undefined
  const made = new Set<string>()
  try {
    for await (const part of readArchive(gunzip)) {
      if ('bytes' in part) {
        await file?.writeFile(part.bytes)
        continue
      }
      await file?.close()
      file = undefined
      const { path, size, executable } = part.entry
      await room(bytesOnDisk(size))
      const place = join(folder, path)
      const parent = dirname(place)
      if (!made.has(parent)) await mkdir(parent, { recursive: true })
      made.add(parent)
      file = await open(place, 'wx', executable ? 0o755 : 0o644)
    }
  } finally {
    await file?.close()
    source.destroy()
    gunzip.destroy()
  }
}
