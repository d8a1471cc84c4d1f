import { describe, expect, it } from 'vitest'
import { decodeFailure } from '../../lib/protocol/failure.ts'
import { bytes, done, endless, harness, owner } from './harness.ts'

const job = (jid: number) => ({ kind: 'job', jid, attempt: 1, depth: 0 }) as const

describe('kill', () => {
  it('ends queued jobs at once, for good', async () => {
    const { submit, engine, statuses, results, ran } = await harness(undefined, { start: false })
    const first = await submit(250)
    await engine.kill({ ranges: [[first + 10, 200]] }, owner)
    const expected = Array.from({ length: 250 }, (_, nth) => (nth >= 10 && nth < 210 ? 'killed' : 'queued'))
    expect(await statuses(first, 250)).toEqual(expected)
    engine.start()
    const all = await results(first, 250)
    expect(all.map(([status]) => status)).toEqual(expected.map(status => (status === 'queued' ? 'done' : status)))
    expect(ran).toHaveLength(50)
    expect(decodeFailure(bytes(all[10]?.[1] ?? ''))).toMatchObject({ code: 'killed' })
  })

  it('ends running jobs through their launcher, and leaves finished ones alone', async () => {
    const { submit, engine, results } = await harness(jid => (jid % 2 === 0 ? endless() : done()))
    const first = await submit(10)
    await results(first, 1)
    await engine.kill({ ranges: [[first, 10]] }, owner)
    const ends = (await results(first, 10)).map(([status]) => status)
    expect(ends).toEqual(Array.from({ length: 10 }, (_, nth) => (nth % 2 === 0 ? 'done' : 'killed')))
    await engine.kill({ ranges: [[first, 10]] }, owner)
    expect((await results(first, 10)).map(([status]) => status)).toEqual(ends)
  })

  it('ends a job that waits for its next try', async () => {
    const tries: number[] = []
    const { submit, engine, results } = await harness(
      (_, __, work) => {
        tries.push(work.jobs[0]?.tries ?? 0)
        return { status: 'error', code: 'exception', payload: bytes('{}') }
      },
      { holdRetry: 1e9 },
    )
    const first = await submit(1, { retries: 100 })
    while (tries.length < 2) await engine.wait({ ranges: [[first, 1]], results: false, wait: 20 })
    await engine.kill({ ranges: [[first, 1]] }, owner)
    expect((await results(first, 1))[0]?.[0]).toBe('killed')
    expect(tries.length).toBeLessThan(100)
  })

  it('without jids ends the key’s own jobs and those that they started, and nobody else’s', async () => {
    const keyed = (key: number) => ({ kind: 'key', key, scopes: ['submit'] }) as const
    const works: (number | undefined)[] = []
    const { promise: allRun, resolve } = Promise.withResolvers<void>()
    const { submit, engine, statuses, results } = await harness((_, __, work) => {
      if (works.push(work.key) === 7) resolve()
      return endless()
    })
    const [ours, mine, theirs] = [await submit(2), await submit(2, {}, keyed(1)), await submit(2, {}, keyed(2))]
    const nested = await submit(1, {}, { ...job(mine), key: 1 })
    await allRun
    const ends = async (first: number, count: number) => (await results(first, count)).map(([status]) => status)
    await engine.kill({}, keyed(1))
    expect(await ends(mine, 2)).toEqual(['killed', 'killed'])
    expect(await ends(nested, 1)).toEqual(['killed'])
    for (const first of [ours, theirs]) expect(await statuses(first, 2)).toEqual(['processing', 'processing'])
    expect(new Set(works)).toEqual(new Set([undefined, 1, 2]))
    await engine.kill({}, owner)
    expect(await ends(ours, 2)).toEqual(['killed', 'killed'])
    expect(await statuses(theirs, 2)).toEqual(['processing', 'processing'])
  })

  it('ends a submission that waits by one write at its gate', async () => {
    const { submit, engine, statuses, ports } = await harness(jid => (jid === 1 ? endless() : done()))
    await submit(1)
    const first = await submit(500, { dependsOn: [[1, 1]] })
    const after = await submit(3, { dependsOn: [[first, 500]] })
    await engine.kill({ ranges: [[first, 500]] }, owner)
    expect(new Set(await statuses(first, 500))).toEqual(new Set(['killed']))
    expect((await ports.store.read({ ranges: [[first, 500]] })).flatMap(one => one.runs)).toEqual([])
    await engine.wait({ ranges: [[after, 3]], results: false, wait: 5_000 })
    expect(new Set(await statuses(after, 3))).toEqual(new Set(['stalled']))
  })

  it('ends a part of a submission that waits; the rest runs', async () => {
    const { submit, engine, statuses, results } = await harness(jid => (jid === 1 ? endless() : done()))
    await submit(1)
    const first = await submit(4, { dependsOn: [[1, 1]], dependsOnErrors: 'ignore' })
    await engine.kill({ ranges: [[first + 1, 2]] }, owner)
    expect(await statuses(first, 4)).toEqual(['waiting', 'killed', 'killed', 'waiting'])
    await engine.kill({ ranges: [[1, 1]] }, owner)
    expect((await results(first, 4)).map(([status]) => status)).toEqual(['done', 'killed', 'killed', 'done'])
  })

  it('of a tree takes along what the jobs spawned, and what they spawn at that moment', async () => {
    const { submit, engine, results, statuses } = await harness(endless)
    const root = await submit(1)
    const child = await submit(3, {}, job(root))
    const grandchild = await submit(2, {}, job(child + 2))
    const other = await submit(1)
    await engine.kill({ ranges: [[root, 1]], tree: true }, owner)
    const late = await submit(2, {}, job(grandchild))
    for (const [first, count] of [
      [root, 1],
      [child, 3],
      [grandchild, 2],
      [late, 2],
    ] as const) {
      expect((await results(first, count)).every(([status]) => status === 'killed')).toBe(true)
    }
    expect((await statuses(other, 1))[0]).not.toBe('killed')
  })

  it('without a tree leaves what the jobs spawned', async () => {
    const { submit, engine, results, statuses } = await harness(endless)
    const root = await submit(1)
    const child = await submit(1, {}, job(root))
    await engine.kill({ ranges: [[root, 1]] }, owner)
    await results(root, 1)
    expect((await statuses(child, 1))[0]).not.toBe('killed')
    const late = await submit(1, {}, job(root))
    expect((await statuses(late, 1))[0]).not.toBe('killed')
  })

  it('without ranges ends all that is unfinished: of an owner everything, of a job what it spawned', async () => {
    const { submit, engine, results, statuses } = await harness(endless)
    const root = await submit(2)
    const child = await submit(2, {}, job(root))
    await engine.kill({}, job(root))
    expect((await results(child, 2)).every(([status]) => status === 'killed')).toBe(true)
    expect((await statuses(root, 2)).includes('killed')).toBe(false)
    await engine.kill({}, owner)
    expect((await results(root, 2)).every(([status]) => status === 'killed')).toBe(true)
    await engine.kill({ ranges: [] }, owner)
  })

  it('refuses unknown jobs by name', async () => {
    const { submit, engine } = await harness(undefined, { start: false })
    const first = await submit(5)
    const unknown = engine.kill({ ranges: [[first, 7]] }, owner)
    await expect(unknown).rejects.toMatchObject({ code: 'unknown-job', jid: first + 5 })
  })
})
