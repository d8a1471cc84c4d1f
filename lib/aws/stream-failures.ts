import { DeleteObjectCommand, GetObjectCommand, ListObjectsV2Command, type S3Client } from '@aws-sdk/client-s3'
import type { Change } from '../engine/ports/job-store.ts'
import { changeFrom, type StreamRecord } from './store/stream-changes.ts'

/** Where Lambda puts batches of the stream that its function failed at too often. */
const PREFIX = 'aws/lambda/'

export interface StreamFailures {
  /** Hands on what each failed batch tells of, and forgets the batch once that is done; until `until` (epoch milliseconds). */
  each(until: number, handle: (changes: readonly Change[]) => Promise<void>): Promise<void>
}

export function createStreamFailures(client: S3Client, Bucket: string): StreamFailures {
  async function changesIn(Key: string): Promise<readonly Change[]> {
    const { Body } = await client.send(new GetObjectCommand({ Bucket, Key }))
    const read: unknown = JSON.parse((await Body?.transformToString()) ?? '{}')
    return recordsIn(read).flatMap(record => changeFrom(record) ?? [])
  }

  return {
    async each(until, handle) {
      let ContinuationToken: string | undefined
      do {
        const page = await client.send(
          new ListObjectsV2Command({ Bucket, Prefix: PREFIX, ...(ContinuationToken && { ContinuationToken }) }),
        )
        for (const { Key } of page.Contents ?? []) {
          if (Key === undefined || Date.now() >= until) return
          await handle(await changesIn(Key))
          await client.send(new DeleteObjectCommand({ Bucket, Key }))
        }
        ContinuationToken = page.NextContinuationToken
      } while (ContinuationToken !== undefined)
    },
  }
}

/** `payload` is the batch as the function got it, as JSON or as a text of it. */
function recordsIn(read: unknown): readonly StreamRecord[] {
  const { payload } = read as { readonly payload?: unknown }
  const event: unknown = typeof payload === 'string' ? JSON.parse(payload) : payload
  const { Records = [] } = (event ?? {}) as { readonly Records?: readonly StreamRecord[] }
  return Records
}
