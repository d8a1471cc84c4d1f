import { createHash } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import { CreateBucketCommand, S3Client } from '@aws-sdk/client-s3'
import { CreateQueueCommand, SQSClient } from '@aws-sdk/client-sqs'
import { afterAll, describe, expect, inject, test } from 'vitest'
import { createBlobs } from '../../lib/aws/blobs/blobs.ts'
import { createPresign } from '../../lib/aws/blobs/presign.ts'
import { createQueue } from '../../lib/aws/queue/queue.ts'
import { blobsContract } from '../contract/blobs.contract.ts'
import { queueContract } from '../contract/queue.contract.ts'

const deployment = inject('deployment')

describe.skipIf(deployment === undefined)('on the emulator', () => {
  const { endpoint = '', region = '' } = deployment ?? {}
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const sqs = new SQSClient({ endpoint, region, credentials, useQueueUrlAsEndpoint: false })
  const s3 = new S3Client({ endpoint, region, credentials, forcePathStyle: true })
  const nameOf = (kind: string): string => `ports-${kind}-${process.pid}-${++made}`
  let made = 0

  afterAll(() => {
    sqs.destroy()
    s3.destroy()
  })

  async function makeBucket(): Promise<string> {
    const bucket = nameOf('bucket')
    await s3.send(new CreateBucketCommand({ Bucket: bucket }))
    return bucket
  }

  queueContract('SQS', async () => {
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: nameOf('queue') }))
    // The emulator's clock is the real one.
    return { queue: createQueue({ client: sqs, url: QueueUrl, pause }), advance: ms => pause(ms), ordered: false }
  })

  blobsContract('S3', async () => {
    const blobs = createBlobs({ client: s3, bucket: await makeBucket(), pause })
    return { blobs, close: async () => undefined }
  })

  test('what is larger than a part goes up in parts, once', async () => {
    const blobs = createBlobs({ client: s3, bucket: await makeBucket(), pause })
    const [odd, even] = [Buffer.alloc(5_000_001, 1), Buffer.alloc(9_000_000, 2)]
    const parts = [odd, even, odd, Buffer.alloc(0), even]
    expect(await blobs.put({ key: 'k', parts, ifAbsent: true })).toBe(true)
    expect(await blobs.put({ key: 'k', parts: [odd, even, even], ifAbsent: true })).toBe(false)
    expect(Buffer.concat(parts).equals((await blobs.get({ key: 'k' })) ?? new Uint8Array())).toBe(true)
    const puts = [odd, even].map(one => blobs.put({ key: 'race', parts: [one, one, one], ifAbsent: true }))
    expect((await Promise.all(puts)).filter(Boolean)).toHaveLength(1)
  })

  test('a client puts and reads a blob itself, and nothing else', async () => {
    const bucket = await makeBucket()
    const addresses = createPresign(s3, bucket)
    const blobs = createBlobs({ client: s3, bucket, pause, addresses })
    const body = Buffer.alloc(100_000, 7)
    const { url } = await addresses.uploadPlace({ key: 'uploads/a', size: body.byteLength })
    expect((await fetch(url, { method: 'PUT', body })).status).toBe(200)
    expect(await blobs.size({ key: 'uploads/a' })).toBe(body.byteLength)
    const read = await fetch(await addresses.downloadUrl({ key: 'uploads/a' }))
    expect(Buffer.from(await read.arrayBuffer()).equals(body)).toBe(true)
  })

  test('a client puts a bundle itself, and no other bytes under its name', async () => {
    const bucket = await makeBucket()
    const addresses = createPresign(s3, bucket)
    const blobs = createBlobs({ client: s3, bucket, pause, addresses })
    const body = Buffer.alloc(100_000, 7)
    const sha256 = createHash('sha256').update(body).digest('hex')
    const place = { key: `bundles/${sha256}`, size: body.byteLength, sha256 }
    const { url, headers = {} } = await addresses.uploadPlace(place)
    const put = (bytes: Buffer<ArrayBuffer>): Promise<Response> => fetch(url, { method: 'PUT', headers, body: bytes })
    expect((await put(Buffer.alloc(100_000, 8))).status).toBe(400)
    expect(await blobs.size({ key: place.key })).toBeUndefined()
    expect((await put(body)).status).toBe(200)
    expect((await put(body)).status).toBe(412)
    expect(await blobs.size({ key: place.key })).toBe(body.byteLength)
  })
})
