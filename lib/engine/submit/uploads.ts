import { MAX_BLOB_BYTES } from '../../protocol/limits.ts'
import { unpack } from '../../protocol/packed.ts'
import { paths } from '../../protocol/paths.ts'
import { blobReferenceOf } from '../../protocol/payload.ts'
import type { UploadAnswer, UploadRequest } from '../../protocol/routes.ts'
import { freshUploadKey, isUpload } from '../ports/blob-keys.ts'
import type { NewSegment } from '../ports/job-store.ts'
import type { Ports } from '../ports/ports.ts'
import { recordsOf } from '../ports/records.ts'
import { invalid } from '../records/refuse.ts'

const KEY = /^(?:uploads\/[0-9a-f]{40}|jobs\/[1-9][0-9]*\/[0-9]+-[0-9]+\/[a-z]+(?:-[0-9a-f-]{36})?)$/

/**
 * Large arguments and results, where they come through the service itself. An upload is
 *
 * announced: it has a key, and a record that tells the sweeper when that was; perhaps its blob is there.
 * taken: a submit named it, and the record is gone. The blob goes with its job.
 * given up: no submit did within a day: record and blob are gone, and a submit that names it is refused.
 *
 * The record goes before the jobs are there: whoever dies in between leaves a blob behind, and never a job without its argument.
 * Where there is no registry, blobs go with the process.
 */
export interface Uploads {
  upload(request: UploadRequest): Promise<UploadAnswer>
  putBlob(key: string, body: readonly Uint8Array[] | AsyncIterable<Uint8Array>): Promise<void>
  blobUrl(key: string): Promise<string | undefined>
  getBlob(key: string): Promise<Uint8Array | undefined>
  /** Jobs with these arguments are about to be there. Refuses `invalid-request` when an upload was given up. */
  take(segments: readonly NewSegment[]): Promise<void>
  /** Deletes uploads that were announced before `moment` (epoch milliseconds) and never taken. */
  sweep(moment: number): Promise<void>
}

interface AnnouncedRecord {
  readonly begun: number
}

export function createUploads({ blobs, clock, registry }: Pick<Ports, 'blobs' | 'clock' | 'registry'>): Uploads {
  const announced = registry && recordsOf<AnnouncedRecord>(registry, 'argument')

  function refuseForeign(key: string): void {
    if (!KEY.test(key)) throw invalid(`“${key.slice(0, 100)}” is no blob’s key.`, 'Ask for one: POST /v1/blobs.')
  }

  async function takeOne(key: string): Promise<void> {
    const isFirst = await announced?.delete(key)
    // The same submit once more, or one that comes too late.
    if (isFirst === false && (await blobs.size({ key })) === undefined) {
      throw invalid(`The upload “${key}” is gone: one that no job takes goes after a day.`, 'Upload it again.')
    }
  }

  return {
    async upload({ size }) {
      if (size > MAX_BLOB_BYTES) throw invalid(`${size} bytes are above ${MAX_BLOB_BYTES}.`, undefined, 'too-large')
      const key = freshUploadKey(clock)
      await announced?.put(key, { begun: clock.now() })
      return { key, ...((await blobs.uploadPlace?.({ key, size })) ?? { url: paths.blob.replace(/:key.*$/, key) }) }
    },
    async putBlob(key, body) {
      refuseForeign(key)
      if (!isUpload(key)) throw invalid(`“${key}” is a result’s key.`, 'Ask for one: POST /v1/blobs.')
      if (announced !== undefined && (await announced.get(key)) === undefined) {
        throw invalid(
          `Nobody asked for “${key}” within a day, or a job has it already.`,
          'Ask for one: POST /v1/blobs.',
        )
      }
      await blobs.put({ key, parts: body, ifAbsent: true })
    },
    async blobUrl(key) {
      refuseForeign(key)
      return await blobs.downloadUrl?.({ key })
    },
    async getBlob(key) {
      refuseForeign(key)
      return await blobs.get({ key })
    },
    async take(segments) {
      if (announced === undefined) return
      await Promise.all([...uploadsOf(segments)].map(takeOne))
    },
    async sweep(moment) {
      if (announced === undefined) return
      for await (const { name: key, value, version } of announced.each()) {
        if (value.begun <= moment && (await announced.delete(key, version))) await blobs.delete({ key })
      }
    },
  }
}

function* uploadsOf(segments: readonly NewSegment[]): Generator<string> {
  for (const { segment, args } of segments) {
    if (!segment.uploads) continue
    for (let index = 0; index < args.ends.length; index++) {
      const key = blobReferenceOf(unpack(args, index))?.key
      if (key !== undefined && isUpload(key)) yield key
    }
  }
}
