import { describe, expect, it } from 'vitest'
import { done, failed, harness } from '../harness.ts'

describe('list', () => {
  it('has the newest submission first, and one row for consecutive jobs of one status', async () => {
    const { submit, results, engine } = await harness(jid => (jid === 2 || jid === 3 ? failed() : done()))
    await submit(5)
    const later = await submit(250, { label: 'later' })
    await results(1, 5)
    await results(later, 250)
    const { jobs, cursor } = await engine.list({})
    const common = { function: 'f', created: expect.any(Number) }
    expect(jobs).toEqual([
      { first: later, count: 250, status: 'done', label: 'later', ...common },
      { first: 1, count: 1, status: 'done', label: null, ...common },
      { first: 2, count: 2, status: 'error', label: null, ...common },
      { first: 4, count: 2, status: 'done', label: null, ...common },
    ])
    expect(cursor).toBeUndefined()
    expect((await engine.list({ label: 'later' })).jobs.map(row => row.first)).toEqual([later])
    expect((await engine.list({ status: 'error' })).jobs.map(row => row.first)).toEqual([2])
    expect((await engine.list({ since: Date.now() + 1_000 })).jobs).toEqual([])
  })

  it('goes on at its cursor, page by page, without leaving out or repeating', async () => {
    const { submit, results, engine } = await harness(jid => (jid % 2 === 0 ? failed() : done()))
    const firsts = [await submit(7), await submit(3), await submit(4)]
    for (const [nth, count] of [7, 3, 4].entries()) await results(firsts[nth] ?? 0, count)
    const whole = (await engine.list({})).jobs
    const found = []
    for (let cursor: string | undefined = ''; cursor !== undefined; ) {
      const page = await engine.list({ limit: 2, ...(cursor !== '' && { cursor }) })
      expect(page.jobs.length).toBeLessThanOrEqual(2)
      found.push(...page.jobs)
      cursor = page.cursor
    }
    expect(found).toEqual(whole)
    expect(whole).toHaveLength(14)
  })

  it('leaves deleted jobs out', async () => {
    const { submit, results, engine } = await harness()
    await submit(3)
    await results(1, 3)
    await engine.delete({ ranges: [[2, 1]] })
    expect((await engine.list({})).jobs.map(row => [row.first, row.count])).toEqual([
      [1, 1],
      [3, 1],
    ])
    await engine.delete({ ranges: [[1, 3]] })
    expect((await engine.list({})).jobs).toEqual([])
  })

  it.each(['', 'x', '1.2', '1.2.3.4', '-1.2.3'])('refuses the cursor “%s”', async cursor => {
    const { engine } = await harness()
    await expect(engine.list({ cursor })).rejects.toMatchObject({ code: 'invalid-request' })
  })
})
