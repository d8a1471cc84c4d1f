import { createHash, randomBytes } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Cloud, connect } from '../../lib/index.ts'
import { assemble, type LocalService } from '../../lib/local/assemble.ts'

let folder = ''
let service: LocalService
let cloud: Cloud
let authorization = ''
/** Two parts and a bit. */
const large = randomBytes(33 * 1024 ** 2 + 7)
const md5Of = (bytes: Uint8Array): string => createHash('md5').update(bytes).digest('hex')

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-files-'))
  const log = { level: 'silent', write: () => undefined } as const
  service = await assemble({ folder: join(folder, 'data'), host: '127.0.0.1', port: 0, workers: 1, log })
  const { key, secret } = service.beginning as NonNullable<LocalService['beginning']>
  authorization = `Basic ${Buffer.from(`${key}:${secret}`).toString('base64')}`
  cloud = connect({ url: service.url, key: String(key), secret })
  await writeFile(join(folder, 'large.bin'), large)
})

afterAll(async () => {
  await cloud.close()
  await service.stop(0)
  await rm(folder, { recursive: true })
})

test('a large file goes and comes in parts, with progress', async () => {
  const told: number[] = []
  await cloud.files.put(join(folder, 'large.bin'), undefined, { onProgress: bytes => told.push(bytes) })
  expect(told.at(-1)).toBe(large.byteLength)
  expect(told.length).toBe(3)
  expect(await cloud.files.getMd5('large.bin')).toBe(md5Of(large))
  const back = join(folder, 'new', 'back.bin')
  await cloud.files.get('large.bin', back)
  expect((await readFile(back)).equals(large)).toBe(true)
  expect(await readdir(join(folder, 'new'))).toEqual(['back.bin'])
})

test('a get goes on with what an earlier one left', async () => {
  const { upload, parts } = (await (
    await fetch(`${service.url}/v1/files/parts?name=large.bin`, { headers: { authorization } })
  ).json()) as { upload: string; parts: { size: number }[] }
  const left = Buffer.alloc(large.byteLength)
  large.copy(left, 0, 0, parts[0]?.size)
  await writeFile(join(folder, `.again.bin.${upload.slice(0, 12)}.part`), left)
  await cloud.files.get('large.bin', join(folder, 'again.bin'))
  expect((await readFile(join(folder, 'again.bin'))).equals(large)).toBe(true)
})

test.each<[string, () => Parameters<Cloud['files']['putf']>[0], Uint8Array]>([
  ['a text', () => 'Grüße', Buffer.from('Grüße')],
  ['nothing', () => '', Buffer.alloc(0)],
  ['a Buffer', () => Buffer.from([0, 1, 255]), Buffer.from([0, 1, 255])],
  ['a stream', () => createReadStream(join(folder, 'large.bin')), large],
  ['a stream of texts', () => Readable.from(['a', 'b', 'ü']), Buffer.from('abü')],
])('putf stores %s, and getf streams it', async (_, source, content) => {
  await cloud.files.putf(source(), 'put/f')
  const stream = await cloud.files.getf('put/f')
  expect([stream.fileSize, stream.md5]).toEqual([content.byteLength, md5Of(content)])
  expect((await buffer(stream)).equals(content)).toBe(true)
})

test('getf takes a piece, across parts', async () => {
  const startByte = 16 * 1024 ** 2 - 3
  const piece = await buffer(await cloud.files.getf('large.bin', { startByte, endByte: startByte + 5 }))
  expect(piece.equals(large.subarray(startByte, startByte + 6))).toBe(true)
  expect(await buffer(await cloud.files.getf('large.bin', { startByte: large.byteLength }))).toHaveLength(0)
})

test('a stream that breaks off leaves the old file', async () => {
  await cloud.files.putf('old', 'kept')
  async function* broken(): AsyncGenerator<Uint8Array> {
    yield Buffer.from('new')
    throw new Error('it broke off')
  }
  await expect(cloud.files.putf(broken(), 'kept')).rejects.toThrow('it broke off')
  expect(String(await buffer(await cloud.files.getf('kept')))).toBe('old')
})

test('list, exists and delete', async () => {
  for (const name of ['l/ä', 'l/🎈', 'l/a b']) await cloud.files.putf(name, name)
  expect(await cloud.files.list('l/')).toEqual(['l/a b', 'l/ä', 'l/🎈'])
  expect(await cloud.files.exists('l/ä')).toBe(true)
  await cloud.files.delete('l/ä')
  expect(await cloud.files.exists('l/ä')).toBe(false)
  await expect(cloud.files.delete('l/ä')).rejects.toMatchObject({ code: 'not-found' })
  await expect(cloud.files.get('l/ä', join(folder, 'none'))).rejects.toMatchObject({ code: 'not-found' })
})

test('sync sends and fetches only what differs', async () => {
  const path = join(folder, 'synced.txt')
  await writeFile(path, 'one')
  expect(await cloud.files.syncToCloud(path)).toBe(true)
  expect(await cloud.files.syncToCloud(path)).toBe(false)
  expect(await cloud.files.syncFromCloud('synced.txt', path)).toBe(false)
  await cloud.files.putf('two', 'synced.txt')
  expect(await cloud.files.syncFromCloud('synced.txt', path)).toBe(true)
  expect(await readFile(path, 'utf8')).toBe('two')
})

test('jobs read and write files', async () => {
  await cloud.files.putf('3', 'number')
  const jid = await cloud.call(async () => {
    const { default: cloud } = await import('../../lib/index.ts')
    const stream = await cloud.files.getf('number')
    let text = ''
    for await (const chunk of stream) text += String(chunk)
    await cloud.files.putf(`${Number(text) * 3}`, 'ninefold')
    return cloud.files.list('n')
  })
  expect(await cloud.result(jid)).toEqual(['ninefold', 'number'])
  expect(String(await buffer(await cloud.files.getf('ninefold')))).toBe('9')
})

test.each(['', '../x', 'a/./b', '/etc/passwd'])('“%s” is no name', async name => {
  await expect(cloud.files.putf('x', name)).rejects.toMatchObject({ code: 'invalid-argument' })
  const answer = await fetch(`${service.url}/v1/files/content?${new URLSearchParams({ name })}`, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/octet-stream' },
    body: 'x',
  })
  expect(answer.status).toBe(400)
})

test('a folder is no file', async () => {
  for (const way of ['put', 'syncToCloud'] as const) {
    await expect(cloud.files[way](folder, 'folder')).rejects.toMatchObject({ code: 'invalid-argument' })
  }
  expect(await cloud.files.exists('folder')).toBe(false)
})

test('get writes no file where a folder is, and fetches nothing for it', async () => {
  const place = join(folder, 'taken')
  await mkdir(place)
  await writeFile(join(place, 'file'), 'mine')
  await cloud.files.putf('theirs', 'one')
  for (const path of [place, join(place, 'file', 'below')]) {
    await expect(cloud.files.get('one', path)).rejects.toMatchObject({ code: 'invalid-argument' })
  }
  expect(await readdir(place)).toEqual(['file'])
  expect((await readdir(folder)).filter(name => name.endsWith('.part'))).toEqual([])
})

test('a link is read as its file, and gives way where get writes', async () => {
  await writeFile(join(folder, 'real'), 'real')
  await symlink('real', join(folder, 'link'))
  expect(await cloud.files.syncToCloud(join(folder, 'link'), 'linked')).toBe(true)
  expect(await cloud.files.getMd5('linked')).toBe(md5Of(Buffer.from('real')))
  await cloud.files.putf('new', 'linked')
  await cloud.files.get('linked', join(folder, 'link'))
  expect([await readFile(join(folder, 'link'), 'utf8'), await readFile(join(folder, 'real'), 'utf8')]).toEqual([
    'new',
    'real',
  ])
})

test('a stream that falls silent is left at the signal, and the old file stays', async () => {
  const controller = new AbortController()
  async function* silent() {
    yield large.subarray(0, 20 * 1024 ** 2)
    controller.abort()
    await new Promise<never>(() => undefined)
  }
  await cloud.files.putf('old', 'kept')
  await expect(cloud.files.putf(silent(), 'kept', { signal: controller.signal })).rejects.toThrow('aborted')
  expect(await cloud.files.getMd5('kept')).toBe(md5Of(Buffer.from('old')))
})

test('pages of names miss nothing and give nothing twice while files come and go', async () => {
  const stay = Array.from({ length: 20 }, (_, nth) => `page/${String(2 * nth).padStart(3, '0')}`)
  for (const name of [...stay, 'page/011', 'page/031']) await cloud.files.putf('', name)
  const seen: string[] = []
  for (let cursor = '', page = 0; cursor !== undefined; page++) {
    const query = new URLSearchParams({ prefix: 'page/', limit: '3', ...(cursor !== '' && { cursor }) })
    const answer = await fetch(`${service.url}/v1/files?${query}`, { headers: { authorization } })
    const listed = (await answer.json()) as { files: { name: string }[]; cursor: string }
    seen.push(...listed.files.map(({ name }) => name))
    cursor = listed.cursor
    await cloud.files.putf('', `page/${String(6 * page + 3).padStart(3, '0')}`)
    if (page === 1) for (const name of ['page/011', 'page/031']) await cloud.files.delete(name)
  }
  expect(seen).toEqual([...new Set(seen)].toSorted())
  expect(seen).toEqual(expect.arrayContaining(stay))
  expect(seen).not.toContain('page/031')
})

test('a file that is not here is named', async () => {
  await expect(cloud.files.put(join(folder, 'nowhere'))).rejects.toThrow(/There is no file .*nowhere/)
})

test('curl puts and gets a whole file, and a range of it', async () => {
  const url = `${service.url}/v1/files/content?name=by%20hand`
  const put = await fetch(url, {
    method: 'PUT',
    headers: { authorization, 'content-type': 'application/octet-stream' },
    body: new Uint8Array(large),
  })
  expect(await put.json()).toMatchObject({ name: 'by hand', size: large.byteLength, md5: md5Of(large) })
  const whole = await fetch(url, { headers: { authorization } })
  expect(whole.headers.get('content-length')).toBe(String(large.byteLength))
  expect(Buffer.from(await whole.arrayBuffer()).equals(large)).toBe(true)
  const piece = await fetch(url, { headers: { authorization, range: 'bytes=5-8' } })
  expect([piece.status, piece.headers.get('content-range')]).toEqual([206, `bytes 5-8/${large.byteLength}`])
  expect(Buffer.from(await piece.arrayBuffer())).toEqual(large.subarray(5, 9))
  const none = await fetch(url, { headers: { authorization, range: `bytes=${large.byteLength}-` } })
  expect([none.status, none.headers.get('content-range')]).toEqual([416, `bytes */${large.byteLength}`])
  expect(await none.json()).toMatchObject({ status: 416, code: 'unsatisfiable-range' })
})

test('what was got already is not sent again, and a range of another content is the whole', async () => {
  const url = `${service.url}/v1/files/content?name=tagged`
  const get = (headers: Record<string, string>) => fetch(url, { headers: { authorization, ...headers } })
  await cloud.files.putf('one two', 'tagged')
  const etag = (await get({})).headers.get('etag') ?? ''
  expect(etag).toBe(`"${md5Of(Buffer.from('one two'))}"`)
  const again = await get({ 'if-none-match': etag })
  expect([again.status, await again.text()]).toEqual([304, ''])
  const rest = await get({ range: 'bytes=4-', 'if-range': etag })
  expect([rest.status, await rest.text()]).toEqual([206, 'two'])
  const several = await get({ range: 'bytes=0-0,2-2' })
  expect([several.status, await several.text()]).toEqual([200, 'one two'])
  await cloud.files.putf('another', 'tagged')
  const changed = await get({ range: 'bytes=4-', 'if-range': etag, 'if-none-match': etag })
  expect([changed.status, await changed.text()]).toEqual([200, 'another'])
})

test('cloud.mp has no files', async () => {
  const mp = connect({ workers: 1 })
  await expect(mp.files.list()).rejects.toMatchObject({ code: 'unsupported' })
  await mp.close()
})
