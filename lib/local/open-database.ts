import { closeSync, openSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { makeFolder } from '../disk/make-folder.ts'
import { CloudException } from '../protocol/errors.ts'
import { Database } from './database.ts'
import { migrations } from './migrations.ts'
import { refuseWithoutDatabase } from './missing-database.ts'
import { refusalOf, unwritable } from './open-refusal.ts'

/** What the file is called in the service's folder. */
export const DATABASE_NAME = 'picloud.db'
/** Marks the file as ours, in its header: "PiCd". */
const APPLICATION_ID = 0x50_69_43_64
/** Kilobytes of pages that are kept in memory. */
const CACHE_KB = 32 * 1024
/** Bytes of a page, in a file that is new. A commit writes whole pages, and those of lone jobs change a few bytes of each. */
const PAGE_BYTES = 2_048
/**
 * Bytes of the log of writes at which it is moved into the database, whatever else is to be done: that takes two flushes of the
 * disk. It shrinks to this again after a large transaction.
 */
const LOG_BYTES = 32 * 1024 * 1024

export interface OpenOptions {
  /** The service's folder; made where it is missing. */
  readonly folder: string
  /**
   * True: what was answered survives a loss of power, for a flush of the disk at each commit. False (the default): it survives
   * any end of the process, but a loss of power may take the last moments along, never anything by halves.
   */
  readonly fullSync?: boolean
}

/**
 * Opens or makes the database of a service's folder, for this process alone.
 * @throws {CloudException} `in-use` when another process has it, `incompatible` when a newer version made it, or it is none, or
 *   damaged, or lost beside what goes with it, `invalid-argument` for a folder that can't be written
 */
export function openDatabase({ folder, fullSync = false }: OpenOptions): Database {
  const file = join(folder, DATABASE_NAME)
  makeFile(folder, file)
  const connection = new DatabaseSync(file)
  try {
    connection.exec(`PRAGMA page_size = ${PAGE_BYTES}`)
    // For as long as this process lives, however it ends: the system takes the lock back.
    connection.exec('PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE')
    migrate(connection, file)
    connection.exec('COMMIT')
    connection.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = ${fullSync ? 'FULL' : 'NORMAL'};
      PRAGMA cache_size = -${CACHE_KB};
      PRAGMA journal_size_limit = ${LOG_BYTES};
      PRAGMA wal_autocheckpoint = ${Math.floor(LOG_BYTES / PAGE_BYTES)};
      PRAGMA temp_store = MEMORY;
    `)
    return new Database(connection)
  } catch (error) {
    connection.close()
    throw refusalOf(error, folder, file)
  }
}

function makeFile(folder: string, file: string): void {
  try {
    makeFolder(folder)
    refuseWithoutDatabase(folder, file)
    // SQLite would let others read it.
    closeSync(openSync(file, 'a', 0o600))
  } catch (error) {
    throw CloudException.isCloudException(error) ? error : unwritable(folder, error)
  }
}

function migrate(connection: DatabaseSync, file: string): void {
  const version = numberOf(connection, 'user_version')
  const application = numberOf(connection, 'application_id')
  const isFresh =
    version === 0 && connection.prepare('SELECT count(*) AS tables FROM sqlite_schema').get()?.['tables'] === 0
  if (!isFresh && application !== APPLICATION_ID) {
    throw new CloudException(`${file} is a database, but none of PiCloud.`, {
      code: 'incompatible',
      hint: 'Give the service a folder of its own with --data.',
    })
  }
  if (version > migrations.length) {
    throw new CloudException(
      `${file} is of version ${version}, and this PiCloud knows versions up to ${migrations.length}.`,
      { code: 'incompatible', hint: 'Start the newer PiCloud that wrote it, or give another folder with --data.' },
    )
  }
  for (const step of migrations.slice(version)) connection.exec(step)
  connection.exec(`PRAGMA user_version = ${migrations.length}; PRAGMA application_id = ${APPLICATION_ID}`)
}

function numberOf(connection: DatabaseSync, pragma: string): number {
  return Number(connection.prepare(`PRAGMA ${pragma}`).get()?.[pragma] ?? 0)
}
