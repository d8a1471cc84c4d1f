import { describe, expect, test } from 'vitest'
import { backoff } from '../../../lib/client/connect/backoff.ts'

describe('backoff', () => {
  test.each([
    [1, 1, 0, 50],
    [2, 1, 0, 100],
    [3, 0.5, 0, 100],
    [20, 1, 0, 5_000],
    [1, 0, 0, 0],
    [1, 0.5, 2_000, 2_000],
  ])('try %d with chance %d, asked to leave %d ms: %d ms', (tries, random, asked, expected) => {
    expect(backoff(tries, random, asked)).toBe(expected)
  })
})
