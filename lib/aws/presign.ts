import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3'
import { getSignedUrl } from '@aws-sdk/s3-request-presigner'
import type { Blobs } from '../engine/blobs.ts'

/** Seconds for which an address is good: long enough for the largest blob over a slow line. */
const EXPIRES_SECONDS = 3_600

/** Addresses at which clients put and read large blobs themselves: a function's request and answer end at 6 MB. */
export function createPresign(client: S3Client, Bucket: string): Required<Pick<Blobs, 'uploadUrl' | 'downloadUrl'>> {
  const options = { expiresIn: EXPIRES_SECONDS }
  return {
    uploadUrl: ({ key, size }) => {
      return getSignedUrl(client, new PutObjectCommand({ Bucket, Key: key, ContentLength: size }), options)
    },
    downloadUrl: ({ key }) => getSignedUrl(client, new GetObjectCommand({ Bucket, Key: key }), options),
  }
}
