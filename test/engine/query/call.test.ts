import { describe, expect, test } from 'vitest'
import { MAX_CALL_JOBS } from '../../../lib/protocol/limits.ts'
import { unpack } from '../../../lib/protocol/packed.ts'
import type { CallHeader } from '../../../lib/protocol/routes.ts'
import { done, endless, failed, type Harness, harness, owner, type Ran, requestOf, text } from '../harness.ts'

const LONG_MS = 300

async function request(engine: Harness['engine'], count: number, wait = LONG_MS) {
  const { first } = await engine.lease({ count })
  const [{ submissions }, sections] = requestOf(first, first, count)
  const header: CallHeader = { submissions, wait }
  return { first, header, sections }
}

async function called(run: (jid: number) => Ran, count: number, wait?: number, principal = owner) {
  const { engine, results } = await harness(run)
  const { first, header, sections } = await request(engine, count, wait)
  const begun = performance.now()
  const { answer, payloads } = await engine.call(header, sections, principal)
  const values = answer.finished.flatMap(({ statuses }) => statuses).map((_, index) => text(unpack(payloads, index)))
  return { first, answer, values, engine, results, header, sections, took: performance.now() - begun }
}

describe('a call', () => {
  test('is answered with how its jobs ended, in the order of their jids', async () => {
    const { first, answer, values } = await called(jid => (jid % 2 ? done(`${jid}`) : failed()), 3)
    expect(answer).toEqual({ finished: [{ first, statuses: ['done', 'error', 'done'] }] })
    expect([values[0], values[2]]).toEqual([`\x01${first}`, `\x01${first + 2}`])
    expect(values[1]).toContain('no luck')
  })

  test('is answered without those that run on, soon after the first ended', async () => {
    const { first, answer, took, engine, results } = await called(jid => (jid % 2 ? done() : endless()), 3)
    const known = answer.finished.flatMap(one => one.statuses.map((_, index) => one.first + index))
    expect(known).toEqual([first, first + 2])
    expect(took).toBeLessThan(LONG_MS)
    await engine.kill({ ranges: [[first + 1, 1]] }, owner)
    expect((await results(first + 1, 1))[0]?.[0]).toBe('killed')
  })

  test('is answered in time where none ends, and at once by who wants no wait', async () => {
    const { answer, took } = await called(endless, 1, 30)
    expect(answer).toEqual({ finished: [] })
    expect(took).toBeGreaterThan(25)
    expect((await called(() => done(), 1, 0)).answer).toEqual({ finished: [] })
  })

  test('waits for as many jobs as it may, and for no more', async () => {
    expect((await called(() => done(), MAX_CALL_JOBS)).values).toHaveLength(MAX_CALL_JOBS)
    expect((await called(() => done(), MAX_CALL_JOBS + 1)).values).toEqual([])
  })

  test('of a job is answered at once: its executor has to know who waits', async () => {
    const job = { kind: 'job', jid: 9_000, attempt: 1, depth: 0 } as const
    expect((await called(() => done(), 1, LONG_MS, job as never)).values).toEqual([])
  })

  test('that comes again changes nothing', async () => {
    const { engine, header, sections, first, results } = await called(() => done('once'), 1, 20)
    await engine.call(header, sections, owner)
    expect(await results(first, 1)).toEqual([['done', '\x01once']])
  })

  test('names the bundles that are missing, and accepts nothing', async () => {
    const { engine } = await harness()
    const { header, sections, first } = await request(engine, 1)
    const unknown = 'a'.repeat(64)
    const [submission] = header.submissions
    if (submission === undefined) throw new Error('There is one.')
    submission.function = { ...submission.function, bundle: unknown }
    const { answer } = await engine.call(header, sections, owner)
    expect(answer).toEqual({ missing: [unknown], finished: [] })
    await expect(engine.status({ ranges: [[first, 1]] })).rejects.toMatchObject({ code: 'unknown-job' })
  })

  test.each(['its caller is gone', 'the engine closes'])('is answered when %s', async what => {
    const { engine } = await harness(endless)
    const { header, sections } = await request(engine, 1)
    const gone = new AbortController()
    const begun = performance.now()
    const calling = engine.call(header, sections, owner, gone.signal)
    setImmediate(() => (what === 'its caller is gone' ? gone.abort() : void engine.close()))
    expect((await calling).answer.finished).toEqual([])
    expect(performance.now() - begun).toBeLessThan(LONG_MS)
  })
})
