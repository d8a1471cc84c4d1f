import { describe, expect, it } from 'vitest'
import type { Registry } from '../../lib/engine/ports/registry.ts'
import { MAX_RECORD_BYTES, MAX_RECORD_NAME_BYTES } from '../../lib/protocol/limits.ts'

const kind = 'cron'

/** What every registry does. */
export function registryContract(name: string, make: () => Promise<Registry>): void {
  describe(`${name} keeps records`, () => {
    it('by compare-and-set', async () => {
      const registry = await make()
      expect(await registry.get({ kind, name: 'a' })).toBeUndefined()
      const first = await registry.put({ kind, name: 'a', value: { n: 1 } })
      expect(await registry.get({ kind, name: 'a' })).toEqual({ name: 'a', value: { n: 1 }, version: first })
      expect(await registry.put({ kind, name: 'a', value: 2 })).toBeUndefined()
      const second = await registry.put({ kind, name: 'a', value: 'two', version: first })
      expect(second).toBeTypeOf('string')
      expect(await registry.put({ kind, name: 'a', value: 3, version: first })).toBeUndefined()
      expect(await registry.get({ kind, name: 'a' })).toEqual({ name: 'a', value: 'two', version: second })
      expect(await registry.put({ kind, name: 'b', value: 1, version: second })).toBeUndefined()
    })

    it('one of many that change it at once wins', async () => {
      const registry = await make()
      const version = await registry.put({ kind, name: 'a', value: 0 })
      const puts = [1, 2, 3, 4, 5].map(value => registry.put({ kind, name: 'a', value, version }))
      expect((await Promise.all(puts)).filter(one => one !== undefined)).toHaveLength(1)
      const creates = [1, 2, 3, 4, 5].map(value => registry.put({ kind, name: 'b', value }))
      expect((await Promise.all(creates)).filter(one => one !== undefined)).toHaveLength(1)
    })

    it('deletes what is there, or only what was read', async () => {
      const registry = await make()
      const first = await registry.put({ kind, name: 'a', value: 1 })
      const second = await registry.put({ kind, name: 'a', value: 2, version: first })
      expect(await registry.delete({ kind, name: 'a', version: first })).toBe(false)
      expect(await registry.delete({ kind, name: 'a', version: second })).toBe(true)
      expect(await registry.delete({ kind, name: 'a' })).toBe(false)
      await registry.put({ kind, name: 'a', value: 3 })
      expect(await registry.delete({ kind, name: 'a' })).toBe(true)
      expect(await registry.get({ kind, name: 'a' })).toBeUndefined()
    })

    it('tells a record that was made anew from the one that was deleted', async () => {
      const registry = await make()
      const first = await registry.put({ kind, name: 'a', value: 1 })
      await registry.delete({ kind, name: 'a' })
      await registry.put({ kind, name: 'a', value: 1 })
      expect(await registry.put({ kind, name: 'a', value: 2, version: first })).toBeUndefined()
      expect(await registry.delete({ kind, name: 'a', version: first })).toBe(false)
    })

    it('keeps what was put, whatever becomes of the caller’s object', async () => {
      const registry = await make()
      const value = { list: [1], none: null, text: 'ü\u0000\u{1F600}' }
      await registry.put({ kind, name: 'a', value })
      value.list.push(2)
      const read = await registry.get({ kind, name: 'a' })
      expect(read?.value).toEqual({ list: [1], none: null, text: 'ü\u0000\u{1F600}' })
    })

    it('lists by prefix, in pages, in the order of the names’ bytes', async () => {
      const registry = await make()
      const names = ['A', 'a', 'a b', 'a/1', 'a/10', 'a/2', 'a/ü', 'a/\uFFFD', 'a/\u{1F600}', 'b', "b'%_\\", 'ü/é']
      for (const one of names.toReversed()) await registry.put({ kind, name: one, value: one })
      await registry.put({ kind: 'published', name: 'a/3', value: 'of another kind' })
      const list = async (params: { prefix?: string; after?: string; limit: number }) =>
        (await registry.list({ kind, ...params })).map(one => one.name)
      expect(await list({ limit: 100 })).toEqual(names)
      expect(await list({ prefix: 'a/', limit: 100 })).toEqual(names.filter(one => one.startsWith('a/')))
      expect(await list({ prefix: 'a/', limit: 2 })).toEqual(['a/1', 'a/10'])
      expect(await list({ prefix: 'a/', after: 'a/10', limit: 2 })).toEqual(['a/2', 'a/ü'])
      expect(await list({ prefix: 'a/', after: 'a/15', limit: 1 })).toEqual(['a/2'])
      expect(await list({ prefix: 'a/', after: 'A', limit: 1 })).toEqual(['a/1'])
      expect(await list({ prefix: 'a/', after: 'b', limit: 9 })).toEqual([])
      expect(await list({ after: 'b', limit: 9 })).toEqual(["b'%_\\", 'ü/é'])
      expect(await list({ prefix: 'a/\u{1F600}', limit: 9 })).toEqual(['a/\u{1F600}'])
      expect(await list({ prefix: '%', limit: 9 })).toEqual([])
      expect((await registry.list({ kind, prefix: 'ü', limit: 1 }))[0]).toMatchObject({ value: 'ü/é' })
    })

    it('lists all of many large records', async () => {
      const registry = await make()
      const names = Array.from({ length: 30 }, (_, nth) => String(nth).padStart(2, '0'))
      await Promise.all(names.map(one => registry.put({ kind, name: one, value: 'x'.repeat(100_000) })))
      expect((await registry.list({ kind, limit: 100 })).map(one => one.name)).toEqual(names)
    })

    it('takes a record of the largest size, and names the one that is larger', async () => {
      const registry = await make()
      const most = 'x'.repeat(MAX_RECORD_BYTES - 2)
      expect(await registry.put({ kind, name: 'most', value: most })).toBeTypeOf('string')
      expect((await registry.get({ kind, name: 'most' }))?.value).toBe(most)
      const more = registry.put({ kind, name: 'more', value: `${most}x` })
      await expect(more).rejects.toMatchObject({ code: 'too-large', message: expect.stringContaining('“more”') })
    })

    it('takes the longest name, and refuses what is none', async () => {
      const registry = await make()
      const longest = 'é'.repeat(MAX_RECORD_NAME_BYTES / 2)
      expect(await registry.put({ kind, name: longest, value: 1 })).toBeTypeOf('string')
      expect(await registry.list({ kind, prefix: longest, limit: 5 })).toHaveLength(1)
      expect(await registry.list({ kind, after: longest, limit: 5 })).toEqual([])
      for (const bad of ['', `${longest}x`, 'a\u0000b', '\uD800', 'a\u{10FFFF}']) {
        const refused = expect.objectContaining({ code: 'invalid-request' })
        await expect(registry.put({ kind, name: bad, value: 1 })).rejects.toEqual(refused)
        await expect(registry.get({ kind, name: bad })).rejects.toEqual(refused)
        await expect(registry.delete({ kind, name: bad })).rejects.toEqual(refused)
        if (bad !== '') await expect(registry.list({ kind, prefix: bad, limit: 1 })).rejects.toEqual(refused)
      }
    })
  })
}
