import { describe, expect, test } from 'vitest'
import { Habit } from '../../../lib/client/submit/habit.ts'
import { MAX_CALL_JOBS, MAX_CALL_WAIT_MS } from '../../../lib/protocol/limits.ts'
import { fakeCloud } from '../fake-cloud.ts'
import { FakeEngine } from '../fake-engine.ts'

describe('a habit', () => {
  test('is learned from who asks for a job of the last calls, and lost with calls whose jobs nobody asked for', () => {
    const habit = new Habit()
    expect(habit.wait(false)).toBe(0)
    habit.accepted(5, 2)
    habit.asked(7)
    expect(habit.wait(false)).toBe(0)
    habit.accepted(8, 2)
    habit.asked(9)
    const expected = habit.wait(false)
    expect(expected).toBeGreaterThan(0)
    habit.accepted(10, 1)
    expect(habit.wait(false)).toBe(0)
  })

  test('matters where the value was not asked for with the call; the longest wait is one that the service takes', () => {
    const habit = new Habit()
    expect(habit.wait(true)).toBeGreaterThan(10)
    expect(habit.wait(true)).toBeLessThanOrEqual(MAX_CALL_WAIT_MS)
    habit.accepted(1, 1)
    habit.wait(true)
    habit.asked(1)
    expect(habit.wait(false)).toBeLessThan(habit.wait(true))
  })
})

describe('the answer to a call', () => {
  function holding() {
    const engine = new FakeEngine(([x]) => x)
    engine.holds = true
    return { engine, cloud: fakeCloud(engine) }
  }
  const same = (x: number) => x

  test('brings the value along that is asked for in the same turn: nobody waits for it', async () => {
    const { engine, cloud } = holding()
    expect(await cloud.call(same, 5).result()).toBe(5)
    expect(await Promise.all([1, 2, 3].map(x => cloud.call(same, x).result()))).toEqual([1, 2, 3])
    expect(engine.waits).toEqual([])
    expect(engine.held).toHaveLength(2)
  })

  test('brings the error along', async () => {
    const engine = new FakeEngine(() => {
      throw new RangeError('far')
    })
    engine.holds = true
    await expect(fakeCloud(engine).call(same, 5).result()).rejects.toMatchObject({ code: 'exception' })
    expect(engine.waits).toEqual([])
  })

  test('does so for who asks as soon as it has the jid, from the second time on', async () => {
    const { engine, cloud } = holding()
    for (let x = 0; x < 4; x++) expect(await cloud.result(await cloud.call(same, x))).toBe(x)
    expect(engine.held).toHaveLength(3)
    expect(engine.waits).toHaveLength(1)
    await cloud.call(same, 4)
    await cloud.call(same, 5)
    await cloud.call(same, 6)
    expect(engine.held).toHaveLength(4)
  })

  test('waits for nothing where jobs wait for others, may be killed by a signal, or are many', async () => {
    const { engine, cloud } = holding()
    const before = await cloud.call(same, 1)
    await cloud.with({ dependsOn: before }).call(same, 2).result()
    await cloud.with({ startAfter: '1ms' }).call(same, 3).result()
    await cloud.with({ signal: new AbortController().signal }).call(same, 4).result()
    expect(engine.held).toEqual([])
    await Promise.all(Array.from({ length: MAX_CALL_JOBS + 1 }, (_, x) => cloud.call(same, x).result()))
    expect(engine.held).toEqual([])
    await Promise.all(Array.from({ length: MAX_CALL_JOBS }, (_, x) => cloud.call(same, x).result()))
    expect(engine.held).toHaveLength(1)
  })
})

test('calls that are made while others are under way leave together, those of one turn of the event loop', async () => {
  const engine = new FakeEngine(([x]) => x)
  const cloud = fakeCloud(engine, fetch => async request => {
    await new Promise(setImmediate)
    return await fetch(request)
  })
  const same = (x: number) => x
  await cloud.call(same, 0)
  const first = cloud.call(same, 1)
  const second = new Promise<void>(process.nextTick).then(() => cloud.call(same, 2))
  const third = new Promise<void>(process.nextTick).then(() => cloud.call(same, 3))
  await Promise.all([first, second, third])
  expect(engine.submits.map(({ submissions }) => submissions[0]?.segments[0]?.count)).toEqual([1, 1, 2])
})
