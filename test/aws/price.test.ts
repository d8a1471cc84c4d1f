import { expect, test } from 'vitest'
import { secondPriceOf } from '../../lib/aws/price.ts'

test.each([
  [1_024, 'arm64', 0.000_013_333_4],
  [1_024, 'x64', 0.000_016_666_7],
  [10_240, 'arm64', 0.000_133_334],
  [512, 'x64', 0.000_008_333_35],
])('a second of %d MB on %s', (megabytes, arch, usd) => {
  expect(secondPriceOf(megabytes, arch)).toBeCloseTo(usd, 12)
})

test('what Lambda does not run on has no price', () => {
  expect(secondPriceOf(1_024, 'riscv64')).toBeUndefined()
})
