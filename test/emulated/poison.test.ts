import {
  DeleteObjectCommand,
  ListBucketsCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { ListQueuesCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { connect } from '../../lib/index.ts'

const deployment = inject('deployment')

describe.skipIf(deployment === undefined)('what goes wrong below', () => {
  const { url = '', key = '', secret = '', endpoint = '', region = '' } = deployment ?? {}
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  const sqs = new SQSClient({ endpoint, region, credentials, useQueueUrlAsEndpoint: false })
  const open = () => connect({ url, key, secret })

  afterAll(() => {
    s3.destroy()
    sqs.destroy()
  })

  async function resultsBucket(): Promise<string> {
    const { Buckets = [] } = await s3.send(new ListBucketsCommand({}))
    return Buckets.find(({ Name }) => Name?.includes('results'))?.Name ?? ''
  }

  async function bundles(bucket: string): Promise<Set<string | undefined>> {
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: bucket, Prefix: 'bundles/' }))
    return new Set(Contents.map(({ Key }) => Key))
  }

  async function jobsQueue(): Promise<string> {
    const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}))
    return QueueUrls.find(one => /JobsQueueMain/.test(one)) ?? ''
  }

  test.each([
    ['is gone', undefined],
    ['is garbage', Buffer.from('no bundle at all')],
  ])('a bundle that %s ends its job with a code', async (_, body) => {
    await using cloud = open()
    const bucket = await resultsBucket()
    const before = await bundles(bucket)
    const unique = Math.random()
    const jid = await cloud.with({ startAfter: '3s' }).call(() => unique)
    const [Key] = [...(await bundles(bucket)).difference(before)]
    expect(Key).toBeDefined()
    if (body === undefined) await s3.send(new DeleteObjectCommand({ Bucket: bucket, Key }))
    else await s3.send(new PutObjectCommand({ Bucket: bucket, Key, Body: body }))
    await expect(cloud.result(jid)).rejects.toMatchObject({ code: expect.stringMatching(/^(decode|revive)$/) })
    expect(await cloud.status(jid)).toBe('error')
  })

  test('messages that come again, early and late, change nothing', async () => {
    await using cloud = open()
    const QueueUrl = await jobsQueue()
    const again = (first: number) =>
      sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ first, weight: 1 }) }))
    const jid = await cloud.call(() => new Promise<number>(resolve => setTimeout(resolve, 1_500, Math.random())))
    await Promise.all([again(Number(jid)), again(Number(jid))])
    const result = await cloud.result(jid)
    await again(Number(jid))
    expect(await cloud.call(() => 1).result()).toBe(1)
    await using fresh = open()
    expect(await fresh.result(jid)).toBe(result)
    expect(await fresh.info(jid, 'attempts')).toMatchObject({ [Number(jid)]: { attempts: 1 } })
  })

  test('messages that are none of ours are dropped', async () => {
    await using cloud = open()
    const QueueUrl = await jobsQueue()
    for (const MessageBody of ['no JSON', '{}', '{"first":0,"weight":1}', '{"first":900000001,"weight":1}', '[]']) {
      await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }))
    }
    expect(await cloud.call((x: number) => x, 5).result()).toBe(5)
  })
})
