import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import type { Database } from '../../lib/local/database.ts'
import { openDatabase } from '../../lib/local/open-database.ts'

/** A folder that is gone when the test is over. */
export function freshFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'picloud-local-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** An empty database, which is closed when the test is over. */
export function freshDatabase(): Database {
  const folder = freshFolder()
  const database = openDatabase({ folder })
  onTestFinished(() => database.close())
  return database
}
