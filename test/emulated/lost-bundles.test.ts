import {
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
} from '@aws-sdk/client-s3'
import { describe, expect, inject, test } from 'vitest'
import { variables } from '../../lib/aws/environment.ts'
import { connect } from '../../lib/index.ts'
import { StackSettings } from './emulator/stack-settings.ts'

const deployment = inject('deployment')

describe.skipIf(deployment === undefined)('what became of the function before its job ran', () => {
  const { url = '', key = '', secret = '', endpoint = '', region = '', apiFunction = '' } = deployment ?? {}
  const access = { endpoint, region, credentials: { accessKeyId: 'test', secretAccessKey: 'test' } }

  /** The object that has this text in it. */
  async function find(s3: S3Client, mark: string): Promise<{ readonly Bucket: string; readonly Key: string }> {
    // Another stack may be there too.
    const Bucket = await new StackSettings(access, apiFunction).told(variables.resultsBucket)
    const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: 'bundles/' }))
    for (const { Key = '' } of Contents) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }))
      if ((await Body?.transformToString('latin1'))?.includes(mark)) return { Bucket, Key }
    }
    throw new Error(`No bundle has ${mark} in it.`)
  }

  /** Submits a job that can't run yet, spoils its bundle, and lets it run. */
  async function spoil(mark: string, how: (s3: S3Client, where: { Bucket: string; Key: string }) => Promise<unknown>) {
    await using cloud = connect({ url, key, secret })
    const s3 = new S3Client({ ...access, forcePathStyle: true })
    const before = await cloud.call(() => new Promise<number>(() => undefined))
    const jid = await cloud.with({ dependsOn: before, dependsOnErrors: 'ignore' }).call(() => mark)
    await how(s3, await find(s3, mark))
    await cloud.kill(before)
    const failure = await cloud.result(jid).catch((error: unknown) => error)
    return { failure, status: await cloud.status(jid) }
  }

  test('a bundle that is gone: the job ends, with a code', async () => {
    const { failure, status } = await spoil('gone-5d1f', (s3, where) => s3.send(new DeleteObjectCommand(where)))
    expect(status).toBe('error')
    expect(failure).toMatchObject({ code: expect.stringMatching(/^(revive|decode|internal|not-found)$/) })
  })

  test('a bundle that is broken: the job ends, with a code', async () => {
    const { failure, status } = await spoil('broken-77aa', (s3, where) =>
      s3.send(new PutObjectCommand({ ...where, Body: 'not a bundle' })),
    )
    expect(status).toBe('error')
    expect(failure).toMatchObject({ code: expect.stringMatching(/^(revive|decode|internal)$/) })
  })
})
