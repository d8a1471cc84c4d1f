import { afterAll, describe, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'
import { registerHostModule } from '../../lib/closure/nodes/host-modules.ts'
import { FreshProcess } from './fresh-process.ts'

describe('captured here, revived in a fresh process', () => {
  const there = new FreshProcess()
  afterAll(() => there[Symbol.dispose]())

  test('each revival starts from the captured state', async () => {
    let count = 0
    const next = () => ++count
    const calls = [[], [], []]
    expect((await there.run(capture(next), { calls })).results).toEqual([1, 2, 3])
    expect((await there.run(capture(next), { calls, fresh: true })).results).toEqual([1, 1, 1])
  })

  test('a host module is the worker’s own', async () => {
    const host = { default: { call: (text: string) => `the caller's ${text}` }, version: 1 }
    registerHostModule('test-host', host)
    const { call } = host.default
    expect(await there.call(() => [call('a'), host.default.call('b'), host.version])).toEqual([
      "the worker's a",
      "the worker's b",
      2,
    ])
  })

  test('a stack frame names the user’s file and line', async () => {
    const fails = (depth: number): number => {
      if (depth > 0) return fails(depth - 1)
      throw new Error('deep')
    }
    const { place } = capture(fails)
    const { error, stack = '' } = await there.run(capture(fails), { calls: [[2]] })
    expect(error).toBe('deep')
    const line = Number(place?.line)
    const lines = [...stack.matchAll(/fails.*capture\.test\.ts[^:]*:(\d+):/g)].map(([, at]) => Number(at) - line)
    expect(lines).toEqual([2, 1, 1])
    expect(stack).not.toContain('picloud:')
  })
})
