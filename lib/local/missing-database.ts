import { readdirSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { CloudException } from '../protocol/errors.ts'
import { BLOBS_NAME } from './blob-path.ts'

/**
 * Refuses a folder that a service has used, and whose database is gone: a new one would know nothing of what is there, and SQLite
 * would delete the writes that wait in the log. Leaves all of it as it is.
 * @throws {CloudException} `incompatible`
 */
export function refuseWithoutDatabase(folder: string, file: string): void {
  // Looked for first: of two services that start at once in a new folder, the other may make its database meanwhile.
  const left = leftIn(folder, file)
  if (left === undefined) return
  const size = sizeOf(file)
  if (size !== undefined && size > 0) return
  throw new CloudException(`${file} is ${size === 0 ? 'empty' : 'missing'}, and ${left} has data that belongs to it.`, {
    code: 'incompatible',
    hint: 'Put the database back from a copy of the folder, or give another folder with --data. To begin anew here, move the rest of the folder away first.',
  })
}

/** What of an earlier service is there besides its database. */
function leftIn(folder: string, file: string): string | undefined {
  const log = `${file}-wal`
  if ((sizeOf(log) ?? 0) > 0) return log
  const blobs = join(folder, BLOBS_NAME)
  return holdsFile(blobs) ? blobs : undefined
}

/** Folders alone are what deleted blobs leave. */
function holdsFile(folder: string): boolean {
  return entriesOf(folder).some(entry => !entry.isDirectory() || holdsFile(join(folder, entry.name)))
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if (isAbsent(error)) return []
    throw error
  }
}

function sizeOf(file: string): number | undefined {
  try {
    return statSync(file).size
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw error
  }
}

function isAbsent(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ENOENT' || code === 'ENOTDIR'
}
