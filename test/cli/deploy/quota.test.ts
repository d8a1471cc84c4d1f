import { expect, test } from 'vitest'
import { quotaAdvice } from '../../../lib/cli/deploy/quota.ts'

test.each([
  [1_000, 800, 100],
  [1_000, 898, 2],
  [10, 7, 2],
  [20_000, 16_000, 2_000],
])('an account of %d has room for %d executors and %d for highCpu jobs', (quota, ordinary, highCpu) => {
  expect(quotaAdvice({ quota, ordinary, highCpu })).toBeUndefined()
})

test.each([
  [1_000, 800, 101, 400, 100],
  [10, 800, 100, 3, 2],
  [10, 8, 2, 3, 2],
  [3, 800, 100, 2, 2],
])('an account of %d has none for %d and %d, but for %d and %d', (quota, ordinary, highCpu, fewer, fewerHigh) => {
  const advice = quotaAdvice({ quota, ordinary, highCpu })
  expect(advice).toContain(`runs ${quota} functions at a time`)
  expect(advice).toContain(`${ordinary + highCpu} of them`)
  const options = JSON.parse(/picloud='(.*)'/.exec(advice ?? '')?.[1] ?? '')
  expect(options).toEqual({
    executor: { scaling: { maxConcurrency: fewer } },
    highCpuExecutor: { scaling: { maxConcurrency: fewerHigh } },
  })
})
