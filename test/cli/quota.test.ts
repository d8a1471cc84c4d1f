import { expect, test } from 'vitest'
import { quotaAdvice } from '../../lib/cli/quota.ts'

test.each([
  [1_000, 900],
  [10, 9],
  [20_000, 18_000],
])('an account of %d has room for %d executors', (quota, executors) => {
  expect(quotaAdvice({ quota, executors })).toBeUndefined()
})

test.each([
  [1_000, 901, 500],
  [10, 900, 5],
  [10, 10, 5],
  [3, 900, 2],
])('an account of %d has none for %d, but for %d', (quota, executors, fewer) => {
  const advice = quotaAdvice({ quota, executors })
  expect(advice).toContain(`runs ${quota} functions at a time`)
  expect(advice).toContain(`${executors} of them`)
  expect(advice).toContain(`"maxConcurrency":${fewer}`)
})
