import { DynamoDBClient, ScanCommand } from '@aws-sdk/client-dynamodb'
import { ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { variables } from '../../lib/aws/environment.ts'
import { connect } from '../../lib/index.ts'
import { type Document, hostileRequests } from '../http/hostile-requests.ts'
import { expectRefused, sendHostile } from '../http/send-hostile.ts'
import { deployStack } from './emulator/deployment.ts'
import { StackSettings } from './emulator/stack-settings.ts'

const deployment = inject('deployment')

const REQUESTS = 1_000
/** The emulator answers a few at a time. */
const AT_ONCE = 10

describe.skipIf(deployment === undefined)('a stack that nobody else uses', () => {
  const { endpoint = '', region = '', certificate = '', folder = '' } = deployment ?? {}
  const access = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  const tables = new DynamoDBClient(access)
  const s3 = new S3Client({ ...access, forcePathStyle: true })
  let stack: Awaited<ReturnType<typeof deployStack>> | undefined
  let settings: StackSettings
  let authorization = ''
  let document: Document

  beforeAll(async () => {
    stack = await deployStack('PiCloudHostile', { endpoint, certificate, folder })
    const { url, key, secret, apiFunction } = stack
    settings = new StackSettings(access, apiFunction)
    authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
    document = (await (await fetch(`${url}/openapi.json`)).json()) as Document
    // Something that a request could spoil.
    await using cloud = connect({ url, key, secret })
    expect(await cloud.call((x: number) => x + 1, 1).result()).toBe(2)
    await cloud.files.putf('content', 'a file')
    await cloud.rest.publish((a: number) => a, 'published')
    await cloud.cron.register(() => 1, 'a cron', '@yearly')
  })
  afterAll(() => stack?.[Symbol.asyncDispose]())

  /** All that the stack keeps, but for when its key was used last. */
  async function kept(): Promise<readonly string[]> {
    const found: string[] = []
    for (const table of [variables.jobsTable, variables.keysTable]) {
      const { Items = [], LastEvaluatedKey } = await tables.send(
        new ScanCommand({ TableName: await settings.told(table), ConsistentRead: true }),
      )
      expect(LastEvaluatedKey).toBeUndefined()
      for (const item of Items) found.push(JSON.stringify(item).replace(/"used":\d+/g, ''))
    }
    for (const bucket of [variables.resultsBucket, variables.filesBucket]) {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket: await settings.told(bucket) }))
      for (const { Key, ETag } of Contents) found.push(`${bucket} ${Key} ${ETag}`)
    }
    return found.sort()
  }

  test('1,000 hostile requests fail by their own fault, and change nothing', { timeout: 300_000 }, async () => {
    const { url } = stack as NonNullable<typeof stack>
    const before = await kept()
    // The job, the file, the function, the cron and the key, at the least.
    expect(before.length).toBeGreaterThan(5)
    const statuses = new Map<number, number>()
    await fc.assert(
      fc.asyncProperty(fc.array(hostileRequests(document), { minLength: AT_ONCE, maxLength: AT_ONCE }), async some => {
        const answers = await Promise.all(some.map(hostile => sendHostile(url, authorization, hostile)))
        for (const [index, answer] of answers.entries()) {
          statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
          expectRefused(some[index] as (typeof some)[number], answer)
        }
      }),
      { numRuns: REQUESTS / AT_ONCE, endOnFailure: true },
    )
    expect(await kept()).toEqual(before)
    expect((statuses.get(400) ?? 0) + (statuses.get(404) ?? 0) + (statuses.get(413) ?? 0)).toBeGreaterThan(REQUESTS / 2)
  })
})
