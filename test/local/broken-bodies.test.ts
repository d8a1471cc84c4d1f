import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { freshFolder } from './fresh-folder.ts'
import { startService } from './service.ts'

test('a file whose one request breaks off leaves no parts behind, and what was there', async () => {
  const folder = freshFolder()
  const service = await startService({ folder })
  onTestFinished(() => service.stop('SIGKILL').then(() => undefined))
  await using cloud = service.client()
  const partsThere = async (): Promise<string[]> => {
    const names = await readdir(join(folder, 'blobs', 'files'), { recursive: true })
    return names.filter(name => name.endsWith('~')).toSorted()
  }
  await cloud.files.putf('old', 'broken')
  const before = await partsThere()
  expect(before).toHaveLength(1)
  async function* breaking(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(17 * 1024 ** 2, 1)
    await expect.poll(async () => (await partsThere()).length, { timeout: 20_000 }).toBe(2)
    throw new Error('it broke off')
  }
  const { key, secret } = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))
  const answer = fetch(`${service.url}/v1/files/content?name=broken`, {
    method: 'PUT',
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
      'content-type': 'application/octet-stream',
    },
    body: Readable.toWeb(Readable.from(breaking())) as ReadableStream,
    duplex: 'half',
  } as RequestInit)
  await expect(answer).rejects.toThrow()
  await expect.poll(partsThere, { timeout: 20_000 }).toEqual(before)
  expect(await text(await cloud.files.getf('broken'))).toBe('old')
})
