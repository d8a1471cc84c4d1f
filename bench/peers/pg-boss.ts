import { PgBoss } from 'pg-boss'
import { createCounter, type MakeQueue } from './job-queue.ts'
import { startPostgres } from './postgres.ts'

/** Jobs of one insert, and those that a worker takes at once. */
const BATCH = 1_000

/** pg-boss over PostgreSQL, without schedules; its worker is told of new jobs, and looks again at once after a full batch. */
export const pgBoss: MakeQueue = async () => {
  const postgres = await startPostgres()
  const boss = new PgBoss({ connectionString: postgres.connectionString, schedule: false, supervise: false })
  boss.on('error', error => console.error(error))
  await boss.start()
  await boss.createQueue('noOp')
  const counter = createCounter()
  const options = { batchSize: BATCH, burstWhenBatchFull: true }
  const worker = await boss.work('noOp', options, async jobs => {
    for (const _ of jobs) counter.ran()
  })
  return {
    async bulk(count) {
      const all = counter.expect(count)
      for (let first = 0; first < count; first += BATCH) {
        const many = Math.min(BATCH, count - first)
        await boss.insert(
          'noOp',
          Array.from({ length: many }, (_, nth) => ({ data: { value: first + nth } })),
        )
        boss.notifyWorker(worker)
      }
      await all
    },
    async close() {
      await boss.stop()
      await postgres.stop()
    },
  }
}
