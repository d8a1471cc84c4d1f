import { accessSync, constants, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const SHARED_MEMORY = '/dev/shm'
const NAME = /^picloud-([0-9]+)-/

/** A private folder for large blobs, in shared memory where there is some: gone with this process, however that ends. */
export interface BlobFolder {
  readonly path: string
  remove(): void
}

export function createBlobFolder(): BlobFolder {
  const parent = isWritable(SHARED_MEMORY) ? SHARED_MEMORY : tmpdir()
  removeOrphans(parent)
  const path = mkdtempSync(join(parent, `picloud-${process.pid}-`))
  const remove = (): void => {
    process.off('exit', remove)
    rmSync(path, { recursive: true, force: true })
  }
  process.on('exit', remove)
  return { path, remove }
}

/** What processes left that were killed before they could clean up. */
function removeOrphans(parent: string): void {
  for (const name of readdirSync(parent)) {
    const pid = NAME.exec(name)?.[1]
    if (pid === undefined || isAlive(Number(pid))) continue
    try {
      rmSync(join(parent, name), { recursive: true, force: true })
    } catch {
      // Another user's: theirs to remove.
    }
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH'
  }
}

function isWritable(folder: string): boolean {
  try {
    accessSync(folder, constants.W_OK)
    return true
  } catch {
    return false
  }
}
