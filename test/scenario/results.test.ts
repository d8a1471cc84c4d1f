import { expect } from 'vitest'
import { CloudException } from '../../lib/index.ts'
import { scenario } from './ways.ts'

class Point {
  readonly x: number
  readonly y: number

  constructor(x: number, y: number) {
    this.x = x
    this.y = y
  }

  plus(other: Point): Point {
    return new Point(this.x + other.x, this.y + other.y)
  }
}

scenario('results', story => {
  story('the program of the first page', { everywhere: true }, async cloud => {
    const jid = await cloud.call((x: number) => 3 * x, 2)
    expect(await cloud.result(jid)).toBe(6)
    const jids = await cloud.map((x, y) => x * y, [1, 3, 5], [2, 4, 6])
    expect(await cloud.result(jids)).toEqual([2, 12, 30])
    expect(await cloud.result([jids, jid])).toEqual([[2, 12, 30], 6])
    expect(await cloud.status([jids, jid])).toEqual([['done', 'done', 'done'], 'done'])
  })

  story('what was captured travels, and no job sees what another changed', { everywhere: true }, async cloud => {
    let count = 10
    const jids = await cloud.map((x: number) => (count += x), [1, 2, 3])
    expect(await cloud.result(jids)).toEqual([11, 12, 13])
    count = 20
    expect(await cloud.call((x: number) => (count += x), 1).result()).toBe(21)
  })

  story('instances come back as the caller’s own class', {}, async cloud => {
    const sum = await cloud.call((a: Point, b: Point) => a.plus(b), new Point(1, 2), new Point(3, 4)).result()
    expect(sum).toBeInstanceOf(Point)
    expect(sum).toEqual(new Point(4, 6))
  })

  story('values of every kind go and come', { everywhere: true }, async cloud => {
    const value = {
      date: new Date(7),
      map: new Map([[1, new Set([2n])]]),
      bytes: Uint8Array.of(1, 2),
      zero: -0,
      none: undefined,
    }
    expect(await cloud.call((given: typeof value) => given, value).result()).toEqual(value)
    const same = { list: [1] }
    const [a, b] = await cloud.call((x: object, y: object) => [x, y] as const, same, same).result()
    expect(a).toBe(b)
  })

  story('large arguments and results', {}, async cloud => {
    const bytes = new Uint8Array(5_000_000).fill(3)
    const doubled = await cloud.call((given: Uint8Array) => given.map(byte => 2 * byte), bytes).result()
    expect(doubled.byteLength).toBe(5_000_000)
    expect(doubled.every(byte => byte === 6)).toBe(true)
  })

  story('a map over an async iterable, walked value by value', { everywhere: true }, async cloud => {
    async function* words(): AsyncGenerator<string> {
      for (const word of ['a', 'bb', 'ccc']) yield word
    }
    const lengths: number[] = []
    for await (const length of cloud.map(word => word.length, words())) lengths.push(length)
    expect(lengths).toEqual([1, 2, 3])
  })

  story('a large map, streamed from an iterable', {}, async cloud => {
    function* numbers(): Generator<number> {
      for (let number = 0; number < 20_000; number++) yield number
    }
    const jids = await cloud.map((x: number) => x + 1, numbers())
    const values = await cloud.result(jids)
    expect(values.length).toBe(20_000)
    expect(values.every((value, index) => value === index + 1)).toBe(true)
  })

  story('calls made in one tick', {}, async cloud => {
    const square = (x: number): number => x * x
    const jids = await Promise.all(Array.from({ length: 300 }, (_, index) => cloud.call(square, index)))
    expect(await cloud.result(jids)).toEqual(Array.from({ length: 300 }, (_, index) => index * index))
  })

  story('iresult goes on after a failing job; completed gives jobs as they end', {}, async cloud => {
    const jids = await cloud.map(
      (x: number) => {
        if (x === 2) throw new RangeError('two')
        return x
      },
      [1, 2, 3],
    )
    const seen: unknown[] = []
    const values = cloud.iresult(jids)
    for (let step = 0; step < 3; step++) {
      seen.push(
        await values.next().then(
          ({ value }) => value,
          (error: CloudException) => error.code,
        ),
      )
    }
    expect(seen).toEqual([1, 'exception', 3])
    const ended = new Map<number, unknown>()
    for await (const settled of cloud.completed(jids)) ended.set(Number(settled.jid), settled.status)
    expect(ended.size).toBe(3)
    expect(ended.get(jids.first + 1)).toBe('error')
  })

  story('info, listing and deleting', { everywhere: true }, async cloud => {
    const speak = (): void => {
      console.log('to stdout')
      console.error('to stderr')
    }
    const jid = await cloud.with({ label: 'spoken' }).call(speak)
    await cloud.join(jid)
    const info = (await cloud.info(jid, ['stdout', 'stderr', 'runtime', 'status', 'label', 'function', 'attempts']))[
      Number(jid)
    ]
    expect(info).toMatchObject({ stdout: 'to stdout\n', stderr: 'to stderr\n', status: 'done', label: 'spoken' })
    expect(info).toMatchObject({ function: 'speak', attempts: 1 })
    expect(info?.runtime).toBeGreaterThan(0)
    expect(await cloud.info(jid, 'stdout')).toEqual({ [Number(jid)]: { stdout: 'to stdout\n' } })
    const [listed] = await cloud.jobs({ label: 'spoken' })
    expect(listed).toMatchObject({ status: 'done', label: 'spoken', function: 'speak' })
    expect(listed?.jids.first).toBe(Number(jid))
    await cloud.delete(jid)
    await expect(cloud.result(jid)).rejects.toBeInstanceOf(CloudException)
    expect(await cloud.jobs({ label: 'spoken' })).toEqual([])
  })

  story('an unknown jid is named', { everywhere: true }, async cloud => {
    await expect(cloud.result(999_999)).rejects.toMatchObject({ code: 'unknown-job', jid: 999_999 })
    await expect(cloud.info(999_999)).rejects.toMatchObject({ code: 'unknown-job', jid: 999_999 })
    await expect(cloud.delete(999_999)).rejects.toMatchObject({ code: 'unknown-job', jid: 999_999 })
  })

  story('the Pool', { everywhere: true }, async cloud => {
    const pool = cloud.pool()
    const double = (x: number): number => 2 * x
    expect(await pool.apply(double, [4])).toBe(8)
    expect(await pool.map(double, [1, 2])).toEqual([2, 4])
    expect(await pool.applyAsync(double, [5]).get('1m')).toBe(10)
    const inOrder: number[] = []
    for await (const value of pool.imap(double, [1, 2, 3])) inOrder.push(value)
    expect(inOrder).toEqual([2, 4, 6])
    const slow = pool.applyAsync(() => new Promise(resolve => setTimeout(resolve, 60_000)))
    await expect(slow.get('20ms')).rejects.toMatchObject({ code: 'wait-timeout' })
    await cloud.kill()
  })
})
