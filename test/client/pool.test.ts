import { describe, expect, test } from 'vitest'
import { CloudTimeoutError } from '../../lib/protocol/timeout-error.ts'
import { fakeCloud } from './fake-cloud.ts'
import { FakeEngine, open } from './fake-engine.ts'

const job = (x: number): number => x

function doubling() {
  const engine = new FakeEngine(([x]) => {
    if (x === -1) return open
    if ((x as number) < 0) throw new Error('too small')
    return 2 * (x as number)
  })
  return { engine, pool: fakeCloud(engine).pool() }
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const found: T[] = []
  for await (const value of values) found.push(value)
  return found
}

describe('Pool', () => {
  test('apply gives a promise of the value', async () => {
    const { pool } = doubling()
    expect(await pool.apply(job, [2])).toBe(4)
    expect(await pool.map(job, [1, 2])).toEqual([2, 4])
    expect(await all(pool.imap(job, [1, 2, 3]))).toEqual([2, 4, 6])
    expect((await all(pool.imapUnordered(job, [1, 2, 3]))).sort()).toEqual([2, 4, 6])
  })

  test('applyAsync and mapAsync give handles', async () => {
    const { pool } = doubling()
    const one = pool.applyAsync(job, [2])
    expect(one.ready()).toBe(false)
    expect(() => one.successful()).toThrow(expect.objectContaining({ code: 'not-finished' }))
    expect(await one.get()).toBe(4)
    expect(one.ready()).toBe(true)
    expect(one.successful()).toBe(true)
    expect(await pool.mapAsync(job, [1, 2]).get(5)).toEqual([2, 4])
  })

  test('a failed one says so, and unheard of it disturbs nobody', async () => {
    const { pool } = doubling()
    const failed = pool.applyAsync(job, [-2])
    await failed.wait()
    expect(failed.successful()).toBe(false)
    await expect(failed.get()).rejects.toMatchObject({ code: 'exception' })
    const quiet = pool.applyAsync(job, [-2], () => undefined)
    await expect(quiet.wait()).resolves.toBeUndefined()
  })

  test('timeouts really hold, and leave the job running', async () => {
    const { engine, pool } = doubling()
    const late = pool.applyAsync(job, [-1])
    await expect(late.get('5ms')).rejects.toThrow(CloudTimeoutError)
    expect(await late.wait('5ms')).toBeUndefined()
    expect(late.ready()).toBe(false)
    engine.done(1, 'there')
    expect(await late.get(60)).toBe('there')
  })

  test('a callback gets the value', async () => {
    const { pool } = doubling()
    const { promise, resolve } = Promise.withResolvers<number>()
    pool.applyAsync(job, [4], resolve)
    expect(await promise).toBe(8)
  })

  test.each(['close', 'join', 'terminate'] as const)('%s is not supported, and says what is', method => {
    expect(() => doubling().pool[method]()).toThrow(expect.objectContaining({ code: 'unsupported' }))
  })

  test('neither are an initializer, arguments by name and callbacks on map', async () => {
    const { pool } = doubling()
    const cloud = fakeCloud(new FakeEngine())
    const unsupported = { code: 'unsupported' }
    const loose = pool as unknown as Record<string, (...args: unknown[]) => unknown>
    expect(() => (cloud.pool as (...args: unknown[]) => unknown)(4, () => 1)).toThrow(
      expect.objectContaining(unsupported),
    )
    await expect(loose['apply']?.(job, [1], { x: 1 })).rejects.toMatchObject(unsupported)
    await expect(loose['map']?.(job, [1], 1, () => 1)).rejects.toMatchObject(unsupported)
    expect(() => loose['mapAsync']?.(job, [1], 1, () => 1)).toThrow(expect.objectContaining(unsupported))
  })

  test.each([0, -1, 1.5, 'x'])('chunksize %s is a TypeError', async chunksize => {
    await expect(doubling().pool.map(job, [1], chunksize as number)).rejects.toThrow(TypeError)
  })

  test('arguments come as an array', async () => {
    await expect(doubling().pool.apply(job, 5 as never)).rejects.toThrow(TypeError)
  })
})
