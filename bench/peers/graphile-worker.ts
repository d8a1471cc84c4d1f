import { Logger, makeWorkerUtils, run } from 'graphile-worker'
import { Pool } from 'pg'
import { createCounter, type MakeQueue } from './job-queue.ts'
import { startPostgres } from './postgres.ts'

/** Jobs of one insert. */
const BATCH = 1_000

/** graphile-worker over PostgreSQL, with what its authors advise for throughput: a local queue, completions in batches. */
export const graphileWorker: MakeQueue = async () => {
  const postgres = await startPostgres()
  const pgPool = new Pool({ connectionString: postgres.connectionString })
  let isClosing = false
  // A pool has ended before its connections have: the server's end then cuts them off.
  pgPool.on('error', error => {
    if (!isClosing) throw error
  })
  // What one is busy with fails by itself.
  pgPool.on('connect', client => client.on('error', () => undefined))
  const logger = new Logger(() => () => undefined)
  const utils = await makeWorkerUtils({ pgPool, logger })
  await utils.migrate()
  const counter = createCounter()
  const runner = await run({
    pgPool,
    logger,
    noHandleSignals: true,
    taskList: { noOp: () => counter.ran() },
    preset: {
      worker: { concurrentJobs: 24, localQueue: { size: 500 }, completeJobBatchDelay: 0, failJobBatchDelay: 0 },
    },
  })
  return {
    async bulk(count) {
      const all = counter.expect(count)
      for (let first = 0; first < count; first += BATCH) {
        const many = Math.min(BATCH, count - first)
        await utils.addJobs(
          Array.from({ length: many }, (_, nth) => ({ identifier: 'noOp', payload: { value: first + nth } })),
        )
      }
      await all
    },
    async close() {
      isClosing = true
      await runner.stop()
      await utils.release()
      await pgPool.end()
      await postgres.stop()
    },
  }
}
