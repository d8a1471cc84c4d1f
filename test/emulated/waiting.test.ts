import { describe, expect, inject, test } from 'vitest'
import cloud, { connect } from '../../lib/index.ts'

const deployment = inject('deployment')

describe.skipIf(deployment === undefined)('more jobs that wait than there are executors', () => {
  const { url = '', key = '', secret = '' } = deployment ?? {}

  test('their executors run what they wait for', async () => {
    await using client = connect({ url, key, secret })
    const parents = await client.map(
      async (n: number) => (await cloud.map((x: number) => x * n, [1, 2]).result()).reduce((sum, x) => sum + x, 0),
      Array.from({ length: 40 }, (_, index) => index),
    )
    expect(await client.result(parents)).toEqual(Array.from({ length: 40 }, (_, index) => 3 * index))
  })
})
