import { expect, test } from 'vitest'
import { readableBytes } from '../../../lib/cli/print/readable-bytes.ts'
import { transferLine } from '../../../lib/cli/print/transfer.ts'

test.each([
  [0, '0 B'],
  [999, '999 B'],
  [1_000, '1.0 kB'],
  [12_345_678, '12.3 MB'],
  [5e12, '5000.0 GB'],
])('%i bytes are %s', (bytes, text) => {
  expect(readableBytes(bytes)).toBe(text)
})

test('a line has a bar where the whole is known', () => {
  expect(transferLine('a', 50, 100, 2)).toBe(`a ${'█'.repeat(14)}${'░'.repeat(14)} 50% of 100 B 25 B/s`)
  expect(transferLine('a', 0, 0, 0)).toContain('100% of 0 B')
  expect(transferLine('a', 1_500, undefined, 1)).toBe('a 1.5 kB 1.5 kB/s')
})
