import { existsSync, mkdtempSync } from 'node:fs'
import { stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { createBlobs, MAX_MEMORY_BLOB_BYTES } from '../../lib/memory/blobs.ts'
import { blobsContract } from '../contract/blobs.contract.ts'

blobsContract('memory', async () => {
  const blobs = createBlobs()
  return { blobs, close: async () => blobs.close() }
})

describe('blobs in memory', () => {
  it('keeps small ones in memory and large ones in a private file', async () => {
    const blobs = createBlobs()
    await blobs.put({ key: 'small', parts: [new Uint8Array(MAX_MEMORY_BLOB_BYTES)] })
    await blobs.put({ key: 'large', parts: [new Uint8Array(MAX_MEMORY_BLOB_BYTES), new Uint8Array(1)] })
    expect(await blobs.file({ key: 'small' })).toBeUndefined()
    const file = (await blobs.file({ key: 'large' })) ?? ''
    expect((await stat(file)).mode & 0o077).toBe(0)
    expect((await stat(dirname(file))).mode & 0o077).toBe(0)
    blobs.close()
    expect(existsSync(dirname(file))).toBe(false)
    expect(await blobs.get({ key: 'small' })).toBeUndefined()
  })

  it('removes the file of a blob that is replaced or deleted', async () => {
    const blobs = createBlobs()
    const large = [new Uint8Array(MAX_MEMORY_BLOB_BYTES + 1)]
    await blobs.put({ key: 'k', parts: large })
    const first = (await blobs.file({ key: 'k' })) ?? ''
    await blobs.put({ key: 'k', parts: large })
    const second = (await blobs.file({ key: 'k' })) ?? ''
    expect([existsSync(first), existsSync(second)]).toEqual([false, true])
    await blobs.delete({ key: 'k' })
    expect(existsSync(second)).toBe(false)
    blobs.close()
  })

  it('removes what a killed process left behind, and nothing of a living one', async () => {
    const probe = createBlobs()
    const parent = dirname(probe.folder)
    // No process has this id: it is above what Linux and macOS hand out.
    const orphan = mkdtempSync(join(parent, 'picloud-99999999-'))
    const other = createBlobs()
    expect(other.folder.startsWith(parent)).toBe(true)
    expect([existsSync(orphan), existsSync(probe.folder)]).toEqual([false, true])
    probe.close()
    other.close()
  })

  it('lies in shared memory or in the folder for temporary files', () => {
    const blobs = createBlobs()
    expect([tmpdir(), '/dev/shm']).toContain(dirname(blobs.folder))
    blobs.close()
  })
})
