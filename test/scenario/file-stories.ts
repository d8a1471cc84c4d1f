import { randomBytes } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { expect, test } from 'vitest'
import defaultCloud, { type Cloud } from '../../lib/index.ts'

/** What users do with files and published functions of a service. Told once; nothing here knows which service it is. */
export function tellFileStories(open: () => Promise<Cloud> | Cloud): void {
  test('files: put, read by a job, written by a job, got, listed, replaced, deleted', async () => {
    await using cloud = await open()
    const folder = await mkdtemp(join(tmpdir(), 'picloud-story-'))
    const top = `story-${randomBytes(4).toString('hex')}`
    try {
      await writeFile(join(folder, 'in.txt'), '3 4 5')
      await cloud.files.put(join(folder, 'in.txt'), `${top}/in.txt`)
      const jid = await cloud.call(
        async (from: string, to: string) => {
          let text = ''
          for await (const chunk of await defaultCloud.files.getf(from)) text += String(chunk)
          await defaultCloud.files.putf(text.split(' ').reverse().join(' '), to)
          return defaultCloud.files.exists(from)
        },
        `${top}/in.txt`,
        `${top}/aus ü.txt`,
      )
      expect(await cloud.result(jid)).toBe(true)
      await cloud.files.get(`${top}/aus ü.txt`, join(folder, 'out.txt'))
      expect(await readFile(join(folder, 'out.txt'), 'utf8')).toBe('5 4 3')
      expect(await cloud.files.list(`${top}/`)).toEqual([`${top}/aus ü.txt`, `${top}/in.txt`])
      expect(await cloud.files.syncToCloud(join(folder, 'in.txt'), `${top}/in.txt`)).toBe(false)
      await cloud.files.putf('another', `${top}/in.txt`)
      expect(String(await buffer(await cloud.files.getf(`${top}/in.txt`, { startByte: 2, endByte: 4 })))).toBe('oth')
      for (const name of await cloud.files.list(`${top}/`)) await cloud.files.delete(name)
      expect(await cloud.files.list(`${top}/`)).toEqual([])
      await expect(cloud.files.getMd5(`${top}/in.txt`)).rejects.toMatchObject({ code: 'not-found' })
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  test('files: several parts go and come whole', async () => {
    await using cloud = await open()
    const name = `story-${randomBytes(4).toString('hex')}`
    const content = randomBytes(17 * 1024 ** 2)
    await cloud.files.putf(content, name)
    expect((await buffer(await cloud.files.getf(name))).equals(content)).toBe(true)
    await cloud.files.delete(name)
  })

  test('publishing: a function is published, told, invoked by name, replaced, removed', async () => {
    await using cloud = await open()
    const label = `story-${randomBytes(4).toString('hex')}`
    await cloud.rest.publish((a: number, b = 1) => a + b, label)
    expect(await cloud.rest.list()).toContain(label)
    expect((await cloud.rest.info(label)).parameters.map(({ name, required }) => [name, required])).toEqual([
      ['a', true],
      ['b', false],
    ])
    expect(await cloud.result(await cloud.rest.invoke(label, { a: 41 }))).toBe(42)
    await expect(cloud.rest.invoke(label, { b: 1 })).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('argument a is missing'),
    })
    await cloud.rest.publish(() => 'another', label)
    expect(await cloud.result(await cloud.rest.invoke(label))).toBe('another')
    await cloud.rest.remove(label)
    await expect(cloud.rest.invoke(label)).rejects.toMatchObject({ code: 'not-found' })
  })
}
