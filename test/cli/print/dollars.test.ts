import { expect, test } from 'vitest'
import { dollars } from '../../../lib/cli/print/dollars.ts'

test.each([
  [0, '$0'],
  [4.804e-7, '$0.000000480'],
  [0.000_012_345, '$0.0000123'],
  [0.05, '$0.0500'],
  [1.2, '$1.20'],
  [1_234.5, '$1234.50'],
])('%d is %s', (value, text) => {
  expect(dollars(value)).toBe(text)
})
