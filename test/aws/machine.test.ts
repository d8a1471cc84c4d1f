import { expect, test } from 'vitest'
import { machineFrom } from '../../lib/aws/machine.ts'

test.each([
  ['128', 1],
  ['1769', 1],
  ['2653', 1],
])('a function of %s MB runs %i job at a time, which may take three quarters of it', (megabytes, workers) => {
  const machine = machineFrom({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: megabytes }, 1_024)
  expect(machine).toMatchObject({ workers, memoryLimit: Math.floor(0.75 * Number(megabytes) * 1024 ** 2) })
})

test('unpacked environments get half of the folder for temporary files', () => {
  expect(machineFrom({}, 512).environmentsLimit).toBe(256 * 1024 ** 2)
})
