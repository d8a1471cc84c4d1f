import type { Database } from './database.ts'

/**
 * To be called when the database was opened, before the engine runs. Claims that are in it were of a process that is gone, as
 * this one has the folder for itself: their leases are over, so that their jobs need not wait for that.
 */
export async function endClaims(database: Database): Promise<void> {
  const end = database.prepare('UPDATE runs SET lease = 0 WHERE phase = 1')
  await database.write(() => void end.run())
}
