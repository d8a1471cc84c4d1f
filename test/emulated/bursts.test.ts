import {
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, inject, test } from 'vitest'
import { variables } from '../../lib/aws/environment.ts'
import { connect } from '../../lib/index.ts'
import { StackSettings } from './emulator/stack-settings.ts'

const deployment = inject('deployment')

/** Milliseconds: an invocation that is asked for through a queue, on a busy machine. */
const PATIENCE = 120_000

describe.skipIf(deployment === undefined)('many jobs at once', () => {
  const { url = '', key = '', secret = '', endpoint = '', region = '', apiFunction = '' } = deployment ?? {}
  const aws = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  const lambda = new LambdaClient(aws)

  /** What calls the executors for highCpu jobs with what is in their queue. */
  async function mappingOfHighCpu(): Promise<string> {
    const FunctionName = await new StackSettings(aws, apiFunction).told(variables.highCpuExecutorFunction)
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }))
    expect(EventSourceMappings).toHaveLength(1)
    return EventSourceMappings[0]?.UUID ?? ''
  }

  async function switchMapping(UUID: string, Enabled: boolean): Promise<void> {
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID, Enabled }))
    const state = async () => (await lambda.send(new GetEventSourceMappingCommand({ UUID }))).State
    await expect.poll(state, { timeout: 30_000 }).toBe(Enabled ? 'Enabled' : 'Disabled')
  }

  test('call executors, which pull them from the queue by themselves', { timeout: 2 * PATIENCE }, async () => {
    await using cloud = connect({ url, key, secret })
    const high = cloud.with({ highCpu: true })
    const mapping = await mappingOfHighCpu()
    await switchMapping(mapping, false)
    try {
      const few = await high.map((x: number) => x + 1, [1, 2])
      expect(await cloud.map((x: number) => x * 2, [1, 2, 3, 4, 5, 6]).result()).toEqual([2, 4, 6, 8, 10, 12])
      // Nobody calls for few, and nothing else takes them now.
      expect(await cloud.status(few)).toEqual(['queued', 'queued'])
      const many = await high.map((x: number) => x + 1, [3, 4, 5, 6, 7, 8, 9, 10])
      const statuses = async () => [...(await cloud.status(few)), ...(await cloud.status(many))]
      await expect.poll(statuses, { timeout: PATIENCE, interval: 500 }).toContain('done')
      await switchMapping(mapping, true)
      expect([...(await cloud.result(few)), ...(await cloud.result(many))]).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
      const infos = Object.values(await cloud.info([few, many], ['attempts']))
      expect(infos).toEqual(Array(10).fill({ attempts: 1 }))
    } finally {
      await switchMapping(mapping, true)
    }
  })
})
