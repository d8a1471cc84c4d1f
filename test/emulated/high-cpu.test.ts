import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { getHeapStatistics } from 'node:v8'
import {
  GetEventSourceMappingCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda'
import { describe, expect, inject, test } from 'vitest'
import { variables } from '../../lib/aws/environment.ts'
import { GIGABYTE_SECOND_USD } from '../../lib/aws/price.ts'
import { reasonOf } from '../../lib/cli/print/reason.ts'
import cloud, { connect, job } from '../../lib/index.ts'
import { StackSettings } from './emulator/stack-settings.ts'

const deployment = inject('deployment')

/** Milliseconds: several rounds through queues, on a busy machine. */
const PATIENCE = 180_000

/** What executor runs this: what it was told, which a job reads as the same user. */
function executor(): string {
  const variables = readFileSync(`/proc/${process.ppid}/environ`, 'latin1').split('\0')
  const told = (name: string) => variables.find(one => one.startsWith(`${name}=`))?.slice(name.length + 1)
  return `${told('PICLOUD_EXECUTOR_CLASS')} ${told('AWS_LAMBDA_FUNCTION_MEMORY_SIZE')}`
}

const ORDINARY = 'ordinary 1769'
const HIGH_CPU = 'highCpu 3008'
const highCpu = { highCpu: true }

describe.skipIf(deployment === undefined)('jobs that ask for more processor', () => {
  const open = () => {
    const { url = '', key = '', secret = '' } = deployment ?? {}
    return connect({ url, key, secret })
  }

  test('run in executors of their own, with more memory; the others do not', { timeout: PATIENCE }, async () => {
    await using client = open()
    const seen = () => [executor(), getHeapStatistics().heap_size_limit / 1024 ** 2] as const
    const [high, low] = await Promise.all([client.with(highCpu).call(seen).result(), client.call(seen).result()])
    expect([high[0], low[0]]).toEqual([HIGH_CPU, ORDINARY])
    // A job may have three quarters of the function's memory, and its heap as much.
    expect(high[1]).toBeGreaterThan(0.7 * 3_008)
    expect(low[1]).toBeLessThan(1_769)
  })

  test('do so when they waited, were delayed or are tried again', { timeout: PATIENCE }, async () => {
    await using client = open()
    const first = await client.call(() => 1)
    const waited = client.with({ ...highCpu, dependsOn: first }).call(executor)
    const delayed = client.with({ ...highCpu, startAfter: '2s' }).call(executor)
    const again = client.with({ ...highCpu, retries: 1 }).call(() => {
      if (job?.attempt === 1) throw new Error('no luck')
      return executor()
    })
    expect(await Promise.all([waited.result(), delayed.result(), again.result()])).toEqual([
      HIGH_CPU,
      HIGH_CPU,
      HIGH_CPU,
    ])
  })

  test('do so when jobs of either class start them, and wait for them', { timeout: PATIENCE }, async () => {
    await using client = open()
    const parent = async () => {
      const [high, low] = [cloud.with({ highCpu: true }).call(executor), cloud.call(executor)]
      return [executor(), await high.result(), await low.result()]
    }
    const both = [client.with(highCpu).call(parent).result(), client.call(parent).result()]
    expect(await Promise.all(both)).toEqual([
      [HIGH_CPU, HIGH_CPU, ORDINARY],
      [ORDINARY, HIGH_CPU, ORDINARY],
    ])
  })

  test('do so when a cron or a published function starts them', { timeout: PATIENCE }, async () => {
    await using client = open()
    const label = `high-cpu-${randomBytes(4).toString('hex')}`
    await client.cron.register(executor, label, '@yearly', highCpu)
    expect(await client.result(await client.cron.manualRun(label))).toBe(HIGH_CPU)
    await client.cron.deregister(label)
    await client.rest.publish(executor, label, highCpu)
    expect(await client.result(await client.rest.invoke(label, {}))).toBe(HIGH_CPU)
    await client.rest.remove(label)
  })

  test('are told what they cost, each by the memory of its executor', { timeout: PATIENCE }, async () => {
    await using client = open()
    const wait = () => new Promise<void>(resolve => setTimeout(resolve, 300))
    const jids = await Promise.all([client.with(highCpu).call(wait), client.call(wait)])
    await client.join(jids)
    const infos = await client.info(jids, ['runtime', 'billed', 'cost'])
    for (const [index, megabytes] of [3_008, 1_769].entries()) {
      const { runtime = 0, billed = 0, cost = 0 } = infos[Number(jids[index])] ?? {}
      expect(runtime).toBeGreaterThanOrEqual(0.299)
      expect(billed).toBe(Math.ceil(runtime * 1_000) / 1_000)
      // The emulator runs functions on this machine, whatever they ask for.
      const price = (GIGABYTE_SECOND_USD[process.arch as 'arm64' | 'x64'] * megabytes) / 1_024
      expect(cost).toBeCloseTo((billed ?? 0) * price, 10)
      expect(cost).toBeGreaterThan(0)
    }
  })

  test('are told of the limit of their class, and are killed as any other', { timeout: PATIENCE }, async () => {
    await using client = open()
    const endless = () => new Promise(() => undefined)
    const jids = await client.with(highCpu).map(endless, [1, 2, 3, 4])
    const limits = async () => {
      const infos = Object.entries(await client.info(jids, ['status', 'waitsFor']))
      return infos.flatMap(([jid, info]) => (info.waitsFor === null ? [] : reasonOf(Number(jid), info).text))
    }
    await expect
      .poll(limits, { timeout: 60_000, interval: 500 })
      .toContainEqual(expect.stringContaining('The stack runs at most 3 for highCpu jobs at a time'))
    await client.kill(jids)
    await expect.poll(() => client.status(jids), { timeout: 60_000, interval: 500 }).toEqual(Array(4).fill('killed'))
  })
})

// After those above: an executor whose job waits takes what is in the queue as well, and without the mapping they would wait.
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

  test('call executors, which pull them from the queue by themselves', { timeout: PATIENCE }, async () => {
    await using client = connect({ url, key, secret })
    const high = client.with({ highCpu: true })
    const mapping = await mappingOfHighCpu()
    await switchMapping(mapping, false)
    try {
      const few = await high.map((x: number) => x + 1, [1, 2])
      expect(await client.map((x: number) => x * 2, [1, 2, 3, 4, 5, 6]).result()).toEqual([2, 4, 6, 8, 10, 12])
      // Nobody calls for few, and nothing else takes them now.
      expect(await client.status(few)).toEqual(['queued', 'queued'])
      const many = await high.map((x: number) => x + 1, [3, 4, 5, 6, 7, 8, 9, 10])
      const statuses = async () => [...(await client.status(few)), ...(await client.status(many))]
      await expect.poll(statuses, { timeout: PATIENCE / 2, interval: 500 }).toContain('done')
      await switchMapping(mapping, true)
      expect([...(await client.result(few)), ...(await client.result(many))]).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
      const infos = Object.values(await client.info([few, many], ['attempts']))
      expect(infos).toEqual(Array(10).fill({ attempts: 1 }))
    } finally {
      await switchMapping(mapping, true)
    }
  })
})
