import { describe, expect, it } from 'vitest'
import { decodeFailure } from '../../../lib/protocol/failure.ts'
import { MAX_INLINE_BYTES, MAX_WAIT_BYTES } from '../../../lib/protocol/limits.ts'
import { unpack } from '../../../lib/protocol/packed.ts'
import { done, endless, failed, harness, owner, text } from '../harness.ts'

describe('wait', () => {
  it('answers at once with what is finished, as runs in the order of the jids', async () => {
    const { submit, results, engine } = await harness(jid =>
      jid === 5 ? endless() : jid === 7 ? failed() : done(`${jid}`),
    )
    await submit(10)
    await results(6, 5)
    const { answer, payloads } = await engine.wait({
      ranges: [
        [8, 2],
        [3, 5],
      ],
      results: true,
      wait: 5_000,
    })
    expect(answer).toEqual({
      finished: [
        { first: 8, statuses: ['done', 'done'] },
        { first: 3, statuses: ['done', 'done'] },
        { first: 6, statuses: ['done', 'error'] },
      ],
      more: false,
      retryAfter: 0,
    })
    expect([0, 1, 2, 3, 4].map(index => text(unpack(payloads, index)))).toEqual([
      '\x018',
      '\x019',
      '\x013',
      '\x014',
      '\x016',
    ])
    expect(decodeFailure(unpack(payloads, 5))).toEqual({ code: 'exception', message: 'no luck' })
  })

  it('answers the moment something finishes', async () => {
    const { submit, engine } = await harness(endless)
    const first = await submit(300)
    const waiting = engine.wait({ ranges: [[first, 300]], results: true, wait: 20_000 })
    await engine.kill({ ranges: [[first + 250, 1]] }, owner)
    const { answer, payloads } = await waiting
    expect(answer.finished).toEqual([{ first: first + 250, statuses: ['killed'] }])
    expect(decodeFailure(unpack(payloads, 0))).toMatchObject({ code: 'killed' })
  })

  it('answers many who wait for many, each with their own', async () => {
    const { submit, engine } = await harness(undefined, { start: false })
    const first = await submit(400)
    const waits = Array.from({ length: 400 }, (_, nth) => {
      return engine.wait({ ranges: [[first + nth, 1]], results: false, wait: 20_000 })
    })
    const wide = engine.wait({ ranges: [[first, 400]], results: false, wait: 20_000 })
    engine.start()
    for (const [nth, one] of (await Promise.all(waits)).entries()) {
      expect(one.answer.finished).toEqual([{ first: first + nth, statuses: ['done'] }])
    }
    expect((await wide).answer.finished.length).toBeGreaterThan(0)
  })

  it('answers with nothing when its time is over, or when it is aborted', async () => {
    const { submit, engine } = await harness(endless)
    const first = await submit(1)
    const request = { ranges: [[first, 1]] as [number, number][], results: true, wait: 20 }
    const empty = { finished: [], more: false, retryAfter: 0 }
    expect((await engine.wait(request)).answer).toEqual(empty)
    expect((await engine.wait({ ...request, wait: 0 })).answer).toEqual(empty)
    const aborted = new AbortController()
    const waiting = engine.wait({ ...request, wait: 20_000 }, aborted.signal)
    aborted.abort()
    expect((await waiting).answer).toEqual(empty)
    expect((await engine.wait({ ...request, wait: 20_000 }, aborted.signal)).answer).toEqual(empty)
  })

  it('answers those who wait when the engine closes', async () => {
    const { submit, engine } = await harness(endless)
    const first = await submit(1)
    const waiting = engine.wait({ ranges: [[first, 1]], results: true, wait: 20_000 })
    await new Promise(resolve => setImmediate(resolve))
    await engine.close()
    expect((await waiting).answer.finished).toEqual([])
  })

  it('gives no more than was asked for, and says that there is more', async () => {
    const { submit, results, engine } = await harness()
    const first = await submit(250)
    await results(first, 250)
    const some = await engine.wait({ ranges: [[first, 250]], results: true, wait: 0, limit: 120 })
    expect(some.answer).toMatchObject({ more: true })
    expect(some.answer.finished.flatMap(one => one.statuses)).toHaveLength(120)
    expect(some.payloads.ends).toHaveLength(120)
    const exact = await engine.wait({ ranges: [[first, 250]], results: true, wait: 0, limit: 250 })
    expect(exact.answer.more).toBe(false)
  })

  it('gives no more bytes than fit an answer, but always at least one result', async () => {
    const result = new Uint8Array(MAX_INLINE_BYTES).fill(1)
    const { submit, results, engine } = await harness(() => ({ status: 'done', payload: result }))
    const count = MAX_WAIT_BYTES / MAX_INLINE_BYTES + 10
    const first = await submit(count)
    await results(first, count)
    const { answer, payloads } = await engine.wait({ ranges: [[first, count]], results: true, wait: 0 })
    expect(payloads.bytes.byteLength).toBe(MAX_WAIT_BYTES)
    expect(answer.more).toBe(true)
    const statuses = await engine.wait({ ranges: [[first, count]], results: false, wait: 0 })
    expect(statuses.payloads.bytes.byteLength).toBe(0)
    expect(statuses.answer).toMatchObject({ more: false, finished: [{ first }] })
  })

  it('refuses unknown jobs by name', async () => {
    const { submit, engine } = await harness(endless)
    const first = await submit(3)
    const unknown = engine.wait({ ranges: [[first, 4]], results: true, wait: 10_000 })
    await expect(unknown).rejects.toMatchObject({ code: 'unknown-job', jid: first + 3 })
  })

  it('finds what finished far behind what did not', async () => {
    const { submit, engine } = await harness(jid => (jid > 5_000 ? done() : endless()), { chunkSize: 1 })
    const first = await submit(100)
    const far = await submit(4_900)
    await engine.kill({ ranges: [[far + 4_000, 1]] }, owner)
    const { answer } = await engine.wait({
      ranges: [
        [first, 100],
        [far, 4_900],
      ],
      results: false,
      wait: 5_000,
    })
    expect(answer.finished).toEqual([{ first: far + 4_000, statuses: ['killed'] }])
  })
})

it.each([
  [2_010, 0],
  [2_011, 4],
])('who waits for %i jobs and gets 10 leaves %i ms before the next ask', async (count, retryAfter) => {
  const { submit, results, engine } = await harness()
  const first = await submit(count)
  await results(first, count)
  const { answer } = await engine.wait({ ranges: [[first, count]], results: false, wait: 0, limit: 10 })
  expect(answer).toMatchObject({ retryAfter, more: true })
})
