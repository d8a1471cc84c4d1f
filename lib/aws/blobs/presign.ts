import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Blobs, UploadPlace } from '../../engine/ports/blobs.ts'

/** Seconds for which an address is good: long enough for the largest blob over a slow line. */
const EXPIRES_SECONDS = 3_600

const CHECKSUM = 'x-amz-checksum-sha256'

/**
 * Addresses at which clients put and read large blobs themselves: a function's request and answer end at 6 MB.
 * @param client one that adds no checksum of its own: it would be that of no bytes, as the real ones are not there yet
 */
export function createPresign(client: S3Client, Bucket: string): Required<Pick<Blobs, 'uploadPlace' | 'downloadUrl'>> {
  const options = { expiresIn: EXPIRES_SECONDS }

  async function boundPlace(key: string, size: number, sha256: string): Promise<UploadPlace> {
    const checksum = Buffer.from(sha256, 'hex').toString('base64')
    const command = new PutObjectCommand({
      Bucket,
      Key: key,
      ContentLength: size,
      ChecksumSHA256: checksum,
      IfNoneMatch: '*',
    })
    // As a header it is signed, and S3 compares it with what arrives; in the query it would be a word of the client's.
    const url = await getSignedUrl(client, command, { ...options, unhoistableHeaders: new Set([CHECKSUM]) })
    return { url, headers: { [CHECKSUM]: checksum, 'if-none-match': '*' } }
  }

  return {
    async uploadPlace({ key, size, sha256 }) {
      if (sha256 !== undefined) return boundPlace(key, size, sha256)
      const command = new PutObjectCommand({ Bucket, Key: key, ContentLength: size })
      return { url: await getSignedUrl(client, command, options) }
    },
    downloadUrl: ({ key }) => getSignedUrl(client, new GetObjectCommand({ Bucket, Key: key }), options),
  }
}
