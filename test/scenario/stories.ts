import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import defaultCloud, { type Cloud, CloudException, job } from '../../lib/index.ts'

/** What users do, told once. Nothing here knows where the jobs run: `open` gives a client, and each test closes its own. */
export function tellStories(open: () => Cloud): void {
  test('call: a function with what it captured', async () => {
    await using cloud = open()
    const factor = 3
    const jid = await cloud.call((x: number) => factor * x, 2)
    expect(await cloud.result(jid)).toBe(6)
    expect(await cloud.status(jid)).toBe('done')
  })

  test('map: results in the order of the arguments', async () => {
    await using cloud = open()
    const jids = await cloud.map((x: number, y: number) => x * y, [1, 3, 5], [2, 4, 6])
    expect(await cloud.result(jids)).toEqual([2, 12, 30])
  })

  test('map: more jobs than a segment holds', async () => {
    await using cloud = open()
    const items = Array.from({ length: 250 }, (_, index) => index)
    expect(await cloud.map((x: number) => x + 1, items).result()).toEqual(items.map(x => x + 1))
  })

  test('error: it comes back with its message, and leaves the others alone', async () => {
    await using cloud = open()
    const jids = await cloud.map(
      (x: number) => {
        if (x === 1) throw new RangeError(`no ${x}, please`)
        return x
      },
      [0, 1, 2],
    )
    const results = await cloud.result(jids, { ignoreErrors: true })
    expect([results[0], results[2]]).toEqual([0, 2])
    expect(results[1]).toBeInstanceOf(CloudException)
    expect(results[1]).toMatchObject({ code: 'exception', message: expect.stringContaining('no 1, please') })
  })

  test('error: a process that exits is one', async () => {
    await using cloud = open()
    const jid = await cloud.call(() => process.exit(3))
    await expect(cloud.result(jid)).rejects.toMatchObject({ code: 'exit' })
  })

  test('error: a job that runs for too long ends', async () => {
    await using cloud = open()
    const jid = await cloud.with({ maxRuntime: '500ms' }).call(() => {
      for (;;);
    })
    await expect(cloud.result(jid)).rejects.toMatchObject({ code: 'timeout' })
  })

  test('dependency: a job waits for those before it', async () => {
    await using cloud = open()
    const before = await cloud.map(
      async (ms: number) => {
        await new Promise(resolve => setTimeout(resolve, ms))
        return Date.now()
      },
      [200, 600],
    )
    const after = await cloud.with({ dependsOn: before }).call(() => Date.now())
    const [last, then] = await Promise.all([cloud.result(before), cloud.result(after)])
    expect(then).toBeGreaterThanOrEqual(Math.max(...last))
  })

  test('dependency: a job whose dependency failed is stalled', async () => {
    await using cloud = open()
    const broken = await cloud.call(() => {
      throw new Error('broken')
    })
    const after = await cloud.with({ dependsOn: broken }).call(() => 1)
    await expect(cloud.result(after)).rejects.toMatchObject({ code: 'stalled' })
    expect(await cloud.status(after)).toBe('stalled')
  })

  test('ref: a result goes from job to job', async () => {
    await using cloud = open()
    const words = await cloud.map((n: number) => 'ab'.repeat(n), [1, 2, 3])
    const joined = await cloud.call((parts: string[]) => parts.join('-'), cloud.ref(words))
    expect(await cloud.result(joined)).toBe('ab-abab-ababab')
  })

  test('nested call: a job starts jobs and waits for them', async () => {
    await using cloud = open()
    const jid = await cloud.call(async (n: number) => {
      const inner = await defaultCloud.map(
        (x: number) => x * x,
        Array.from({ length: n }, (_, index) => index),
      )
      return (await defaultCloud.result(inner)).reduce((sum, x) => sum + x, 0)
    }, 5)
    expect(await cloud.result(jid)).toBe(30)
  })

  test('kill: a job that runs is told, and ends', async () => {
    await using cloud = open()
    const jid = await cloud.call(async () => {
      await new Promise(resolve => job?.signal.addEventListener('abort', resolve))
      await new Promise(() => undefined)
    })
    await expect.poll(() => cloud.status(jid), { timeout: 60_000, interval: 200 }).toBe('processing')
    await cloud.kill(jid)
    await expect(cloud.result(jid)).rejects.toMatchObject({ code: 'killed' })
    expect(await cloud.status(jid)).toBe('killed')
  })

  test('large argument and result: more than a request may carry', async () => {
    await using cloud = open()
    const bytes = new Uint8Array(7 * 1024 * 1024).map((_, index) => index % 251)
    const jid = await cloud.call((given: Uint8Array) => given.map(byte => 255 - byte), bytes)
    const back = await cloud.result(jid)
    const digest = (data: Uint8Array): string => createHash('sha256').update(data).digest('hex')
    expect(digest(back)).toBe(digest(bytes.map(byte => 255 - byte)))
  })

  test('large function: it captured more than a request may carry', async () => {
    await using cloud = open()
    const table = new Uint8Array(7 * 1024 * 1024).map((_, index) => index % 241)
    const look = (at: number) => table[at]
    expect(await cloud.call(look, table.length - 1).result()).toBe(table.at(-1))
    expect(await cloud.call(look, 240).result()).toBe(240)
  })

  test('output: what a job printed', async () => {
    await using cloud = open()
    const jid = await cloud.call(() => {
      console.log('to the one')
      console.error('to the other')
    })
    await cloud.join(jid)
    const { [Number(jid)]: info } = await cloud.info(jid, ['stdout', 'stderr', 'status', 'attempts'])
    expect(info).toMatchObject({ stdout: 'to the one\n', stderr: 'to the other\n', status: 'done', attempts: 1 })
  })

  test('retry: a job that fails is tried again, as often as asked', async () => {
    await using cloud = open()
    const jid = await cloud.with({ retries: 2 }).call(() => {
      if ((job?.attempt ?? 0) < 3) throw new Error('not yet')
      return job?.attempt
    })
    expect(await cloud.result(jid)).toBe(3)
    const once = await cloud.with({ retries: 1 }).call(() => {
      throw new Error('never')
    })
    await expect(cloud.result(once)).rejects.toMatchObject({ code: 'exception' })
  })
}
