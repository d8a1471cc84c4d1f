import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { defineQueue, defineWorker, type QueueOptions } from 'plainjob'
import { folderFor } from './daemon.ts'
import { createCounter, type MakeQueue } from './job-queue.ts'

/** Milliseconds between looks for jobs: a hundredth of what it does by itself, so that a round does not begin with a sleep. */
const POLL_MS = 10

type Connection = QueueOptions['connection']

/** plainjob over SQLite (WAL, synchronous NORMAL, as it sets it), by Node's own driver: better-sqlite3's is level with it. */
export const plainjob: MakeQueue = async () => {
  const folder = folderFor('plainjob')
  const connection = connectionOf(join(folder, 'jobs.db'))
  const logger = { error: console.error, warn: console.warn, info: () => undefined, debug: () => undefined }
  const queue = defineQueue({ connection, logger })
  const counter = createCounter()
  const worker = defineWorker('noOp', () => counter.ran(), { queue, logger, pollIntervall: POLL_MS })
  const working = worker.start()
  return {
    async bulk(count) {
      const all = counter.expect(count)
      queue.addMany(
        'noOp',
        Array.from({ length: count }, (_, value) => ({ value })),
      )
      await all
    },
    async close() {
      await worker.stop()
      await working
      queue.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

function connectionOf(filename: string): Connection {
  const database = new DatabaseSync(filename)
  const within =
    (begin: string, work: (...given: unknown[]) => unknown) =>
    (...given: unknown[]): unknown => {
      database.exec(begin)
      try {
        const value = work(...given)
        database.exec('COMMIT')
        return value
      } catch (error) {
        database.exec('ROLLBACK')
        throw error
      }
    }
  const transaction = (work: (...given: unknown[]) => unknown) =>
    Object.assign(within('BEGIN', work), { immediate: within('BEGIN IMMEDIATE', work) })
  return {
    driver: 'better-sqlite3',
    filename,
    pragma: text => void database.exec(`PRAGMA ${text}`),
    exec: text => void database.exec(text),
    prepare: text => database.prepare(text),
    transaction,
    close: () => database.close(),
  } as Connection
}
