import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createBlobs } from '../../lib/local/blobs.ts'
import { blobsContract } from '../contract/blobs.contract.ts'
import { freshFolder } from './fresh-folder.ts'

for (const fullSync of [false, true]) {
  blobsContract(fullSync ? 'a folder with full sync' : 'a folder', async () => ({
    blobs: createBlobs({ folder: freshFolder(), fullSync }),
    close: async () => undefined,
  }))
}

test('a disk without room is named, and nothing of the blob stays', async () => {
  const folder = freshFolder()
  const blobs = createBlobs({ folder })
  async function* full(): AsyncGenerator<Uint8Array> {
    yield new Uint8Array(1_000)
    // As a write to such a disk throws it.
    throw Object.assign(new Error('ENOSPC: no space left on device, write'), { code: 'ENOSPC' })
  }
  const key = 'results/1-100/1'
  await expect(blobs.put({ key, parts: full() })).rejects.toMatchObject({
    code: 'unavailable',
    message: `There is no room left in the service’s folder ${folder}. Make room there: what was accepted before goes on then.`,
  })
  expect(await blobs.get({ key })).toBeUndefined()
  expect(readdirSync(join(folder, 'incoming'))).toEqual([])
  await blobs.put({ key, parts: [new Uint8Array(3)] })
  expect(await blobs.size({ key })).toBe(3)
})
