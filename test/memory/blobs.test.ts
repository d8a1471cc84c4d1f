import { existsSync, mkdtempSync, rmSync } from 'node:fs'
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

  it.each([
    ['memory', MAX_MEMORY_BLOB_BYTES - 1],
    ['a file', MAX_MEMORY_BLOB_BYTES],
  ])('stages parts in %s as they are at that moment', async (_where, length) => {
    const blobs = createBlobs()
    const part = new Uint8Array(length).fill(7)
    blobs.stage({ key: 'k', parts: [part, new Uint8Array(), Uint8Array.of(8)] })
    part.fill(1)
    const kept = (await blobs.get({ key: 'k' })) ?? new Uint8Array()
    expect(kept.byteLength).toBe(length + 1)
    expect(kept.subarray(0, length).every(byte => byte === 7)).toBe(true)
    expect(kept.at(-1)).toBe(8)
    expect(await blobs.size({ key: 'k' })).toBe(length + 1)
    expect((await blobs.file({ key: 'k' })) === undefined).toBe(length < MAX_MEMORY_BLOB_BYTES)
    blobs.close()
  })

  it('says so where there is no folder to stage in, and keeps nothing', async () => {
    const blobs = createBlobs()
    rmSync(blobs.folder, { recursive: true })
    const parts = [new Uint8Array(MAX_MEMORY_BLOB_BYTES + 1)]
    expect(() => blobs.stage({ key: 'k', parts })).toThrow(expect.objectContaining({ code: 'unavailable' }))
    expect(await blobs.size({ key: 'k' })).toBeUndefined()
    blobs.close()
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
