import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { FILE_PART_BYTES } from '../../lib/protocol/limits.ts'
import { freshFolder } from './fresh-folder.ts'
import { serviceOfItsOwn } from './service.ts'

let service: Awaited<ReturnType<typeof serviceOfItsOwn>>
beforeAll(async () => {
  service = await serviceOfItsOwn({ workers: 1 })
})
afterAll(() => service.close())

/** Where bytes of this length lie in the service's folder. */
async function storedOf(size: number): Promise<string> {
  for (const entry of await readdir(join(service.folder, 'blobs'), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name)
    if (entry.isFile() && (await readFile(path)).byteLength === size) return path
  }
  throw new Error(`No blob of ${size} bytes was found.`)
}

test('a file whose bytes changed where they are kept is refused by its name; what was there stays', async () => {
  await using cloud = service.client()
  const path = join(freshFolder(), 'content')
  const content = Buffer.alloc(FILE_PART_BYTES + 12_345, 7)
  await writeFile(path, content)
  await cloud.files.put(path, 'content')
  await writeFile(path, 'the old one')
  const stored = await storedOf(12_345)
  const bytes = await readFile(stored)
  bytes[100] = 8
  await writeFile(stored, bytes)
  const refused = {
    code: 'unavailable',
    message: expect.stringContaining('A part of “content” did not come as it was'),
  }
  await expect(cloud.files.get('content', path)).rejects.toMatchObject(refused)
  expect(await readFile(path, 'utf8')).toBe('the old one')
  const read = async () => {
    for await (const _ of await cloud.files.getf('content'));
  }
  await expect(read()).rejects.toMatchObject(refused)
})

test('a part whose bytes are not those that were announced is refused', async () => {
  const { key, secret } = JSON.parse(await readFile(join(service.folder, 'config.json'), 'utf8'))
  const authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
  const answer = await fetch(`${service.url}/v1/files/parts/${'a'.repeat(40)}/0-${'b'.repeat(64)}`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/octet-stream' },
    body: 'other bytes',
  })
  expect(answer.status).toBe(400)
  expect(await answer.json()).toMatchObject({ detail: expect.stringContaining('not what was announced') })
})
