import { expect, test } from 'vitest'
import { fakeCloud } from '../fake-cloud.ts'
import { FakeEngine, open } from '../fake-engine.ts'

const job = (x: number): number => x
const numbers = (count: number): number[] => Array.from({ length: count }, (_, index) => index)

function echo(): FakeEngine {
  return new FakeEngine(([x]) => {
    if ((x as number) < 0) throw new Error(`${x} is too small`)
    return x
  })
}

test.each([0, 1, 499, 500, 501, 2_345])('gives all %d values in order, with few requests', async count => {
  const engine = echo()
  const seen: number[] = []
  for await (const value of fakeCloud(engine).map(job, numbers(count))) seen.push(value)
  expect(seen).toEqual(numbers(count))
  expect(engine.waits.length).toBeLessThanOrEqual(2 + count / 250)
})

test('in order, whatever the order in which they come; a value as soon as those before it', async () => {
  const engine = new FakeEngine(() => open)
  const handle = fakeCloud(engine).map(job, numbers(3))
  const { first } = await handle
  const values = handle[Symbol.asyncIterator]()
  const next = values.next()
  engine.done(first + 2, 'c')
  engine.done(first, 'a')
  expect(await next).toEqual({ done: false, value: 'a' })
  const second = values.next()
  engine.done(first + 1, 'b')
  expect([await second, await values.next(), await values.next()]).toEqual([
    { done: false, value: 'b' },
    { done: false, value: 'c' },
    { done: true, value: undefined },
  ])
})

test('a failed job ends it with its error, and the waits with it', async () => {
  const engine = new FakeEngine(([x]) => {
    if (x === 1) throw new Error('one is too many')
    return x === 0 ? 0 : open
  })
  const seen: number[] = []
  const walk = async (): Promise<void> => {
    for await (const value of fakeCloud(engine).map(job, numbers(700))) seen.push(value)
  }
  await expect(walk()).rejects.toMatchObject({ code: 'exception' })
  expect(seen).toEqual([0])
  await expect.poll(() => engine.hanging).toBe(0)
})

test('leaving the loop ends the waits; the jobs stay', async () => {
  const engine = new FakeEngine(([x]) => (x === 0 ? 0 : open))
  const handle = fakeCloud(engine).map(job, numbers(700))
  for await (const value of handle) {
    expect(value).toBe(0)
    break
  }
  await expect.poll(() => engine.hanging).toBe(0)
  await handle
  expect(engine.killed).toEqual([])
})

test('large results are fetched; two loops over one map see the same', async () => {
  const handle = fakeCloud(new FakeEngine(([x]) => new Uint8Array(x as number).fill(3))).map(
    (size: number) => new Uint8Array(size),
    [10, 50_000, 20, 60_000],
  )
  for (let turn = 0; turn < 2; turn++) {
    const sizes: number[] = []
    for await (const value of handle) sizes.push(value.filter(byte => byte === 3).length)
    expect(sizes).toEqual([10, 50_000, 20, 60_000])
  }
})

test('what the map itself fails with is thrown after the values that came before', async () => {
  function* items(): Generator<number> {
    yield* numbers(600)
    throw new RangeError('no more')
  }
  const seen: number[] = []
  const walk = async (): Promise<void> => {
    for await (const value of fakeCloud(echo()).map(job, items())) seen.push(value)
  }
  await expect(walk()).rejects.toThrow('no more')
  expect(seen).toEqual(numbers(seen.length))
})

test('what passes by is not kept: a result asked for afterwards is fetched', async () => {
  const engine = echo()
  const cloud = fakeCloud(engine)
  const handle = cloud.map(job, numbers(10))
  const { first } = await handle
  for await (const value of handle) expect(value).toBeLessThan(10)
  const before = engine.waits.length
  expect(await cloud.result(first as never)).toBe(0)
  expect(engine.waits.length).toBe(before + 1)
})

test('… unless somebody else waits for it', async () => {
  const engine = new FakeEngine(() => open)
  const cloud = fakeCloud(engine)
  const handle = cloud.map(job, numbers(2))
  const { first } = await handle
  const values = handle[Symbol.asyncIterator]()
  const [next, both] = [values.next(), handle.result()]
  await expect.poll(() => engine.hanging).toBeGreaterThan(0)
  engine.done(first, 'a')
  engine.done(first + 1, 'b')
  expect([await next, await both]).toEqual([{ done: false, value: 'a' }, ['a', 'b']])
  const before = engine.waits.length
  expect(await cloud.result(first as never)).toBe('a')
  expect(engine.waits.length).toBe(before)
  await values.return?.()
})
