import { createBlobs } from '../../lib/local/blobs.ts'
import { blobsContract } from '../contract/blobs.contract.ts'
import { freshFolder } from './fresh-folder.ts'

for (const fullSync of [false, true]) {
  blobsContract(fullSync ? 'a folder with full sync' : 'a folder', async () => ({
    blobs: createBlobs({ folder: freshFolder(), fullSync }),
    close: async () => undefined,
  }))
}
