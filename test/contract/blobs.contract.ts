import { mkdtemp, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { Blobs } from '../../lib/engine/ports/blobs.ts'

const text = (content: string): Uint8Array => new TextEncoder().encode(content)
const large = (fill: number): Uint8Array => new Uint8Array(3 * 1024 * 1024 + 5).fill(fill)

async function* stream(...parts: Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* parts
}

/** What every blob store does, with small blobs and with large ones. */
export function blobsContract(name: string, make: () => Promise<{ blobs: Blobs; close(): Promise<void> }>): void {
  const withBlobs = async (use: (blobs: Blobs) => Promise<void>): Promise<void> => {
    const { blobs, close } = await make()
    try {
      await use(blobs)
    } finally {
      await close()
    }
  }

  describe(`${name} keeps blobs`, () => {
    it.each([
      ['none', []],
      ['empty', [new Uint8Array()]],
      ['small', [text('ab'), text(''), text('c')]],
      ['large', [large(1), large(2)]],
    ])('gives back the parts end to end: %s', (_, parts) =>
      withBlobs(async blobs => {
        for (const [key, body] of [['a/list', parts] as const, ['a/stream', stream(...parts)] as const]) {
          expect(await blobs.put({ key, parts: body })).toBe(true)
          expect(Buffer.from((await blobs.get({ key })) ?? []).equals(Buffer.concat(parts))).toBe(true)
          expect(await blobs.size({ key })).toBe(Buffer.concat(parts).byteLength)
        }
      }),
    )

    it('does not share memory with what was put', () =>
      withBlobs(async blobs => {
        const bytes = text('before')
        await blobs.put({ key: 'k', parts: [bytes] })
        bytes.fill(0)
        expect(Buffer.from((await blobs.get({ key: 'k' })) ?? []).toString()).toBe('before')
      }))

    it('has nothing under other keys', () =>
      withBlobs(async blobs => {
        await blobs.put({ key: 'a/b', parts: [text('x')] })
        for (const key of ['a', 'b', 'a/b/c', 'a/']) {
          expect(await blobs.get({ key })).toBeUndefined()
          expect(await blobs.size({ key })).toBeUndefined()
        }
        expect(await blobs.file({ key: 'none' })).toBeUndefined()
      }))

    it.each(['small', 'large'])('replaces, unless told to put only if absent: %s', size =>
      withBlobs(async blobs => {
        const [one, two] = size === 'small' ? [text('one'), text('two')] : [large(1), large(2)]
        await blobs.put({ key: 'k', parts: [one] })
        expect(await blobs.put({ key: 'k', parts: [two], ifAbsent: true })).toBe(false)
        expect((await blobs.get({ key: 'k' }))?.[0]).toBe(one[0])
        expect(await blobs.put({ key: 'k', parts: [two] })).toBe(true)
        expect((await blobs.get({ key: 'k' }))?.[0]).toBe(two[0])
      }),
    )

    it('keeps exactly one of several puts that only want to be first', () =>
      withBlobs(async blobs => {
        const puts = [1, 2, 3].map(fill => blobs.put({ key: 'k', parts: [large(fill)], ifAbsent: true }))
        expect((await Promise.all(puts)).filter(Boolean)).toHaveLength(1)
      }))

    it('keeps nothing of a stream that fails', () =>
      withBlobs(async blobs => {
        const failing = (async function* () {
          yield large(1)
          throw new Error('cut off')
        })()
        await expect(blobs.put({ key: 'k', parts: failing })).rejects.toThrow('cut off')
        expect(await blobs.get({ key: 'k' })).toBeUndefined()
      }))

    it('deletes one, or all below a folder', () =>
      withBlobs(async blobs => {
        for (const key of ['jobs/1/a', 'jobs/1/b/c', 'jobs/10/a', 'jobs/2/a'])
          await blobs.put({ key, parts: [large(1)] })
        await blobs.delete({ key: 'jobs/1/' })
        await blobs.delete({ key: 'jobs/2/a' })
        await blobs.delete({ key: 'jobs/3/' })
        await blobs.delete({ key: 'jobs/2/a' })
        const left = []
        for (const key of ['jobs/1/a', 'jobs/1/b/c', 'jobs/10/a', 'jobs/2/a']) left.push(await blobs.size({ key }))
        expect(left).toEqual([undefined, undefined, large(1).byteLength, undefined])
      }))

    it('takes a file in, which is gone afterwards', () =>
      withBlobs(async blobs => {
        const file = join(await mkdtemp(join(blobs.folder, 'adopt-')), 'f')
        await writeFile(file, 'adopted')
        await blobs.adopt({ key: 'k', file })
        expect(Buffer.from((await blobs.get({ key: 'k' })) ?? []).toString()).toBe('adopted')
        await expect(stat(file)).rejects.toThrow('ENOENT')
      }))

    it('tells of a file only while it holds the blob', () =>
      withBlobs(async blobs => {
        await blobs.put({ key: 'k', parts: [large(9)] })
        const file = await blobs.file({ key: 'k' })
        if (file !== undefined) expect((await readFile(file)).equals(large(9))).toBe(true)
        await blobs.delete({ key: 'k' })
        expect(await blobs.file({ key: 'k' })).toBeUndefined()
      }))

    it.each(['', '/a', 'a//b', '../a', 'a/..', 'a/./b', 'A', 'a b', 'ä'])('refuses the key “%s”', key =>
      withBlobs(async blobs => {
        await expect(blobs.put({ key, parts: [text('x')] })).rejects.toMatchObject({ code: 'invalid-request' })
      }),
    )
  })
}
