import { statSync } from 'node:fs'
import { join } from 'node:path'
import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { list } from '../../lib/engine/query/list.ts'
import type { SubmissionRow } from '../../lib/engine/records/submission.ts'
import type { Database } from '../../lib/local/database.ts'
import { createJobStore } from '../../lib/local/job-store.ts'
import { DATABASE_NAME, openDatabase } from '../../lib/local/open-database.ts'
import { createQueue } from '../../lib/local/queue.ts'
import { listing } from '../../lib/local/submission-records.ts'
import { pack } from '../../lib/protocol/packed.ts'
import { firstClaim, segmentOf } from '../contract/sample.ts'
import { freshDatabase, freshFolder } from './fresh-folder.ts'

const reference = { bundle: 'b'.repeat(64), code: 'c'.repeat(64), name: 'simulate', node: 24 }

function rowOf(id: number, label: string | undefined): SubmissionRow {
  const times = { created: 1_700_000_000_000 + id, touched: 1_700_000_000_000 + id }
  const rest = { open: false, gated: false, name: 'f', parent: undefined, depth: 0, version: 1 }
  return { id, ranges: [[id, 1]], label, ...times, ...rest }
}

/** The steps of a statement's plan, as SQLite tells them. */
const planOf = (database: Database, sql: string, values: readonly (string | number)[]): string =>
  database
    .prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .all(...values)
    .map(row => row[3])
    .join('; ')

test('listings go along an index, and sort nothing', () => {
  const database = freshDatabase()
  const rest = [0, Number.MAX_VALUE, Number.MAX_SAFE_INTEGER, 50] as const
  const all = planOf(database, listing.all, rest)
  const labelled = planOf(database, listing.labelled, ['a', ...rest])
  expect(all).toMatch(/^SEARCH submissions USING INDEX submissions_created/)
  expect(labelled).toMatch(/^SEARCH submissions USING INDEX submissions_label \(label=\?/)
  for (const plan of [all, labelled]) expect(plan).not.toMatch(/SCAN|TEMP B-TREE/)
})

test('of 100,000 queued jobs the newest, or one label’s, are listed by reading few records', async () => {
  const database = freshDatabase()
  const store = createJobStore(database)
  const many = 100_000
  await store.lease({ count: many })
  for (let first = 1; first <= many; first += 5_000) {
    const ids = Array.from({ length: 5_000 }, (_, nth) => first + nth)
    await store.putSubmissions({ rows: ids.map(id => rowOf(id, id % 1_000 === 0 ? 'rare' : undefined)) })
    await store.insert({ segments: ids.map(id => segmentOf(id, 1)) })
  }
  const nobody = () => undefined
  let read = 0
  const counting = {
    ...store,
    async listSubmissions(params: Parameters<typeof store.listSubmissions>[0]) {
      const rows = await store.listSubmissions(params)
      read += rows.length
      return rows
    },
    async read(params: Parameters<typeof store.read>[0]) {
      const found = await store.read(params)
      read += found.length
      return found
    },
  }
  const newest = await list(counting, nobody, { limit: 50 })
  expect(newest.jobs.map(({ first }) => first)).toEqual(Array.from({ length: 50 }, (_, nth) => many - nth))
  expect(read).toBeLessThan(50 * 10)
  read = 0
  const rare = await list(counting, nobody, { limit: 50, label: 'rare' })
  expect(rare.jobs.map(({ first }) => first)).toEqual(Array.from({ length: 50 }, (_, nth) => many - 1_000 * nth))
  expect(read).toBeLessThan(50 * 10)
})

test('a queue holds in memory only what is in flight, not what waits', async () => {
  const database = freshDatabase()
  const timers = { after: () => () => undefined, soon: (callback: () => void) => void setImmediate(callback) }
  const queue = createQueue<{ first: number; weight: number }>({ database, name: 'jobs', clock: Date, timers })
  const many = 100_000
  setFlagsFromString('--expose-gc')
  const collect = runInNewContext('gc') as () => void
  const heap = (): number => {
    collect()
    return process.memoryUsage().heapUsed
  }
  const before = heap()
  for (let first = 1; first <= many; first += 1_000) {
    await queue.send({ bodies: Array.from({ length: 1_000 }, (_, nth) => ({ first: first + nth, weight: 1 })) })
  }
  expect(heap() - before).toBeLessThan(many * 10)
  const received = await queue.receive({ max: 10, visibility: 60_000, wait: 0 })
  expect(received.map(({ body }) => body.first)).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
})

test('a map of 1,000,000 jobs takes at most 150 bytes a job on disk before its results', async () => {
  const folder = freshFolder()
  const database = openDatabase({ folder })
  const store = createJobStore(database)
  const timers = { after: () => () => undefined, soon: () => undefined }
  const queue = createQueue<{ first: number; weight: number }>({ database, name: 'jobs', clock: Date, timers })
  // A tenth of it, as each segment takes the same.
  const many = 100_000
  await store.lease({ count: many })
  for (let first = 1; first <= many; first += 5_000) {
    const firsts = Array.from({ length: 50 }, (_, nth) => first + 100 * nth)
    const args = pack(Array.from({ length: 100 }, (_, nth) => Buffer.from(`[${first + nth}]`)))
    await queue.send({ bodies: firsts.map(one => ({ first: one, weight: 100 })) })
    await store.insert({
      segments: firsts.map(one => ({ ...segmentOf(one, 100, { submission: 1, function: reference }), args })),
    })
    await store.putRuns({ puts: firsts.map(one => ({ run: firstClaim(one, 100, 1) })) })
  }
  database.close()
  expect(statSync(join(folder, DATABASE_NAME)).size / many).toBeLessThan(150)
})
