import { expect, test } from 'vitest'

test('picloud exports these names, and no more by accident', async () => {
  expect(Object.keys(await import('../../lib/index.ts')).toSorted()).toEqual([
    'CloudError',
    'CloudException',
    'CloudTimeoutError',
    'JidRange',
    'connect',
    'default',
    'job',
    'mp',
    'setkey',
    'startSimulator',
  ])
})

test('picloud/mp exports the cloud of this machine', async () => {
  const [processes, picloud] = await Promise.all([import('../../lib/mp.ts'), import('../../lib/index.ts')])
  expect(Object.keys(processes)).toEqual(['default'])
  expect(processes.default).toBe(picloud.mp)
})
