import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { AheadStore } from '../../lib/engine/ports/ahead.ts'
import type { SubmissionRow } from '../../lib/engine/records/submission.ts'
import type { Database } from '../../lib/local/database.ts'
import { createJobStore } from '../../lib/local/job-store.ts'
import { freshDatabase } from './fresh-folder.ts'

const rowOf = (id: number, version = 1, label?: string): SubmissionRow => ({
  id,
  ranges: [[id, 1]],
  open: false,
  gated: false,
  label,
  name: 'f',
  created: 1_000 + id,
  touched: 1_000 + id,
  parent: undefined,
  depth: 0,
  version,
})

const inTable = (database: Database): number[] =>
  database
    .prepare('SELECT id FROM submissions ORDER BY id')
    .all()
    .map(row => Number(row[0]))

const put = (store: Pick<AheadStore, 'putSubmissions'>, ...rows: SubmissionRow[]) => store.putSubmissions({ rows })

describe('the row of a new submission', () => {
  it('is written when the turn is over and the commit is held back', async () => {
    const database = freshDatabase()
    const { ahead } = createJobStore(database)
    const kept = database.begin()
    expect(await put(ahead, rowOf(7))).toEqual([true])
    const isKept = kept('soon')
    expect(inTable(database)).toEqual([])
    await turn()
    expect(inTable(database)).toEqual([7])
    await isKept
    expect(inTable(database)).toEqual([7])
  })

  it('is written at the latest with the commit', async () => {
    const database = freshDatabase()
    const { ahead } = createJobStore(database)
    await put(ahead, rowOf(7))
    expect(inTable(database)).toEqual([])
    await database.begin()()
    expect(inTable(database)).toEqual([7])
  })

  it('is there for whoever looks before', async () => {
    const database = freshDatabase()
    const { ahead, listSubmissions } = createJobStore(database)
    await put(ahead, rowOf(7), rowOf(8, 1, 'named'))
    expect(await ahead.getSubmissions({ ids: [7, 9] })).toEqual([rowOf(7), undefined])
    await put(ahead, rowOf(9))
    expect((await listSubmissions({ limit: 10 })).map(({ id }) => id)).toEqual([9, 8, 7])
    expect((await listSubmissions({ label: 'named', limit: 10 })).map(({ id }) => id)).toEqual([8])
  })

  it('is put once, and changed only from the version that is there', async () => {
    const database = freshDatabase()
    const { ahead } = createJobStore(database)
    expect(await put(ahead, rowOf(7))).toEqual([true])
    expect(await put(ahead, rowOf(7))).toEqual([false])
    expect(await put(ahead, rowOf(7, 3))).toEqual([false])
    expect(await put(ahead, rowOf(7, 2))).toEqual([true])
    expect(await ahead.getSubmissions({ ids: [7] })).toEqual([rowOf(7, 2)])
  })

  it('below the highest one is put if it is absent', async () => {
    const database = freshDatabase()
    const { ahead } = createJobStore(database)
    await put(ahead, rowOf(5))
    await put(ahead, rowOf(7))
    expect(await put(ahead, rowOf(6))).toEqual([true])
    expect(await put(ahead, rowOf(5))).toEqual([false])
    expect(await put(createJobStore(database), rowOf(8), rowOf(7))).toEqual([true, false])
    expect(inTable(database)).toEqual([5, 6, 7, 8])
  })

  it('is forgotten with a transaction that is taken back, and can be put again', async () => {
    const database = freshDatabase()
    const { ahead } = createJobStore(database)
    const kept = database.begin()
    await put(ahead, rowOf(7))
    const fail = (): never => {
      throw new Error('no')
    }
    await expect(database.write(fail)).rejects.toThrow('no')
    await expect(kept()).rejects.toThrow('no')
    await turn()
    expect(await put(ahead, rowOf(7))).toEqual([true])
    await database.begin()()
    expect(inTable(database)).toEqual([7])
  })
})

it.each([100, 101])('%i of one transaction are all there', async count => {
  const database = freshDatabase()
  const { ahead } = createJobStore(database)
  for (let id = 1; id <= count; id++) expect(await put(ahead, rowOf(id))).toEqual([true])
  expect(inTable(database).length).toBe(count > 100 ? count : 0)
  await database.begin()()
  expect(inTable(database).length).toBe(count)
})

it.each([10, 11])('%i of one put are all there', async count => {
  const database = freshDatabase()
  const { ahead } = createJobStore(database)
  await put(ahead, ...Array.from({ length: count }, (_, index) => rowOf(index + 1)))
  expect(inTable(database).length).toBe(count > 10 ? count : 0)
  await database.begin()()
  expect(inTable(database).length).toBe(count)
})
