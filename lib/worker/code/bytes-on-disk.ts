import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** Bytes that disks give out at a time: an archive may have thousands of small files. */
const BLOCK_BYTES = 4_096

/** What a file of this size takes on a disk. */
export function bytesOnDisk(size: number): number {
  return Math.ceil(size / BLOCK_BYTES) * BLOCK_BYTES
}

/** What all files below a folder take. */
export async function bytesBelow(folder: string): Promise<number> {
  let bytes = 0
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (entry.isFile()) bytes += bytesOnDisk((await stat(join(entry.parentPath, entry.name))).size)
  }
  return bytes
}
