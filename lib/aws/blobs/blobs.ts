import { createReadStream, mkdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  DeleteObjectsCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  NoSuchKey,
  NotFound,
  PutObjectCommand,
  type S3Client,
  S3ServiceException,
} from '@aws-sdk/client-s3'
import { isBlobKey, refuseForeignKey } from '../../engine/ports/blob-keys.ts'
import type { Blobs } from '../../engine/ports/blobs.ts'
import { inParts } from '../../protocol/in-parts.ts'
import { backOffMs, MAX_BATCH_TRIES } from '../throttling.ts'
import { PART_BYTES, Upload } from './upload.ts'

export interface BlobsOptions {
  readonly client: S3Client
  readonly bucket: string
  readonly pause: (ms: number) => Promise<void>
  /** Where clients put and read blobs themselves. Default: through the service. */
  readonly addresses?: Pick<Blobs, 'uploadPlace' | 'downloadUrl'>
}

/** Blobs as the objects of a bucket. What is larger than a part goes up in parts, and is there once all of them are. */
export function createBlobs({ client, bucket: Bucket, pause, addresses }: BlobsOptions): Blobs {
  let made: string | undefined

  async function put(
    Key: string,
    parts: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
    ifAbsent: boolean,
  ): Promise<boolean> {
    const chunks = inParts(parts, PART_BYTES)
    const first = await chunks.next()
    const start = first.done === true ? new Uint8Array() : first.value
    const second = await chunks.next()
    if (second.done === true) return await putOnce(Key, start, ifAbsent)
    const upload = await Upload.begin(client, { Bucket, Key })
    try {
      await upload.add(start)
      await upload.add(second.value)
      for await (const chunk of chunks) await upload.add(chunk)
      const kept = await insist(() => upload.complete(ifAbsent))
      if (!kept) await upload.abort()
      return kept
    } catch (error) {
      await upload.abort()
      throw error
    }
  }

  async function putOnce(Key: string, Body: Uint8Array, ifAbsent: boolean): Promise<boolean> {
    return await insist(() =>
      client.send(new PutObjectCommand({ Bucket, Key, Body, ...(ifAbsent && { IfNoneMatch: '*' }) })),
    )
  }

  /** False when another was there; a race with another put answers 409, which says nothing yet. */
  async function insist(write: () => Promise<unknown>): Promise<boolean> {
    for (let nth = 1; ; nth++) {
      try {
        await write()
        return true
      } catch (error) {
        const status = error instanceof S3ServiceException ? error.$metadata.httpStatusCode : undefined
        if (status === 412) return false
        if (status !== 409 || nth === MAX_BATCH_TRIES) throw error
        await pause(backOffMs(nth, Math.random()))
      }
    }
  }

  async function deleteBelow(Prefix: string): Promise<void> {
    for (;;) {
      const { Contents = [] } = await client.send(new ListObjectsV2Command({ Bucket, Prefix }))
      const Objects = Contents.map(({ Key }) => ({ Key }))
      if (Objects.length === 0) return
      await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
    }
  }

  const size: Blobs['size'] = async ({ key }) => {
    if (!isBlobKey(key)) return undefined
    try {
      return (await client.send(new HeadObjectCommand({ Bucket, Key: key }))).ContentLength
    } catch (error) {
      if (error instanceof NotFound || isMissing(error)) return undefined
      throw error
    }
  }

  return {
    ...addresses,
    size,
    get folder() {
      if (made === undefined) {
        made = join(tmpdir(), `picloud-${process.pid}`)
        mkdirSync(made, { recursive: true, mode: 0o700 })
      }
      return made
    },
    async put({ key, parts, ifAbsent = false }) {
      refuseForeignKey(key)
      // Without this a large blob would go up whole, only to learn that it was there.
      if (ifAbsent && (await size({ key })) !== undefined) return false
      return await put(key, parts, ifAbsent)
    },
    async adopt({ key, file }) {
      refuseForeignKey(key)
      await put(key, createReadStream(file, { highWaterMark: PART_BYTES }), false)
      await rm(file, { force: true })
    },
    async get({ key }) {
      if (!isBlobKey(key)) return undefined
      try {
        const { Body } = await client.send(new GetObjectCommand({ Bucket, Key: key }))
        return await Body?.transformToByteArray()
      } catch (error) {
        if (error instanceof NoSuchKey || isMissing(error)) return undefined
        throw error
      }
    },
    async file() {
      return undefined
    },
    async delete({ key }) {
      if (key.endsWith('/')) await deleteBelow(key)
      else await client.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects: [{ Key: key }], Quiet: true } }))
    },
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404
}
