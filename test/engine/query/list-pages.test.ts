import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../lib/engine/engine.ts'
import type { ListRequest } from '../../../lib/protocol/routes.ts'
import { harness, owner, requestOf } from '../harness.ts'

/** More than any listing here has. */
const MAX_PAGES = 2_000

/** Jids of a listing, page by page, with something that happens after each page. */
async function paged(
  { list }: Pick<Engine, 'list'>,
  asked: ListRequest & { readonly limit: number },
  between: (page: number) => Promise<void> = async () => undefined,
): Promise<number[]> {
  const jids: number[] = []
  let cursor: string | undefined
  for (let page = 0; page === 0 || cursor !== undefined; page++) {
    expect(page).toBeLessThan(MAX_PAGES)
    const answer = await list({ ...asked, ...(cursor !== undefined && { cursor }) })
    expect(answer.jobs.length).toBeLessThanOrEqual(asked.limit)
    for (const { first, count } of answer.jobs) for (let nth = 0; nth < count; nth++) jids.push(first + nth)
    cursor = answer.cursor
    await between(page)
  }
  return jids
}

/** Jobs that nobody runs, so that a kill ends them at once. */
async function queuedJobs() {
  const { engine } = await harness(undefined, { start: false })
  /** What the store has, as the test did it. */
  const jobs = new Map<number, 'queued' | 'killed' | 'gone'>()

  async function part(id: number, first: number, count: number, open: boolean): Promise<void> {
    const [header, sections] = requestOf(id, first, count, {}, open)
    await engine.submit(header, sections, owner)
    for (let nth = 0; nth < count; nth++) jobs.set(first + nth, 'queued')
  }

  async function set(jids: readonly number[], from: string, to: 'killed' | 'gone'): Promise<void> {
    const changing = jids.filter(jid => jobs.get(jid) === from)
    if (changing.length === 0) return
    const ranges = changing.map((jid): [number, number] => [jid, 1])
    await (to === 'killed' ? engine.kill({ ranges }, owner) : engine.delete({ ranges }))
    for (const jid of changing) jobs.set(jid, to)
  }

  return {
    engine,
    jobs,
    /** A map in parts, each on jids of its own lease: the first part, and then the others in the order of `order`. */
    async submit(counts: readonly number[], order: readonly number[]) {
      const leases: number[] = []
      for (const count of counts) leases.push((await engine.lease({ count })).first)
      for (const [nth, which] of [0, ...order].entries()) {
        await part(leases[0] as number, leases[which] as number, counts[which] as number, nth < order.length)
      }
    },
    kill: (jids: readonly number[]) => set(jids, 'queued', 'killed'),
    remove: (jids: readonly number[]) => set(jids, 'killed', 'gone'),
  }
}

const range = (first: number, count: number): number[] => Array.from({ length: count }, (_, nth) => first + nth)

describe('pages of jobs', () => {
  it('have each job of a map once whose parts came in another order than their jids', async () => {
    const { engine, submit, kill } = await queuedJobs()
    await submit([5, 4, 120], [2, 1])
    await kill([2, 4, 102, 250, 252])
    const all = [...range(1, 5), ...range(101, 4), ...range(201, 120)]
    for (const limit of [1, 2, 3, 1_000]) expect(await paged(engine, { limit })).toEqual(all)
    expect(await paged(engine, { limit: 2, status: 'killed' })).toEqual([2, 4, 102, 250, 252])
  })

  const share = fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true })
  const map = fc
    .array(fc.integer({ min: 1, max: 120 }), { minLength: 1, maxLength: 3 })
    .chain(counts =>
      fc.tuple(fc.constant(counts), fc.shuffledSubarray([...counts.keys()].slice(1), { minLength: counts.length - 1 })),
    )
  const step = fc.oneof(
    fc.record({ does: fc.constant('submit' as const), map }),
    fc.record({
      does: fc.constantFrom('kill' as const, 'remove' as const),
      at: share,
      many: fc.integer({ min: 1, max: 90 }),
    }),
  )
  /** A page, with what happens before the next one. */
  const steps = fc.array(fc.array(step, { maxLength: 3 }), { maxLength: 30 })

  it.each([undefined, 'queued', 'killed'] as const)(
    'of status %s repeat none, and lose none that is there from the first to the last',
    async status => {
      const begins = fc.array(map, { minLength: 1, maxLength: 4 })
      const property = fc.asyncProperty(begins, steps, fc.integer({ min: 1, max: 4 }), async (maps, happens, limit) => {
        const { engine, jobs, submit, ...does } = await queuedJobs()
        for (const one of maps) await submit(...one)
        const spread = [...jobs.keys()].filter(jid => jid % 3 === 0)
        await does.kill(spread)
        const isWanted = (jid: number): boolean =>
          jobs.get(jid) !== 'gone' && (status ?? jobs.get(jid)) === jobs.get(jid)
        let always = [...jobs.keys()].filter(isWanted)
        const seen = await paged(engine, { limit, ...(status !== undefined && { status }) }, async page => {
          for (const one of happens[page] ?? []) {
            const all = [...jobs.keys()]
            if (one.does === 'submit') await submit(...one.map)
            else await does[one.does](all.slice(Math.floor(one.at * all.length)).slice(0, one.many))
            always = always.filter(isWanted)
          }
        })
        expect(new Set(seen).size).toBe(seen.length)
        expect(new Set(seen).isSupersetOf(new Set(always))).toBe(true)
      })
      await fc.assert(property, { numRuns: 30 })
    },
  )
})
