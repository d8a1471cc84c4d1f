import { type Packed, unpack } from '../../protocol/packed.ts'
import { blobReferenceOf } from '../../protocol/payload.ts'
import { isUpload } from '../ports/blob-keys.ts'
import type { Blobs } from '../ports/blobs.ts'

/** Deletes the large arguments at these indexes: they go when their job is terminal, as nobody else knows them. */
export async function freeUploads(blobs: Blobs, args: Packed, indexes: Iterable<number>): Promise<void> {
  for (const index of indexes) {
    if (index >= args.ends.length) continue
    const key = blobReferenceOf(unpack(args, index))?.key
    if (key !== undefined && isUpload(key)) await blobs.delete({ key })
  }
}
