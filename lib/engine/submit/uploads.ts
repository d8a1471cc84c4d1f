import { MAX_BLOB_BYTES } from '../../protocol/limits.ts'
import { paths } from '../../protocol/paths.ts'
import type { UploadAnswer, UploadRequest } from '../../protocol/routes.ts'
import { freshUploadKey, isUpload } from '../ports/blob-keys.ts'
import type { Ports } from '../ports/ports.ts'
import { invalid } from '../records/refuse.ts'

const KEY = /^(?:uploads\/[0-9a-f]{40}|jobs\/[1-9][0-9]*\/[0-9]+-[0-9]+\/[a-z]+)$/

/** Large arguments and results, where they come through the service itself. */
export function createUploads({ blobs, clock }: Pick<Ports, 'blobs' | 'clock'>) {
  function refuseForeign(key: string): void {
    if (!KEY.test(key)) throw invalid(`“${key.slice(0, 100)}” is no blob’s key.`, 'Ask for one: POST /v1/blobs.')
  }

  return {
    async upload({ size }: UploadRequest): Promise<UploadAnswer> {
      if (size > MAX_BLOB_BYTES) throw invalid(`${size} bytes are above ${MAX_BLOB_BYTES}.`, undefined, 'too-large')
      const key = freshUploadKey(clock)
      return { key, ...((await blobs.uploadPlace?.({ key, size })) ?? { url: paths.blob.replace(/:key.*$/, key) }) }
    },
    async putBlob(key: string, body: readonly Uint8Array[] | AsyncIterable<Uint8Array>): Promise<void> {
      refuseForeign(key)
      if (!isUpload(key)) throw invalid(`“${key}” is a result’s key.`, 'Ask for one: POST /v1/blobs.')
      await blobs.put({ key, parts: body, ifAbsent: true })
    },
    async blobUrl(key: string): Promise<string | undefined> {
      refuseForeign(key)
      return await blobs.downloadUrl?.({ key })
    },
    async getBlob(key: string): Promise<Uint8Array | undefined> {
      refuseForeign(key)
      return await blobs.get({ key })
    },
  }
}
