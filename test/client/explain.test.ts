import { describe, expect, expectTypeOf, test } from 'vitest'
import cloud, { type Explanation } from '../../lib/index.ts'
import mp from '../../lib/mp.ts'

const factor = 3

test('tells what a call would send, without a service', () => {
  const explanation = cloud.explain((x: number) => factor * x, 2)
  expectTypeOf(explanation).toEqualTypeOf<Explanation>()
  expect(explanation).toMatchObject({
    sendable: true,
    arguments: [{ name: 'arguments[0]', kind: 'number', bytes: 2 }],
    bytes: { arguments: 2 },
  })
  expect(cloud.connectionInfo().type).not.toBe('multiprocessing')
  expect(mp.explain((x: number) => factor * x, 2)).toMatchObject({ sendable: true })
})

describe('arguments', () => {
  test('are told with their kinds', () => {
    const { arguments: given, sendable } = mp.explain(
      (..._values: unknown[]) => 1,
      'text',
      [1, 2],
      new Map(),
      undefined,
      () => factor,
    )
    expect(sendable).toBe(true)
    expect(given.map(({ kind }) => kind)).toEqual(['string', 'array', 'Map', 'undefined', 'function'])
  })

  test('that are refused refuse the call', () => {
    const { sendable, refusal, bytes } = mp.explain((_value: unknown) => 1, { cache: new WeakSet() })
    expect(sendable).toBe(false)
    expect(bytes).toBeUndefined()
    expect(refusal).toMatchObject({
      path: ['arguments[0].cache'],
      reason: 'a WeakSet can’t be sent, as its items can’t be listed',
      hint: 'Use a Set, or make it where it is used.',
    })
  })

  test('may be the results of jobs', () => {
    const value = mp.ref(7 as never)
    expect(mp.explain((_value: unknown) => 1, value)).toMatchObject({ sendable: true })
  })
})

test('takes functions only', () => {
  expect(() => mp.explain(7 as never)).toThrow(/the function to explain, not 7/)
})
