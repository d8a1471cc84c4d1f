import { describe, expect, test } from 'vitest'
import type { Cloud } from '../../lib/client/cloud-api.ts'
import { CloudTimeoutError } from '../../lib/protocol/timeout-error.ts'
import { fakeCloud } from './fake-cloud.ts'
import { FakeEngine, open } from './fake-engine.ts'

const job = (x: number): number => x

/** Jobs that stay open until the test ends them. */
function opened(): { engine: FakeEngine; cloud: Cloud } {
  const engine = new FakeEngine(() => open)
  return { engine, cloud: fakeCloud(engine) }
}

/** Numbers to themselves; those below zero fail. */
function immediate(): { engine: FakeEngine; cloud: Cloud } {
  const engine = new FakeEngine(([x]) => {
    if ((x as number) < 0) throw new Error(`${x} is too small`)
    return x
  })
  return { engine, cloud: fakeCloud(engine) }
}

describe('iresult', () => {
  test('gives values in order, whatever the order in which they come', async () => {
    const { engine, cloud } = opened()
    const jids = await cloud.map(job, [1, 2, 3])
    const values = cloud.iresult(jids)
    const first = values.next()
    engine.done(jids.first + 2, 'c')
    engine.done(jids.first + 1, 'b')
    engine.done(jids.first, 'a')
    expect(await first).toEqual({ done: false, value: 'a' })
    expect(await values.next()).toEqual({ done: false, value: 'b' })
    expect(await values.next()).toEqual({ done: false, value: 'c' })
    expect(await values.next()).toEqual({ done: true, value: undefined })
  })

  test('a failing job rejects its next(), and the iteration goes on', async () => {
    const { cloud } = immediate()
    const jids = await cloud.map(job, [1, -2, 3])
    const values = cloud.iresult(jids)
    expect(await values.next()).toEqual({ done: false, value: 1 })
    await expect(values.next()).rejects.toMatchObject({ jid: jids.first + 1, code: 'exception' })
    expect(await values.next()).toEqual({ done: false, value: 3 })
    expect(await values.next()).toMatchObject({ done: true })
  })

  test('timeout holds for each next(), and the same job is waited for again', async () => {
    const { engine, cloud } = opened()
    const jids = await cloud.map(job, [1, 2])
    const values = cloud.iresult(jids, { timeout: '5ms' })
    await expect(values.next()).rejects.toThrow(CloudTimeoutError)
    await expect(values.next()).rejects.toThrow(CloudTimeoutError)
    engine.done(jids.first, 'late')
    await expect.poll(() => engine.hanging).toBeLessThanOrEqual(1)
    expect(await values.next()).toEqual({ done: false, value: 'late' })
    await values.return?.()
  })

  test.each([
    [undefined, 10],
    [3, 3],
    [1_024, 100],
    [0, 100],
  ])('reads ahead by %s: %d of 100', async (numInParallel, expected) => {
    const { engine, cloud } = opened()
    const jids = await cloud.map(
      job,
      Array.from({ length: 100 }, () => 1),
    )
    await using values = cloud.iresult(jids, numInParallel === undefined ? {} : { numInParallel })
    const next = values.next()
    await expect.poll(() => engine.hanging).toBe(1)
    expect(engine.waits).toEqual([[[jids.first, expected]]])
    engine.done(jids.first, 'a')
    expect(await next).toEqual({ done: false, value: 'a' })
  })

  test.each([-1, 1_025, 1.5, '3'])('numInParallel %s is a TypeError', numInParallel => {
    const { cloud } = opened()
    expect(() => cloud.iresult([], { numInParallel: numInParallel as number })).toThrow(TypeError)
  })

  test('leaving the loop ends the reading ahead', async () => {
    const { engine, cloud } = opened()
    const jids = await cloud.map(job, [1, 2, 3])
    engine.done(jids.first, 'a')
    for await (const value of cloud.iresult(jids)) {
      expect(value).toBe('a')
      break
    }
    await expect.poll(() => engine.hanging).toBe(0)
  })
})

describe('completed', () => {
  test('gives jobs as they end, failed ones with their reason', async () => {
    const { engine, cloud } = opened()
    const jids = await cloud.map(job, [1, 2, 3])
    const seen: unknown[] = []
    const end = [
      () => engine.fail(jids.first, { code: 'oom', message: 'it ate too much' }),
      () => engine.done(jids.first + 1, 'b'),
    ]
    engine.done(jids.first + 2, 'c')
    for await (const settled of cloud.completed(jids)) {
      seen.push(settled.status === 'done' ? settled.value : [settled.jid, settled.reason.code])
      end.shift()?.()
    }
    expect(seen).toEqual(['c', [jids.first, 'oom'], 'b'])
  })

  test('each jid once; none for none', async () => {
    const { cloud } = immediate()
    const jid = await cloud.call(job, 4)
    const seen: unknown[] = []
    for await (const { status } of cloud.completed([jid, jid])) seen.push(status)
    for await (const { status } of cloud.completed([])) seen.push(status)
    expect(seen).toEqual(['done'])
  })

  test('leaving the loop, or a timeout, ends the wait', async () => {
    const { engine, cloud } = opened()
    const jids = await cloud.map(job, [1, 2])
    engine.done(jids.first, 'a')
    for await (const { jid } of cloud.completed(jids)) {
      expect(jid).toBe(jids.first)
      break
    }
    await expect.poll(() => engine.hanging).toBe(0)
    const late = cloud.completed([...jids].slice(1), { timeout: '5ms' })[Symbol.asyncIterator]()
    await expect(late.next()).rejects.toThrow(CloudTimeoutError)
    await expect.poll(() => engine.hanging).toBe(0)
  })
})

describe('callbacks', () => {
  test('run in order, once, with the jid; the others whatever one throws', async () => {
    const { engine, cloud } = opened()
    const calls: unknown[] = []
    const warnings: string[] = []
    const onWarning = (warning: Error): void => void warnings.push(warning.message)
    process.on('warning', onWarning)
    const { promise, resolve } = Promise.withResolvers<void>()
    const callback = [
      (jid: unknown) => void calls.push(['first', jid]),
      () => {
        throw new Error('mine')
      },
      (jid: unknown) => {
        calls.push(['third', jid])
        resolve()
      },
    ]
    const jid = await cloud.with({ callback, callbackOnError: () => void calls.push('error') }).call(job, 1)
    engine.done(Number(jid), 1)
    await promise
    expect(calls).toEqual([['first', jid], ['third', jid]]) // biome-ignore format: one line
    await expect.poll(() => warnings.join()).toContain('mine')
    process.off('warning', onWarning)
  })

  test.each(['error', 'killed', 'stalled'] as const)('callbackOnError runs on %s', async status => {
    const { engine, cloud } = opened()
    const called = Promise.withResolvers<unknown>()
    const options = { callback: () => called.reject(new Error('wrong one')), callbackOnError: called.resolve }
    const jid = await cloud.with(options).call(job, 1)
    engine.fail(Number(jid), { code: status === 'error' ? 'exception' : status, message: 'so' }, status)
    expect(await called.promise).toBe(jid)
  })

  test('for each job of a map', async () => {
    const { cloud } = immediate()
    const ended: number[] = []
    const failed: number[] = []
    const all = Promise.withResolvers<void>()
    const note = (list: number[]) => (jid: unknown) => {
      list.push(Number(jid))
      if (ended.length + failed.length === 4) all.resolve()
    }
    const jids = await cloud.with({ callback: note(ended), callbackOnError: note(failed) }).map(job, [1, -1, 2, -2])
    await all.promise
    expect(ended).toEqual([jids.first, jids.first + 2])
    expect(failed).toEqual([jids.first + 1, jids.first + 3])
  })
})

describe('a signal given at submit', () => {
  test('kills the jobs when it aborts', async () => {
    const { cloud } = opened()
    const controller = new AbortController()
    const submit = cloud.with({ signal: controller.signal })
    const jid = await submit.call(job, 1)
    const jids = await submit.map(job, [1, 2])
    controller.abort()
    await expect(cloud.result(jid)).rejects.toMatchObject({ code: 'killed' })
    await expect.poll(() => cloud.status(jids)).toEqual(['killed', 'killed'])
  })
})
