import { describe, expect, it } from 'vitest'
import { decodeFailure } from '../../lib/protocol/failure.ts'
import type { Status } from '../../lib/protocol/job.ts'
import { bytes, done, endless, failed, harness, owner, type Ran, requestOf } from './harness.ts'

describe('jobs that depend on others', () => {
  it('start once all of those are done', async () => {
    const held = new Set<number>()
    const { submit, results, statuses, ran, engine } = await harness(jid => (held.has(jid) ? endless() : done()))
    const one = await submit(3)
    held.add(one + 103)
    const two = await submit(5)
    const after = await submit(2, {
      dependsOn: [
        [one, 3],
        [two, 5],
      ],
    })
    await results(one, 3)
    await results(two, 3)
    expect(await statuses(after, 2)).toEqual(['waiting', 'waiting'])
    expect(ran).not.toContain(after)
    await engine.kill({ ranges: [[two + 3, 1]] }, owner)
    expect((await results(after, 2)).map(([status]) => status)).toEqual(['stalled', 'stalled'])
  })

  it.each<[string, Ran, 'abort' | 'ignore', Status]>([
    ['run after success', done(), 'abort', 'done'],
    ['stall after a failure', failed(), 'abort', 'stalled'],
    ['run after a failure that they ignore', failed(), 'ignore', 'done'],
  ])('%s', async (_, outcome, dependsOnErrors, expected) => {
    const { submit, results } = await harness((__, args) => (args === '1' ? outcome : done()))
    const first = await submit(10)
    const after = await submit(3, { dependsOn: [[first, 10]], dependsOnErrors })
    const later = await submit(3, { dependsOn: [[first, 10]], dependsOnErrors })
    for (const one of [after, later]) {
      expect((await results(one, 3)).map(([status]) => status)).toEqual([expected, expected, expected])
    }
  })

  it('stall in cascade, at once, and say which dependency failed', async () => {
    const { submit, results, engine } = await harness(jid => (jid === 2 ? endless() : done()))
    const first = await submit(200)
    const chain = [await submit(1, { dependsOn: [[first, 200]] })]
    for (let nth = 1; nth < 5; nth++) chain.push(await submit(1, { dependsOn: [[chain[nth - 1] as number, 1]] }))
    await engine.kill({ ranges: [[2, 1]] }, owner)
    for (const [nth, jid] of chain.entries()) {
      const [[status, failure] = ['waiting', '']] = await results(jid, 1)
      expect(status).toBe('stalled')
      expect(decodeFailure(bytes(failure))).toMatchObject({
        code: 'stalled',
        dependency: nth === 0 ? 2 : chain[nth - 1],
      })
    }
  })

  it('refuses what does not exist, naming it, and waiting for itself', async () => {
    const { submit, engine } = await harness()
    const first = await submit(10)
    await expect(submit(1, { dependsOn: [[first, 11]] })).rejects.toMatchObject({
      code: 'unknown-job',
      jid: first + 10,
    })
    await expect(submit(1, { dependsOn: [[5_000, 1]] })).rejects.toMatchObject({ code: 'unknown-job', jid: 5_000 })
    const { first: next } = await engine.lease({ count: 1 })
    const itself = engine.submit(...requestOf(next, next, 1, { dependsOn: [[next, 1]] }), owner)
    await expect(itself).rejects.toMatchObject({ code: 'unknown-job', jid: next })
  })

  it('take deleted dependencies by their final status', async () => {
    const { submit, results, engine } = await harness((_, args) => (args === '2' ? failed() : done()))
    const first = await submit(2)
    await results(first, 2)
    await engine.delete({ ranges: [[first, 2]] })
    const fine = await submit(1, { dependsOn: [[first, 1]] })
    const stalled = await submit(1, { dependsOn: [[first, 2]] })
    expect((await results(fine, 1))[0]?.[0]).toBe('done')
    expect((await results(stalled, 1))[0]?.[0]).toBe('stalled')
  })

  it('wait for many submissions and for many ranges', async () => {
    const { submit, results } = await harness()
    const firsts = []
    for (let nth = 0; nth < 50; nth++) firsts.push(await submit(nth % 3 === 0 ? 150 : 1))
    const dependsOn = firsts.map((first, nth): [number, number] => [first, nth % 3 === 0 ? 150 : 1])
    const after = await submit(5, { dependsOn })
    expect((await results(after, 5)).map(([status]) => status)).toEqual(Array(5).fill('done'))
  })

  it('are released by the hundreds when one job ends', async () => {
    const { submit, results, engine } = await harness(jid => (jid === 1 ? endless() : done()), { page: 20 })
    await submit(1)
    const after = []
    for (let nth = 0; nth < 300; nth++) after.push(await submit(1, { dependsOn: [[1, 1]], dependsOnErrors: 'ignore' }))
    await engine.kill({ ranges: [[1, 1]] }, owner)
    for (const jid of after) expect((await results(jid, 1))[0]?.[0]).toBe('done')
  })

  it('also in parts that come before and after the gate opened', async () => {
    const { submit, results, engine } = await harness(jid => (jid === 1 ? endless() : done()))
    await submit(1)
    const { first } = await engine.lease({ count: 300 })
    const options = { dependsOn: [[1, 1]] as [number, number][], dependsOnErrors: 'ignore' as const }
    await engine.submit(...requestOf(first, first, 20, options, true), owner)
    await engine.submit(...requestOf(first, first + 100, 20, options, true), owner)
    await engine.kill({ ranges: [[1, 1]] }, owner)
    await results(first, 20)
    await engine.submit(...requestOf(first, first + 200, 20, options), owner)
    expect((await results(first + 100, 20)).every(([status]) => status === 'done')).toBe(true)
    expect((await results(first + 200, 20)).every(([status]) => status === 'done')).toBe(true)
  })
})
