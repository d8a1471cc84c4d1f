import { afterAll, expect, test } from 'vitest'
import type { Cloud } from '../../../lib/client/cloud-api.ts'
import { connect } from '../../../lib/client/default-cloud.ts'
import type { CloudException } from '../../../lib/protocol/errors.ts'

const cloud = connect({ workers: 1 })
afterAll(() => cloud.close())

const boom = (x: number): number => {
  throw new RangeError(`${x} is too much`)
}

test.each<[string, (cloud: Cloud) => Promise<unknown>]>([
  ['of a handle', async () => await cloud.call(boom, 1).result()],
  ['of a handle, with the answer to its call', async () => await cloud.call(boom, 1).result()],
  ['of a map’s handle', async () => await cloud.map(boom, [1, 2]).result()],
  ['of a jid', async () => await cloud.result(await cloud.call(boom, 1))],
  [
    'of a jid whose end is known',
    async () => {
      const jid = await cloud.call(boom, 1)
      await cloud.join(jid, { ignoreErrors: true })
      return await cloud.result(jid)
    },
  ],
  ['of a list', async () => await cloud.result([await cloud.call(boom, 1)])],
  [
    'of a walk',
    async () => {
      for await (const value of cloud.map(boom, [1, 2])) return value
      return undefined
    },
  ],
])('an exception says where the result %s was asked for', async (_, ask) => {
  const error = (await ask(cloud).catch((caught: unknown) => caught)) as CloudException
  const [remote, local] = (error.stack ?? '').split('[here its result was asked for]')
  expect(remote).toContain('asked-for.test.ts')
  expect(local).toContain('asked-for.test.ts')
  expect(local).not.toContain('lib/client')
})

test('where nobody of the user’s waits, nothing is said of that', async () => {
  const handle = cloud.call(boom, 1).result()
  const error = await new Promise<CloudException>(resolve => void handle.catch(resolve))
  expect(error.stack).toMatch(/^CloudException: Job \d+: RangeError: 1 is too much\n {4}at boom /)
  expect(error.stack).not.toContain('node:internal')
})
