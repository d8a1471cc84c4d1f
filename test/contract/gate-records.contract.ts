import { describe, expect, it } from 'vitest'
import type { JobStore } from '../../lib/engine/ports/job-store.ts'
import type { Gate } from '../../lib/engine/records/gate.ts'
import type { SubmissionRow } from '../../lib/engine/records/submission.ts'

export const gateOf = (id: number, change: Partial<Gate> = {}): Gate => ({
  id,
  dependencies: [[1, 10]],
  mode: 'abort',
  opensAt: 0,
  state: 'waiting',
  cursor: 11,
  edged: false,
  cause: undefined,
  sentTo: 0,
  sent: false,
  version: 1,
  created: 5,
  looked: 5,
  ...change,
})

const rowOf = (id: number, change: Partial<SubmissionRow> = {}): SubmissionRow => ({
  id,
  ranges: [[id, 10]],
  open: false,
  gated: false,
  label: undefined,
  name: 'f',
  created: id,
  touched: id,
  parent: undefined,
  depth: 0,
  version: 1,
  ...change,
})

/** What every job store does for submissions, for their gates, and for who waits for whom. */
export function gateRecordsContract(name: string, make: () => Promise<JobStore>): void {
  describe(`${name} keeps gates and who waits for whom`, () => {
    it('changes a gate only from the version that was read', async () => {
      const store = await make()
      expect(await store.getGates({ ids: [7] })).toEqual([undefined])
      expect(await store.putGate({ gate: gateOf(7) })).toBe(true)
      expect(await store.putGate({ gate: gateOf(7) })).toBe(false)
      const open = gateOf(7, { state: 'open', version: 2 })
      expect(await store.putGate({ gate: open })).toBe(true)
      expect(await store.putGate({ gate: gateOf(7, { state: 'killed', version: 2 }) })).toBe(false)
      expect(await store.getGates({ ids: [8, 7] })).toEqual([undefined, open])
    })

    it('lists pointers in pages', async () => {
      const store = await make()
      for (const gate of [30, 5, 12, 12]) await store.putPointer({ gate })
      await store.deletePointer({ gate: 30 })
      await store.deletePointer({ gate: 30 })
      expect(await store.pointers({ after: 0, limit: 1 })).toEqual([5])
      expect(await store.pointers({ after: 5, limit: 10 })).toEqual([12])
      expect(await store.pointers({ after: 12, limit: 10 })).toEqual([])
    })

    it('finds the watches of jobs and the edges over them, of one submission', async () => {
      const store = await make()
      for (const [jid, gate] of [
        [5, 1],
        [5, 2],
        [9, 1],
      ] as const) {
        await store.putWatch({ watch: { submission: 1, jid, gate } })
      }
      await store.putWatch({ watch: { submission: 2, jid: 5, gate: 3 } })
      await store.putEdges({
        edges: [
          { submission: 1, range: [1, 6], gate: 1 },
          { submission: 1, range: [7, 3], gate: 1 },
          { submission: 2, range: [1, 9], gate: 3 },
        ],
      })
      const { watches, edges } = await store.dependents({ of: [{ submission: 1, ranges: [[4, 2]] }] })
      expect(watches.map(({ jid, gate }) => [jid, gate]).sort()).toEqual([
        [5, 1],
        [5, 2],
      ])
      expect(edges).toEqual([{ submission: 1, range: [1, 6], gate: 1 }])
      const other = await store.dependents({
        of: [
          {
            submission: 1,
            ranges: [
              [6, 1],
              [9, 1],
            ],
          },
          { submission: 2, ranges: [[10, 1]] },
        ],
      })
      expect(other.watches.map(({ jid }) => jid)).toEqual([9])
      expect(other.edges.map(({ range }) => range).sort()).toEqual([
        [1, 6],
        [7, 3],
      ])
      expect(await store.dependents({ of: [{ submission: 3, ranges: [[1, 10]] }] })).toEqual({ watches: [], edges: [] })
    })

    it('forgets the watches that it is told to', async () => {
      const store = await make()
      const watches = [1, 2].map(gate => ({ submission: 1, jid: 5, gate }))
      for (const watch of [...watches, ...watches]) await store.putWatch({ watch })
      await store.deleteWatches({ watches: watches.slice(0, 1) })
      expect((await store.dependents({ of: [{ submission: 1, ranges: [[5, 1]] }] })).watches).toEqual(watches.slice(1))
      await store.deleteWatches({ watches })
      expect((await store.dependents({ of: [{ submission: 1, ranges: [[5, 1]] }] })).watches).toEqual([])
    })
  })

  describe(`${name} keeps submissions`, () => {
    it('by compare-and-set', async () => {
      const store = await make()
      expect(await store.putSubmissions({ rows: [rowOf(1), rowOf(101)] })).toEqual([true, true])
      expect(await store.putSubmissions({ rows: [rowOf(1), rowOf(201)] })).toEqual([false, true])
      const next = rowOf(1, { ranges: [[1, 20]], parent: 3, key: 7, version: 2 })
      expect(await store.putSubmissions({ rows: [next] })).toEqual([true])
      expect(await store.getSubmissions({ ids: [301, 1] })).toEqual([undefined, next])
    })

    it('lists them newest first, in pages, by label and by time', async () => {
      const store = await make()
      const rows = [1, 2, 3, 4, 5].map(nth => rowOf(nth * 100 + 1, { label: nth % 2 === 0 ? 'even' : undefined }))
      await store.putSubmissions({ rows })
      const ids = async (params: Parameters<JobStore['listSubmissions']>[0]) =>
        (await store.listSubmissions(params)).map(row => row.id)
      expect(await ids({ limit: 3 })).toEqual([501, 401, 301])
      expect(await ids({ limit: 3, before: { created: 301, id: 301 } })).toEqual([201, 101])
      expect(await ids({ limit: 9, label: 'even' })).toEqual([401, 201])
      expect(await ids({ limit: 9, since: 301 })).toEqual([501, 401, 301])
      expect(await ids({ limit: 9, label: 'odd' })).toEqual([])
    })

    it('knows what jobs submitted', async () => {
      const store = await make()
      const children = [
        [5, 101],
        [5, 201],
        [6, 301],
        [5, 101],
      ].map(([parent = 0, submission = 0]) => ({ parent, submission }))
      await store.putChildren({ children })
      expect([...(await store.children({ ranges: [[1, 5]] }))].sort()).toEqual([101, 201])
      expect([
        ...(await store.children({
          ranges: [
            [6, 10],
            [1, 1],
          ],
        })),
      ]).toEqual([301])
    })
  })
}
