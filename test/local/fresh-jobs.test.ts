import { DatabaseSync } from 'node:sqlite'
import { setImmediate as turn } from 'node:timers/promises'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { AheadStore } from '../../lib/engine/ports/ahead.ts'
import { freshRun } from '../../lib/engine/records/run.ts'
import { Database } from '../../lib/local/database.ts'
import { createJobStore } from '../../lib/local/job-store.ts'
import { migrations } from '../../lib/local/migrations.ts'
import { createJobStore as createMemoryStore } from '../../lib/memory/job-store.ts'
import type { Range } from '../../lib/protocol/job.ts'
import { claimed, finished, firstClaim, partOf, segmentOf } from '../contract/sample.ts'
import { freshDatabase } from './fresh-folder.ts'

const everything: readonly Range[] = [[1, 100]]

/** How many rows there are of segments, arguments, runs and results, in the transaction that is open. */
function rowsOf(database: Database): number[] {
  const tables = ['segments', 'arguments', 'runs', 'parts']
  return tables.map(table => Number(database.prepare(`SELECT count(*) FROM ${table}`).get()?.[0]))
}

async function lone(store: AheadStore, jid: number) {
  await store.insert({ segments: [segmentOf(jid, 1)] })
  return {
    claim: () => store.putRuns({ puts: [{ run: firstClaim(jid, 1) }] }),
    finish: () => store.putRuns({ puts: [{ run: finished(firstClaim(jid, 1), [0]), payloads: partOf([0]) }] }),
  }
}

describe('a lone job of the open transaction', () => {
  it('that ends in it takes no row before the commit, and then none that would be deleted', async () => {
    const database = freshDatabase()
    const { ahead } = createJobStore(database)
    const kept = database.begin()
    const { claim, finish } = await lone(ahead, 7)
    expect(await claim()).toEqual([true])
    expect(await finish()).toEqual([true])
    expect(rowsOf(database)).toEqual([0, 0, 0, 0])
    await kept()
    expect(rowsOf(database)).toEqual([1, 0, 1, 1])
    expect(database.prepare('SELECT first, open FROM segments').all()).toEqual([[7, 0]])
  })

  it('that has not ended by then is all there', async () => {
    const database = freshDatabase()
    const { ahead } = createJobStore(database)
    await lone(ahead, 7)
    const { claim } = await lone(ahead, 8)
    await claim()
    await database.begin()()
    expect(rowsOf(database)).toEqual([2, 2, 1, 0])
  })

  it('is forgotten with a transaction that is taken back', async () => {
    const database = freshDatabase()
    const { ahead, read } = createJobStore(database)
    const { claim } = await lone(ahead, 7)
    const fail = (): never => {
      throw new Error('no')
    }
    await expect(database.write(fail)).rejects.toThrow('no')
    await turn()
    expect(await claim()).toEqual([false])
    expect(await read({ ranges: everything })).toEqual([])
  })
})

describe('as many lone jobs as there may be, and more', () => {
  it.each([99, 100, 101, 250])('%d are kept', async count => {
    const database = freshDatabase()
    const { ahead } = createJobStore(database)
    const kept = database.begin()
    for (let jid = 1; jid <= count; jid++) {
      const { claim, finish } = await lone(ahead, jid)
      expect([...(await claim()), ...(await finish())]).toEqual([true, true])
    }
    expect(rowsOf(database)[0]).toBe(Math.floor(count / 101) * 101)
    await kept()
    expect(rowsOf(database)).toEqual([count, 0, count, count])
  })
})

type Step =
  | { readonly kind: 'insert'; readonly jids: readonly number[] }
  | { readonly kind: 'put'; readonly jids: readonly number[]; readonly ends: boolean; readonly version: number }
  | { readonly kind: 'read'; readonly jids: readonly number[] }
  | { readonly kind: 'kill'; readonly jids: readonly number[] }
  | { readonly kind: 'turn' }

const jids = fc.uniqueArray(fc.constantFrom(1, 2, 3, 11), { minLength: 1, maxLength: 3 })
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('insert' as const), jids }),
  fc.record({ kind: fc.constant('put' as const), jids, ends: fc.boolean(), version: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('read' as const), jids }),
  fc.record({ kind: fc.constant('kill' as const), jids }),
  fc.record({ kind: fc.constant('turn' as const) }),
)

function databaseInMemory(): Database {
  const connection = new DatabaseSync(':memory:')
  for (const one of migrations) connection.exec(one)
  return new Database(connection)
}

/** 11 begins a segment of three, the others stand alone. */
const countOf = (jid: number): number => (jid === 11 ? 3 : 1)

async function take(
  store: Pick<ReturnType<typeof createMemoryStore>, 'insert' | 'read' | 'putRuns' | 'markKilled'>,
  one: Step,
): Promise<unknown> {
  if (one.kind === 'turn') return await turn()
  if (one.kind === 'insert') {
    return await store.insert({ segments: one.jids.map(jid => segmentOf(jid, countOf(jid))) })
  }
  if (one.kind === 'read') {
    return await store.read({ ranges: one.jids.map(jid => [jid, countOf(jid)]), args: true, payloads: true })
  }
  if (one.kind === 'kill') {
    for (const jid of one.jids) await store.markKilled({ segment: jid, kills: new Uint8Array(countOf(jid)).fill(1) })
    return
  }
  const puts = one.jids.map(jid => {
    const count = countOf(jid)
    const run = claimed(freshRun({ first: jid, count, submission: jid }))
    if (!one.ends) return { run: { ...run, version: one.version } }
    const offsets = Array.from({ length: count }, (_, offset) => offset)
    return { run: { ...finished(run, offsets), version: one.version }, payloads: partOf(offsets) }
  })
  return await store.putRuns({ puts })
}

it('lone jobs are seen as any others, whatever comes before the commit', async () => {
  const property = fc.asyncProperty(fc.array(step, { maxLength: 12 }), async steps => {
    const memory = createMemoryStore()
    const database = databaseInMemory()
    const local = createJobStore(database)
    const ahead = { ...local, ...local.ahead }
    const told: unknown[][] = [[], []]
    memory.listen?.(changes => void told[0]?.push(...changes))
    local.listen?.(changes => void told[1]?.push(...changes))
    for (const one of steps) expect(await take(ahead, one)).toEqual(await take(memory, one))
    const all = { ranges: everything, args: true, payloads: true }
    expect(await local.read(all)).toEqual(await memory.read(all))
    expect(told[1]).toEqual(told[0])
    database.close()
  })
  await fc.assert(property, { numRuns: 100 })
})
