import { DynamoDBClient } from '@aws-sdk/client-dynamodb'
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda'
import { HeadObjectCommand, S3Client } from '@aws-sdk/client-s3'
import { describe, expect, inject, test } from 'vitest'
import { pause } from '../../lib/aws/base.ts'
import { variables } from '../../lib/aws/environment.ts'
import { createRegistry } from '../../lib/aws/store/registry.ts'
import { paths } from '../../lib/protocol/paths.ts'
import type { UploadAnswer } from '../../lib/protocol/routes.ts'
import { StackSettings } from './emulator/stack-settings.ts'

const deployment = inject('deployment')

const DAY = 86_400_000
const kind = 'argument'

describe.skipIf(deployment === undefined)('large arguments that no job took, on AWS', () => {
  const { url = '', key = '', secret = '', endpoint = '', region = '', apiFunction = '' } = deployment ?? {}
  const access = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }
  const lambda = new LambdaClient(access)
  const settings = new StackSettings(access, apiFunction)

  /** Put at the address that the service signs, as a client does whose submit never comes. */
  async function upload(): Promise<string> {
    const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
    const headers = { authorization, 'content-type': 'application/json' }
    const asked = await fetch(`${url}${paths.blobs}`, { method: 'POST', headers, body: '{"size":100000}' })
    const place = (await asked.json()) as UploadAnswer
    const put = { method: 'PUT', body: Buffer.alloc(100_000, 7), headers: { ...place.headers } }
    expect((await fetch(place.url, put)).status).toBe(200)
    return place.key
  }

  test('the sweeper deletes them a day later, and none before', async () => {
    const sweeper = await settings.functionWith(variables.jobsDeadLetters)
    const Bucket = await settings.told(variables.resultsBucket)
    const s3 = new S3Client({ ...access, forcePathStyle: true })
    const isThere = (Key: string): Promise<boolean> =>
      s3.send(new HeadObjectCommand({ Bucket, Key })).then(
        () => true,
        () => false,
      )
    const [old, young] = [await upload(), await upload()]
    expect([await isThere(old), await isThere(young)]).toEqual([true, true])
    // The day goes by.
    const registry = createRegistry({
      client: new DynamoDBClient(access),
      name: await settings.told(variables.jobsTable),
      pause,
    })
    for (const [name, age] of [
      [old, DAY],
      [young, DAY - 3_600_000],
    ] as const) {
      const version = (await registry.get({ kind, name }))?.version
      expect(version).toBeDefined()
      await registry.put({ kind, name, value: { begun: Date.now() - age }, version })
    }
    const { FunctionError } = await lambda.send(new InvokeCommand({ FunctionName: sweeper, Payload: '{}' }))
    expect(FunctionError).toBeUndefined()
    expect([await isThere(old), await isThere(young)]).toEqual([false, true])
    expect(await registry.get({ kind, name: old })).toBeUndefined()
  })
})
