import { expect, test } from 'vitest'
import { hostImported } from '../../lib/closure/nodes/host-modules.ts'
import { connect, job } from '../../lib/index.ts'

test('what is imported from PiCloud is the worker’s own, even where it is undefined here', async () => {
  expect(job).toBeUndefined()
  await using cloud = connect({ workers: 1 })
  expect(await cloud.call(() => typeof job?.jid).result()).toBe('number')
})

test.each([
  ['../../lib/index.ts', 'picloud'],
  ['../../lib/index.ts?x=1', undefined],
  ['picloud', 'picloud'],
  ['./index.ts', undefined],
  ['lodash', undefined],
])('%s means %s', (specifier, name) => {
  expect(hostImported(specifier, import.meta.url)).toBe(name)
})
