import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { freshFolder } from './fresh-folder.ts'
import { startService } from './service.ts'

async function started() {
  const folder = freshFolder()
  const service = await startService({ folder })
  onTestFinished(() => service.stop('SIGKILL').then(() => undefined))
  const partsThere = async (): Promise<string[]> => {
    const names = await readdir(join(folder, 'blobs', 'files'), { recursive: true })
    return names.filter(name => name.endsWith('~')).toSorted()
  }
  return { folder, service, partsThere }
}

/** Breaks off once its first part is stored. */
async function* breaking(partsThere: () => Promise<string[]>): AsyncGenerator<Uint8Array> {
  const { length } = await partsThere()
  yield Buffer.alloc(17 * 1024 ** 2, 1)
  await expect.poll(async () => (await partsThere()).length, { timeout: 20_000 }).toBe(length + 1)
  throw new Error('it broke off')
}

test('a stream that breaks off leaves no parts behind, nor does one that is aborted, and what was there', async () => {
  const { service, partsThere } = await started()
  await using cloud = service.client()
  await cloud.files.putf('old', 'broken')
  const before = await partsThere()
  expect(before).toHaveLength(1)
  await expect(cloud.files.putf(breaking(partsThere), 'broken')).rejects.toThrow('it broke off')
  expect(await partsThere()).toEqual(before)
  const stop = new AbortController()
  async function* endless(): AsyncGenerator<Uint8Array> {
    yield Buffer.alloc(17 * 1024 ** 2, 2)
    await expect.poll(async () => (await partsThere()).length, { timeout: 20_000 }).toBe(2)
    stop.abort(new Error('no more'))
    yield Buffer.alloc(17 * 1024 ** 2, 3)
  }
  await expect(cloud.files.putf(endless(), 'broken', { signal: stop.signal })).rejects.toThrow('no more')
  expect(await partsThere()).toEqual(before)
  expect(await text(await cloud.files.getf('broken'))).toBe('old')
})

test('a file whose one request breaks off leaves no parts behind, and what was there', async () => {
  const { folder, service, partsThere } = await started()
  await using cloud = service.client()
  await cloud.files.putf('old', 'broken')
  const before = await partsThere()
  expect(before).toHaveLength(1)
  const { key, secret } = JSON.parse(await readFile(join(folder, 'config.json'), 'utf8'))
  const answer = fetch(`${service.url}/v1/files/content?name=broken`, {
    method: 'PUT',
    headers: {
      authorization: `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`,
      'content-type': 'application/octet-stream',
    },
    body: Readable.toWeb(Readable.from(breaking(partsThere))) as ReadableStream,
    duplex: 'half',
  } as RequestInit)
  await expect(answer).rejects.toThrow()
  await expect.poll(partsThere, { timeout: 20_000 }).toEqual(before)
  expect(await text(await cloud.files.getf('broken'))).toBe('old')
})
