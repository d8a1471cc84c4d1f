import { setImmediate as turn } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { Database } from '../../lib/local/database.ts'
import { createMessageTable, type MessageTable } from '../../lib/local/message-table.ts'
import { freshDatabase } from './fresh-folder.ts'

type Table = MessageTable<string>

const rowsOf = (database: Database): number => Number(database.prepare('SELECT count(*) FROM messages').get()?.[0])

function add(database: Database, table: Table, ...all: readonly (readonly [body: string, ready: number])[]) {
  const messages = all.map(([body, ready]) => ({ body, ready, sent: 1 }))
  return database.ahead.write(() => table.add(database.ahead, messages))
}

/** Takes all that is ready, and names it. */
function take(table: Table, now: number): string[] {
  const taken: string[] = []
  for (let page = table.page(now); page.length > 0; page = table.page(now)) {
    for (const message of page) {
      table.pass(message)
      taken.push(message.body)
    }
  }
  return taken
}

function world() {
  const database = freshDatabase()
  return { database, table: createMessageTable<string>(database, 'jobs') }
}

describe('a message that is not written yet', () => {
  it('takes no row where it is taken and removed in the same transaction', async () => {
    const { database, table } = world()
    expect(table.nextReady(1)).toBe(Number.POSITIVE_INFINITY)
    await add(database, table, ['one', 5])
    expect(table.nextReady(1)).toBe(5)
    const [message] = table.page(5)
    if (message === undefined) throw new Error('There is one.')
    table.pass(message)
    await database.ahead.write(() => table.remove(message))
    await turn()
    expect(rowsOf(database)).toBe(0)
  })

  it('is written by the commit, and removed from there later', async () => {
    const { database, table } = world()
    table.nextReady(1)
    await add(database, table, ['one', 5])
    const [message] = table.page(5)
    if (message === undefined) throw new Error('There is one.')
    table.pass(message)
    await turn()
    expect([rowsOf(database), table.nextReady(9)]).toEqual([1, Number.POSITIVE_INFINITY])
    await database.write(() => table.remove(message))
    expect(rowsOf(database)).toBe(0)
  })

  it('comes in its order among those that are', async () => {
    const { database, table } = world()
    await add(database, table, ['late', 20], ['soon', 10])
    await turn()
    await add(database, table, ['between', 15], ['first', 3])
    expect(take(table, 12)).toEqual(['first', 'soon'])
    expect(table.nextReady(12)).toBe(15)
    await add(database, table, ['another', 13])
    expect(take(table, 30)).toEqual(['another', 'between', 'late'])
  })

  it('is in order though the clock ran backwards', async () => {
    const { database, table } = world()
    table.nextReady(1)
    await add(database, table, ['second', 10])
    await add(database, table, ['first', 9])
    expect(take(table, 10)).toEqual(['first', 'second'])
  })

  it('is gone where the transaction is taken back', async () => {
    const { database, table } = world()
    table.nextReady(1)
    await add(database, table, ['void', 5])
    const fail = (): never => {
      throw new Error('no')
    }
    await expect(database.write(fail)).rejects.toThrow('no')
    expect(take(table, 9)).toEqual([])
    await turn()
    expect(rowsOf(database)).toBe(0)
  })
})

it.each([
  [10, 0],
  [11, 11],
])('of a send of %d messages %d are written at once', async (count, written) => {
  const { database, table } = world()
  await add(database, table, ...Array.from({ length: count }, (_, nth) => [`${nth}`, nth] as const))
  expect(rowsOf(database)).toBe(written)
  expect(take(table, count)).toHaveLength(count)
  await turn()
  expect(rowsOf(database)).toBe(count)
})

it('of many sends those are written at once that are too many to remember', async () => {
  const { database, table } = world()
  table.nextReady(1)
  for (let nth = 0; nth < 101; nth++) await add(database, table, [`${nth}`, 5])
  expect(rowsOf(database)).toBe(1)
  expect(take(table, 5)).toHaveLength(101)
})
