import { expect, test } from 'vitest'
import { machineFrom } from '../../lib/aws/machine.ts'
import { GIGABYTE_SECOND_USD } from '../../lib/aws/price.ts'

test.each([
  ['128', 1],
  ['1769', 1],
  ['2653', 1],
])('a function of %s MB runs %i job at a time, which may take three quarters of it', (megabytes, workers) => {
  const machine = machineFrom({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: megabytes }, { storage: 1_024 })
  expect(machine).toMatchObject({ workers, memoryLimit: Math.floor(0.75 * Number(megabytes) * 1024 ** 2) })
})

test('unpacked environments get half of the folder for temporary files', () => {
  expect(machineFrom({}, { storage: 512 }).environmentsLimit).toBe(256 * 1024 ** 2)
})

test('a job that asked for more processor has the machine for itself', () => {
  const machine = machineFrom({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '10240' }, { storage: 512, class: 'highCpu' })
  expect(machine).toMatchObject({ workers: 1, memoryLimit: Math.floor(0.75 * 10_240 * 1024 ** 2) })
})

test('a second of a function has a price, and one of another machine has none', () => {
  const { price } = machineFrom({ AWS_LAMBDA_FUNCTION_MEMORY_SIZE: '1024' }, { storage: 512 })
  expect(price).toBe(GIGABYTE_SECOND_USD[process.arch as 'arm64' | 'x64'])
  expect(machineFrom({}, { storage: 512 }).price).toBeUndefined()
})
