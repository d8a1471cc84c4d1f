import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs'
import { describe, expect, inject, test } from 'vitest'
import { variables } from '../../lib/aws/environment.ts'
import { connect } from '../../lib/index.ts'
import { StackSettings } from './emulator/stack-settings.ts'

const deployment = inject('deployment')

describe.skipIf(deployment === undefined)('messages that nobody should have sent', () => {
  const { url = '', key = '', secret = '', endpoint = '', region = '', apiFunction = '' } = deployment ?? {}
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }

  async function send(variable: string, bodies: readonly string[]): Promise<void> {
    const QueueUrl = await new StackSettings({ endpoint, region, credentials }, apiFunction).told(variable)
    const Entries = bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody }))
    const sqs = new SQSClient({ endpoint, region, credentials, useQueueUrlAsEndpoint: false })
    const { Failed = [] } = await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }))
    expect(Failed).toEqual([])
  }

  const garbage = ['{', 'null', '[]', '{"first":"1"}', '{"first":-1,"weight":0}', '{"first":999999901,"weight":1}']

  test.each([
    [variables.jobsQueue, {}],
    [variables.jobsHighCpuQueue, { highCpu: true }],
    [variables.controlQueue, {}],
  ])('jobs run on while garbage lies in %s', async (variable, options) => {
    await using cloud = connect({ url, key, secret })
    await send(variable, garbage)
    expect(
      await cloud
        .with(options)
        .map((x: number) => x + 1, [1, 2, 3])
        .result(),
    ).toEqual([2, 3, 4])
  })

  test('a job whose message comes three times runs once', async () => {
    await using cloud = connect({ url, key, secret })
    const jid = await cloud.call(() => Date.now())
    const message = JSON.stringify({ first: Number(jid), weight: 1 })
    await send(variables.jobsQueue, [message, message])
    const first = await cloud.result(jid)
    await send(variables.jobsQueue, [message])
    await cloud.map((x: number) => x, [1, 2, 3]).result()
    const { [Number(jid)]: info } = await cloud.info(jid, ['attempts', 'status'])
    expect(info).toEqual({ attempts: 1, status: 'done' })
    await using another = connect({ url, key, secret })
    expect(await another.result(jid)).toBe(first)
  })
})
