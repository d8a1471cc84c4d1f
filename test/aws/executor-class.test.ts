import { expect, test } from 'vitest'
import { classOf, executorsOf } from '../../lib/aws/executor-class.ts'

test.each(['ordinary', 'highCpu'])('an executor that is told to be %s is', executorClass => {
  expect(classOf({ executorClass } as never)).toBe(executorClass)
})

test('how many of each may run is told in numbers', () => {
  expect(executorsOf({ executors: '800', highCpuExecutors: '100' })).toEqual({ ordinary: 800, highCpu: 100 })
})
