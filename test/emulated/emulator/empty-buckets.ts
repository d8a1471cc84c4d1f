import { DeleteObjectsCommand, ListBucketsCommand, ListObjectsV2Command, S3Client } from '@aws-sdk/client-s3'
import { REGION } from './cdk.ts'

/** A bucket with something in it can't be deleted; a stack deletes none of it by itself. Their names begin with the stack's. */
export async function emptyBuckets(endpoint: string, stack: string): Promise<void> {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' }
  const s3 = new S3Client({ endpoint, region: REGION, credentials, forcePathStyle: true })
  const { Buckets = [] } = await s3.send(new ListBucketsCommand({}))
  for (const { Name: Bucket = '' } of Buckets) {
    if (!Bucket.startsWith(`${stack.toLowerCase()}-`)) continue
    for (;;) {
      const { Contents = [] } = await s3.send(new ListObjectsV2Command({ Bucket }))
      if (Contents.length === 0) break
      const Objects = Contents.map(({ Key }) => ({ Key }))
      await s3.send(new DeleteObjectsCommand({ Bucket, Delete: { Objects, Quiet: true } }))
    }
  }
  s3.destroy()
}
