import { describe, expect, test } from 'vitest'
import { Leases, leftOfBlock } from '../../../lib/client/submit/leases.ts'

function leases(time = { now: 0 }): { leases: Leases; asked: number[] } {
  const asked: number[] = []
  let next = 1
  const made = new Leases({
    now: () => time.now,
    async lease({ count }) {
      asked.push(count)
      const first = next
      next += count
      return { first, count, expires: time.now + 60_000 }
    },
  })
  return { leases: made, asked }
}

describe('Leases', () => {
  test('one lease serves many calls', async () => {
    const { leases: jids, asked } = leases()
    expect(await jids.need(1)).toBe(1)
    expect(jids.take(1)).toBe(2)
    expect(jids.take(98)).toBe(3)
    expect(jids.take(1)).toBeUndefined()
    expect(asked).toEqual([100])
  })

  test('each further lease is larger', async () => {
    const { leases: jids, asked } = leases()
    for (let call = 0; call < 400; call++) await jids.need(1)
    expect(asked).toEqual([100, 200, 400])
  })

  test('a whole block starts at its block, and leaves what it skips to later calls', async () => {
    const { leases: jids } = leases()
    await jids.need(300)
    await jids.need(1)
    expect(jids.take(100, true)).toBe(401)
    expect(jids.take(1)).toBe(302)
  })

  test('an idle lease is not used near its end', async () => {
    const time = { now: 0 }
    const { leases: jids, asked } = leases(time)
    await jids.need(1)
    time.now = 44_999
    expect(jids.take(1)).toBe(2)
    time.now = 45_000
    expect(jids.take(1)).toBeUndefined()
    await jids.need(1)
    expect(asked).toHaveLength(2)
  })

  test('callers at the same time share a lease', async () => {
    const { leases: jids, asked } = leases()
    expect(await Promise.all([jids.need(1), jids.need(1), jids.need(1)])).toEqual([1, 2, 3])
    expect(asked).toEqual([100])
  })

  test('a lease that fails fails its caller only', async () => {
    let fails = true
    const jids = new Leases({
      lease: () =>
        fails ? Promise.reject(new Error('down')) : Promise.resolve({ first: 1, count: 100, expires: 1e15 }),
    })
    await expect(jids.need(1)).rejects.toThrow('down')
    fails = false
    expect(await jids.need(1)).toBe(1)
  })
})

test.each([
  [1, 100],
  [100, 1],
  [101, 100],
  [150, 51],
])('from jid %d on %d are left of its block', (jid, left) => {
  expect(leftOfBlock(jid)).toBe(left)
})
