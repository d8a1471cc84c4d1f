import { describe, expect, test } from 'vitest'
import type { Fetch } from '../../lib/protocol/message.ts'
import { fakeCloud } from './fake-cloud.ts'
import { FakeEngine, open } from './fake-engine.ts'

const job = (x: unknown): unknown => x
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

async function* slowly(count: number): AsyncGenerator<number> {
  for (const number of numbers(count)) {
    await Promise.resolve()
    yield number
  }
}

function echo(): FakeEngine {
  return new FakeEngine(([x]) => x)
}

describe('map', () => {
  test('walks several sequences side by side, the shorter padded', async () => {
    const cloud = fakeCloud(new FakeEngine(args => args))
    const jids = await cloud.map((a, b, c) => [a, b, c], [1], new Set(['x', 'y']), slowly(3))
    const rows = [[1, 'x', 0], [undefined, 'y', 1], [undefined, undefined, 2]] // biome-ignore format: one line
    expect(await cloud.result(jids)).toEqual(rows)
  })

  test('empty input gives an empty range, and asks nothing of the service', async () => {
    const engine = echo()
    const cloud = fakeCloud(engine)
    for (const items of [[], new Set<number>(), slowly(0)]) {
      const jids = await cloud.map(job, items as number[])
      expect(jids.count).toBe(0)
      expect(await cloud.result(jids)).toEqual([])
    }
    expect(engine.submits).toEqual([])
  })

  test('no iterable, or something else, is a TypeError', async () => {
    const { map } = fakeCloud(echo())
    await expect((map as (fn: unknown) => Promise<unknown>)(job)).rejects.toThrow(TypeError)
    await expect(map(job, 7 as never)).rejects.toThrow(TypeError)
    await expect(map(7 as never, [1])).rejects.toThrow(TypeError)
  })

  test('one of known length has one range of jids, from the start of a block', async () => {
    const engine = echo()
    const cloud = fakeCloud(engine)
    await cloud.call(job, 1)
    const jids = await cloud.map(job, numbers(1_234))
    expect(jids.ranges).toEqual([[101, 1_234]])
    const parts = engine.submits.flatMap(({ submissions }) => submissions).slice(1)
    expect(new Set(parts.map(({ id }) => id))).toEqual(new Set([101]))
    expect(parts.map(({ open: isOpen }) => isOpen === true)).toEqual([true, false])
    expect(await cloud.result(jids)).toEqual(numbers(1_234))
  })

  test('one of unknown length is sealed by its last part', async () => {
    const engine = echo()
    const cloud = fakeCloud(engine)
    const jids = await cloud.map(job, slowly(2_500))
    expect(jids.count).toBe(2_500)
    expect(engine.open.size).toBe(0)
    expect(await cloud.result(jids)).toEqual(numbers(2_500))
  })

  test('one that ends exactly with a portion is sealed all the same', async () => {
    const engine = echo()
    const cloud = fakeCloud(engine)
    const jids = await cloud.map(job, slowly(500))
    expect(jids.count).toBe(500)
    expect(engine.open.size).toBe(0)
  })

  test('takes items only as fast as they are accepted', async () => {
    const engine = echo()
    let taken = 0
    let most = 0
    function* counted(): Generator<number> {
      for (; taken < 20_000; taken++) {
        most = Math.max(most, taken - engine.jobs.size)
        yield taken
      }
    }
    const jids = await fakeCloud(engine).map(job, counted())
    expect(jids.count).toBe(20_000)
    expect(most).toBeLessThanOrEqual(10_001)
  })

  test('leaves turns of the event loop to others', async () => {
    const cloud = fakeCloud(echo())
    let turns = 0
    const count = (): void => {
      turns++
      timer = setImmediate(count)
    }
    let timer = setImmediate(count)
    await cloud.map(job, numbers(10_000))
    clearImmediate(timer)
    expect(turns).toBeGreaterThanOrEqual(3)
  })

  test('large items make small requests', async () => {
    const engine = echo()
    const cloud = fakeCloud(engine)
    const items = numbers(300).map(index => 'x'.repeat(30_000) + index)
    const jids = await cloud.map(job, items)
    expect(engine.submits.length).toBeGreaterThan(2)
    expect(await cloud.result(jids)).toEqual(items)
  })

  test('items too large for a request become blobs', async () => {
    const engine = echo()
    const cloud = fakeCloud(engine)
    const items = numbers(5).map(index => new Uint8Array(2_000_000).fill(index))
    const jids = await cloud.map((bytes: Uint8Array) => bytes, items)
    expect(engine.blobs.size).toBe(5)
    expect(engine.argsOf(engine.jobs.get(jids.first + 4) as never)).toEqual([items[4]])
  })

  test('an item that can’t travel fails the map by name, and ends what had started', async () => {
    const engine = new FakeEngine(() => open)
    const cloud = fakeCloud(engine)
    function* items(): Generator<unknown> {
      yield* numbers(1_000)
      yield new WeakMap()
    }
    await expect(cloud.map(job, items())).rejects.toMatchObject({ code: 'value' })
    expect([...engine.jobs.values()].every(({ status }) => status === 'killed')).toBe(true)
  })

  test('a sequence that throws fails the map with its error, and is let go', async () => {
    const engine = echo()
    let let_go = false
    async function* items(): AsyncGenerator<number> {
      yield 1
      throw new Error('no more paper')
    }
    function* endless(): Generator<number> {
      try {
        for (;;) yield 1
      } finally {
        let_go = true
      }
    }
    await expect(fakeCloud(engine).map((a, b) => [a, b], items(), endless())).rejects.toThrow('no more paper')
    expect(let_go).toBe(true)
  })

  test('when a part is refused the map fails, and what was accepted is killed', async () => {
    const engine = new FakeEngine(() => open)
    let submits = 0
    const failing =
      (fetch: Fetch): Fetch =>
      request => {
        const isSubmit = request.method === 'POST' && new URL(request.url).pathname === '/v1/jobs'
        if (!isSubmit || ++submits < 3) return fetch(request)
        return Promise.resolve(Object.assign(new Response('{}', { status: 413 })))
      }
    await expect(fakeCloud(engine, failing).map(job, numbers(5_000))).rejects.toMatchObject({ code: 'too-large' })
    expect(engine.killed).toHaveLength(1)
    expect([...engine.jobs.values()].every(({ status }) => status === 'killed')).toBe(true)
  })

  test('is walked value by value while parts still leave', async () => {
    const cloud = fakeCloud(echo())
    const { promise: gate, resolve: openGate } = Promise.withResolvers<void>()
    async function* items(): AsyncGenerator<number> {
      yield* numbers(600)
      await gate
      yield 600
    }
    const seen: unknown[] = []
    for await (const value of cloud.map(job, items())) {
      if (seen.push(value) === 100) openGate()
    }
    expect(seen).toEqual(numbers(601))
  })
})
