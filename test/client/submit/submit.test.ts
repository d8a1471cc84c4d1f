import { describe, expect, test } from 'vitest'
import { CloudException } from '../../../lib/protocol/errors.ts'
import type { Fetch } from '../../../lib/protocol/message.ts'
import { fakeCloud, overBytes } from '../fake-cloud.ts'
import { FakeEngine, open } from '../fake-engine.ts'

const double = (x: number): number => 2 * x

describe('call', () => {
  test('calls of one tick leave as one submission, in one request, on consecutive jids', async () => {
    const engine = new FakeEngine()
    const { call } = fakeCloud(engine)
    const jids = await Promise.all(Array.from({ length: 250 }, (_, index) => call(double, index)))
    expect(jids).toEqual(Array.from({ length: 250 }, (_, index) => index + 1))
    expect(engine.submits.map(({ submissions }) => submissions.length)).toEqual([1])
    expect(engine.submits[0]?.submissions[0]?.segments.map(({ first, count }) => [first, count])).toEqual([
      [1, 100],
      [101, 100],
      [201, 50],
    ])
  })

  test('a function’s bundle is sent once', async () => {
    const engine = new FakeEngine()
    const { call } = fakeCloud(engine)
    await call(double, 1)
    await call(double, 2)
    expect(engine.submits.map(({ bundles }) => bundles?.length ?? 0)).toEqual([1, 0])
  })

  test('a bundle that the service lost is put again', async () => {
    const engine = new FakeEngine()
    const { call } = fakeCloud(engine)
    await call(double, 1)
    engine.bundles.clear()
    await call(double, 2)
    expect(engine.jobs.size).toBe(2)
    expect(engine.bundles.size).toBe(1)
  })

  test('more than fits into one request is split', async () => {
    const engine = new FakeEngine()
    const { call } = fakeCloud(engine)
    const jids = await Promise.all(Array.from({ length: 6_000 }, () => call(double, 1)))
    expect(new Set(jids).size).toBe(6_000)
    expect(engine.jobs.size).toBe(6_000)
    expect(engine.submits.length).toBeGreaterThan(1)
  })

  test('large arguments travel as blobs', async () => {
    const engine = new FakeEngine()
    const { call } = fakeCloud(engine)
    const jid = await call((bytes: Uint8Array) => bytes.length, new Uint8Array(40_000).fill(7))
    const [bytes] = engine.argsOf(engine.jobs.get(Number(jid)) as never) as [Uint8Array]
    expect(engine.blobs.size).toBe(1)
    expect(bytes).toEqual(new Uint8Array(40_000).fill(7))
  })

  test.each([10, 40_000])('%d bytes are taken as they are at the call', async size => {
    const engine = new FakeEngine()
    const { call } = fakeCloud(engine)
    const bytes = new Uint8Array(size).fill(7)
    const submitted = call((given: Uint8Array) => given.length, bytes)
    bytes.fill(8)
    const jid = await submitted
    expect(engine.argsOf(engine.jobs.get(Number(jid)) as never)).toEqual([new Uint8Array(size).fill(7)])
  })

  test('what is refused before anything is sent rejects, and sends nothing', async () => {
    const engine = new FakeEngine()
    const cloud = fakeCloud(engine)
    await expect(cloud.call(7 as never)).rejects.toThrow(TypeError)
    await expect(cloud.call(double, ...([1, 2] as unknown as [number]))).rejects.toThrow(/takes at most 1 argument/)
    await expect(cloud.call((it: unknown) => it, new WeakMap())).rejects.toMatchObject({ code: 'value' })
    await expect(cloud.with({ signal: AbortSignal.abort() }).call(double, 1)).rejects.toMatchObject({ code: 'aborted' })
    expect(engine.submits).toEqual([])
    expect(engine.leases).toEqual([])
  })

  test('methods may be taken off', async () => {
    const { call, map, result, with: withOptions } = fakeCloud(new FakeEngine(([x]) => 2 * (x as number)))
    expect(await result(await call(double, 4))).toBe(8)
    expect(await result(await map(double, [1, 2]))).toEqual([2, 4])
    expect(await withOptions({ label: 'a' }).call(double, 5).result()).toBe(10)
  })

  test('everything works over bytes as over references', async () => {
    const engine = new FakeEngine(([x]) => x)
    const cloud = overBytes(engine)
    const large = new Uint8Array(50_000).fill(3)
    expect(await cloud.call((x: unknown) => x, { a: [1, large] }).result()).toEqual({ a: [1, large] })
    expect(await cloud.map((x: unknown) => x, [1, 'a', null]).result()).toEqual([1, 'a', null])
  })
})

describe('options', () => {
  test('travel with their units made one', async () => {
    const engine = new FakeEngine()
    const before = Date.now()
    const dependency = await fakeCloud(engine).call(double, 1)
    const options = { label: 'l', maxRuntime: '2m', startAfter: 10, retries: 2, dependsOn: dependency } as const
    await fakeCloud(engine)
      .with({ ...options, profile: true })
      .call(double, 2)
    const { startAt, ...rest } = engine.submits.at(-1)?.submissions[0]?.options ?? {}
    expect(rest).toEqual({ label: 'l', maxRuntime: 120_000, retries: 2, profile: true, dependsOn: [[1, 1]] })
    expect(startAt).toBeGreaterThanOrEqual(before + 10_000)
  })

  test.each([
    [{ label: '' }],
    [{ label: 'x'.repeat(257) }],
    [{ retries: -1 }],
    [{ retries: 101 }],
    [{ maxRuntime: '8 days' }],
    [{ maxRuntime: '169h' }],
    [{ startAfter: new Date(Number.NaN) }],
    [{ fastSerialization: 3 }],
    [{ restartable: 1 }],
    [{ dependsOn: 'x' }],
    [{ dependsOnErrors: 'retry' }],
    [{ signal: {} }],
    [{ callback: 1 }],
    [{ callbackOnError: [() => 1, 2] }],
    [{ tag: 'x' }],
    [null],
  ])('%j is a TypeError that says what is taken', options => {
    expect(() => fakeCloud(new FakeEngine()).with(options as never)).toThrow(TypeError)
  })

  test.each([
    [{ label: 'x'.repeat(256) }],
    [{ retries: 100 }],
    [{ maxRuntime: '168h' }],
    [{ dependsOn: [] }],
    [{ callback: [] }],
  ])('%j is taken', options => {
    expect(() => fakeCloud(new FakeEngine()).with(options as never)).not.toThrow()
  })
})

describe('references', () => {
  test('stand in the arguments and become dependencies', async () => {
    const engine = new FakeEngine(() => open)
    const cloud = fakeCloud(engine)
    const jids = await cloud.map(double, [1, 2, 3])
    await cloud.call((all: number[]) => all.length, cloud.ref(jids))
    const [submission] = engine.submits.at(-1)?.submissions ?? []
    expect(submission?.options.dependsOn).toEqual([[1, 3]])
    const job = engine.jobs.get(submission?.id as number)
    expect(engine.argsOf(job as never)).toEqual([{ ranges: [[1, 3]], many: true }])
  })

  test('a map of them waits part by part', async () => {
    const engine = new FakeEngine(() => open)
    const cloud = fakeCloud(engine)
    const jids = await cloud.map(
      double,
      Array.from({ length: 250 }, (_, index) => index),
    )
    engine.submits.length = 0
    const next = await cloud.map(double, cloud.refs(jids))
    expect(next.count).toBe(250)
    const parts = engine.submits.flatMap(({ submissions }) => submissions)
    expect(parts.map(({ options }) => options.dependsOn)).toEqual([[[1, 100]], [[101, 100]], [[201, 50]]])
    expect(parts.every(({ open: isOpen }) => !isOpen)).toBe(true)
  })

  test.each([[undefined], ['7'], [{}]])('of %s is refused', of => {
    expect(() => fakeCloud(new FakeEngine()).ref(of as never)).toThrow(TypeError)
  })
})

describe('when the service falters', () => {
  /** Lets the first `count` requests to a path be answered, and loses the answers. */
  function losing(path: string, count: number): (fetch: Fetch) => Fetch {
    let left = count
    return fetch => async request => {
      const response = await fetch(request)
      if (new URL(request.url).pathname !== path || left-- <= 0) return response
      throw new TypeError('fetch failed')
    }
  }

  test('a submit whose answer was lost comes again with the same jids', async () => {
    const engine = new FakeEngine(([x]) => x)
    const cloud = fakeCloud(engine, losing('/v1/jobs', 2))
    expect(await cloud.result(await cloud.call((x: number) => x, 5))).toBe(5)
    expect(engine.submits).toHaveLength(3)
    expect(new Set(engine.submits.map(({ submissions }) => submissions[0]?.id))).toEqual(new Set([1]))
    expect(engine.jobs.size).toBe(1)
  })

  test('so does one whose answer would have brought the result', async () => {
    const engine = new FakeEngine(([x]) => x)
    engine.holds = true
    const cloud = fakeCloud(engine, losing('/v1/jobs/call', 2))
    expect(await cloud.call((x: number) => x, 5).result()).toBe(5)
    expect(engine.submits).toHaveLength(3)
    expect(engine.jobs.size).toBe(1)
  })

  test('a lost wait is asked again', async () => {
    const cloud = fakeCloud(new FakeEngine(([x]) => x), losing('/v1/jobs/wait', 1))
    expect(await cloud.call((x: number) => x, 5).result()).toBe(5)
  })

  test('what does not pass is not tried again', async () => {
    const engine = new FakeEngine()
    let tries = 0
    engine.submit = async () => {
      tries++
      throw new CloudException('No.', { code: 'forbidden' })
    }
    await expect(fakeCloud(engine).call(double, 1)).rejects.toMatchObject({ code: 'forbidden', message: 'No.' })
    expect(tries).toBe(1)
  })
})
