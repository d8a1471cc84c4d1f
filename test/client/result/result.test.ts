import { describe, expect, test } from 'vitest'
import type { Cloud } from '../../../lib/client/cloud-api.ts'
import { capture } from '../../../lib/closure/capture.ts'
import { encodeParcel } from '../../../lib/closure/parcel.ts'
import { CloudException } from '../../../lib/protocol/errors.ts'
import { CloudTimeoutError } from '../../../lib/protocol/timeout-error.ts'
import { gather } from '../../../lib/value/encode.ts'
import { fakeCloud } from '../fake-cloud.ts'
import { FakeEngine, open } from '../fake-engine.ts'

class OutOfPaper extends Error {
  readonly tray: number

  constructor(tray: number) {
    super(`Tray ${tray} is empty.`)
    this.tray = tray
  }
}

/** Runs numbers to their doubles; -1 leaves the job open, others below zero fail. */
function doubling(): { engine: FakeEngine; cloud: Cloud } {
  const engine = new FakeEngine(([x]) => {
    if (x === -1) return open
    if ((x as number) < 0) throw new RangeError(`${x} is too small`)
    return 2 * (x as number)
  })
  return { engine, cloud: fakeCloud(engine) }
}
const job = (x: number): number => x

describe('shapes', () => {
  test('one jid gives one value, an iterable an array, ranges nest', async () => {
    const { cloud } = doubling()
    const jid = await cloud.call(job, 1)
    const range = await cloud.map(job, [2, 3])
    expect(await cloud.result(jid)).toBe(2)
    expect(await cloud.result(range)).toEqual([4, 6])
    expect(await cloud.result([range, jid])).toEqual([[4, 6], 2])
    expect(await cloud.result(new Set([jid]))).toEqual([2])
    expect(await cloud.result([jid, jid])).toEqual([2, 2])
    expect(await cloud.result([])).toEqual([])
    expect(await cloud.result(Number(jid))).toBe(2)
    expect(await cloud.status([range, jid])).toEqual([['done', 'done'], 'done'])
    expect(await cloud.status(jid)).toBe('done')
  })

  test('an unknown jid is named', async () => {
    const { cloud } = doubling()
    await expect(cloud.result(77)).rejects.toMatchObject({ code: 'unknown-job', jid: 77 })
    await expect(cloud.status(77)).rejects.toMatchObject({ code: 'unknown-job', jid: 77 })
  })

  test('an unknown jid fails only those who wait for it', async () => {
    const { engine, cloud } = doubling()
    const jid = await cloud.call(job, -1)
    const good = cloud.result(jid)
    await expect(cloud.result(77)).rejects.toMatchObject({ jid: 77 })
    engine.done(Number(jid), 'well')
    expect(await good).toBe('well')
  })
})

describe('failures', () => {
  test('name the job, carry the remote error, and end with where it was asked', async () => {
    const { cloud } = doubling()
    const jid = await cloud.call(job, -5)
    const error = (await cloud.result(jid).catch((caught: unknown) => caught)) as CloudException
    expect(error).toBeInstanceOf(CloudException)
    expect(error).toMatchObject({ jid: Number(jid), code: 'exception', status: 'error' })
    expect(error.cause).toBeInstanceOf(RangeError)
    expect((error.cause as Error).message).toBe('-5 is too small')
    expect(error.message).toContain('-5 is too small')
    const [remote, local] = (error.stack ?? '').split('[here its result was asked for]')
    expect(remote).toContain('fake-engine.ts')
    expect(local).toContain('result.test.ts')
    expect(local).not.toContain('lib/client')
  })

  test('the cause is of the caller’s own class where it knows it', async () => {
    const engine = new FakeEngine(() => open)
    const cloud = fakeCloud(engine)
    const print = (): never => {
      throw new OutOfPaper(3)
    }
    const jid = await cloud.call(print)
    // As a worker does, which has the class from the function's bundle.
    const value = Buffer.from(gather(encodeParcel(new OutOfPaper(3), { known: [capture(print)] }))).toString('base64')
    engine.fail(Number(jid), { code: 'exception', message: 'Tray 3 is empty.', value })
    const error = (await cloud.result(jid).catch((caught: unknown) => caught)) as CloudException
    expect(error.cause).toBeInstanceOf(OutOfPaper)
    expect((error.cause as OutOfPaper).tray).toBe(3)
  })

  test('of several jobs the first that is known ends the wait, while others run', async () => {
    const { cloud } = doubling()
    const jids = await cloud.map(job, [1, -1, -7])
    await expect(cloud.result(jids)).rejects.toMatchObject({ jid: jids.first + 2 })
    await expect(cloud.join(jids)).rejects.toMatchObject({ jid: jids.first + 2, code: 'exception' })
  })

  test('ignoreErrors waits for all and puts exceptions in their slots', async () => {
    const { cloud } = doubling()
    const jids = await cloud.map(job, [1, -7, 3])
    const [first, second, third] = await cloud.result(jids, { ignoreErrors: true })
    expect([first, third]).toEqual([2, 6])
    expect(second).toBeInstanceOf(CloudException)
    expect(second).toMatchObject({ jid: jids.first + 1 })
    expect(await cloud.join(jids, { ignoreErrors: true })).toBeUndefined()
  })

  test('a killed job says so', async () => {
    const { cloud } = doubling()
    const jid = await cloud.call(job, -1)
    await cloud.kill(jid)
    await expect(cloud.result(jid)).rejects.toMatchObject({ code: 'killed', status: 'killed' })
  })
})

describe('ends of a wait', () => {
  test('a timeout throws and leaves the job running', async () => {
    const { engine, cloud } = doubling()
    const jid = await cloud.call(job, -1)
    const error = await cloud.result(jid, { timeout: '5ms' }).catch((caught: unknown) => caught)
    expect(error).toBeInstanceOf(CloudTimeoutError)
    expect(error).toBeInstanceOf(CloudException)
    engine.done(Number(jid), 4)
    expect(await cloud.result(jid, { timeout: 60 })).toBe(4)
  })

  test('a signal ends it with its reason', async () => {
    const { cloud } = doubling()
    const jid = await cloud.call(job, -1)
    const controller = new AbortController()
    const result = cloud.result(jid, { signal: controller.signal })
    controller.abort('enough')
    await expect(result).rejects.toMatchObject({ code: 'aborted', cause: 'enough' })
    await expect(cloud.result(jid, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'aborted' })
    expect(await cloud.status(jid)).toBe('queued')
  })

  test('nothing hangs once nobody waits', async () => {
    const { engine, cloud } = doubling()
    const jid = await cloud.call(job, -1)
    await expect(cloud.result(jid, { timeout: '1ms' })).rejects.toThrow(CloudTimeoutError)
    await expect.poll(() => engine.hanging).toBe(0)
  })

  test.each([
    [{ timeout: '30 seconds' }],
    [{ timeout: -1 }],
    [{ signal: {} }],
    [{ ignoreErrors: 1 }],
    [{ progress: 'yes' }],
    [{ time: 1 }],
  ])('%j is a TypeError', async options => {
    const { cloud } = doubling()
    await expect(cloud.result(1, options as never)).rejects.toThrow(TypeError)
  })

  test('close ends waits, and later use, with code closed', async () => {
    const { cloud } = doubling()
    const jid = await cloud.call(job, -1)
    const result = cloud.result(jid)
    const closed = expect(result).rejects.toMatchObject({ code: 'closed' })
    await Promise.resolve()
    expect(await cloud.close()).toBe(true)
    expect(await cloud.close()).toBe(false)
    await closed
    await expect(cloud.result(jid)).rejects.toMatchObject({ code: 'closed' })
  })
})

describe('one waiter', () => {
  test('covers many waits with few requests', async () => {
    const { engine, cloud } = doubling()
    const jids = await Promise.all(Array.from({ length: 500 }, () => cloud.call(job, -1)))
    const results = Promise.all(jids.map(jid => cloud.result(jid)))
    await expect.poll(() => engine.hanging).toBe(1)
    expect(engine.waits).toEqual([[[1, 500]]])
    for (const jid of jids) engine.done(Number(jid), Number(jid))
    expect(await results).toEqual(jids.map(Number))
  })

  test('takes up new waits while others hang', async () => {
    const { engine, cloud } = doubling()
    const jids = await cloud.map(
      job,
      Array.from({ length: 20 }, () => -1),
    )
    const results: Promise<unknown>[] = []
    for (const [index, jid] of [...jids].entries()) {
      results.push(cloud.result(jid))
      if (index % 3 === 0) await new Promise(resolve => setImmediate(resolve))
    }
    expect(engine.hanging).toBeLessThanOrEqual(4)
    for (const jid of [...jids].reverse()) engine.done(Number(jid), `of ${jid}`)
    expect(await Promise.all(results)).toEqual([...jids].map(jid => `of ${jid}`))
  })

  test('a join and a result of the same job are both served', async () => {
    const { engine, cloud } = doubling()
    const jids = await cloud.map(job, [-1, -1])
    const joined = cloud.join(jids)
    await expect.poll(() => engine.hanging).toBe(1)
    const result = cloud.result(jids)
    for (const jid of jids) engine.done(Number(jid), 'here')
    expect(await joined).toBeUndefined()
    expect(await result).toEqual(['here', 'here'])
  })

  test('results are kept: asked for again they cost no request, and are values of their own', async () => {
    const engine = new FakeEngine(() => ({ bytes: new Uint8Array(8_000), list: [1] }))
    const cloud = fakeCloud(engine)
    const jid = await cloud.call(() => ({ bytes: new Uint8Array(0), list: [0] }))
    const first = await cloud.result(jid)
    first.bytes.fill(9)
    first.list.push(2)
    const waits = engine.waits.length
    expect(await cloud.result(jid)).toEqual({ bytes: new Uint8Array(8_000), list: [1] })
    expect(engine.waits.length).toBe(waits)
  })
})

describe('delete', () => {
  test('forgets here too, and refuses unfinished jobs', async () => {
    const { cloud } = doubling()
    const jids = await cloud.map(job, [1, -1])
    const [done, running] = [...jids]
    expect(await cloud.result(done as never)).toBe(2)
    await expect(cloud.delete(jids)).rejects.toMatchObject({ code: 'not-finished', jid: Number(running) })
    await cloud.delete(done as never)
    await expect(cloud.result(done as never)).rejects.toMatchObject({ code: 'unknown-job' })
    await expect(cloud.status(done as never)).rejects.toMatchObject({ code: 'unknown-job' })
  })
})
