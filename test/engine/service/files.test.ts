import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createFiles } from '../../../lib/engine/service/files.ts'
import { createBlobs } from '../../../lib/memory/blobs.ts'
import { createRegistry } from '../../../lib/memory/registry.ts'
import { nameProblem } from '../../../lib/protocol/file-name.ts'
import type { FilePart } from '../../../lib/protocol/files.ts'
import { FILE_PART_BYTES } from '../../../lib/protocol/limits.ts'

const digest = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')
const bytes = (text: string): Uint8Array => Buffer.from(text)
const partOf = (content: Uint8Array): FilePart => ({ size: content.byteLength, sha256: digest(content) })
const md5 = '0'.repeat(32)

function setUp() {
  const clock = { now: () => 1_000, random: Math.random }
  const blobs = createBlobs()
  const registry = createRegistry()
  const files = createFiles({ registry, files: blobs, clock, digest })
  const put = async (name: string, content: string, upload = digest(bytes(content)).slice(0, 40)) => {
    const part = partOf(bytes(content))
    const { parts } = await files.parts({ name, upload, first: 0, parts: [part] })
    const url = parts[0]?.url
    if (url !== undefined) await putAt(url, bytes(content))
    return await files.commit({ name, upload, size: part.size, md5, parts: [part] })
  }
  const putAt = (url: string, content: Uint8Array): Promise<void> => {
    const [folder = '', part = ''] = url.split('/').slice(-2)
    return files.putPart(folder, part, content)
  }
  const read = async (name: string): Promise<string> => {
    const { parts } = await files.places(name)
    const found = await Promise.all(
      parts.map(({ url }) => {
        const [folder = '', part = ''] = url.split('/').slice(-2)
        return files.getPart(folder, part)
      }),
    )
    return Buffer.concat(found.map(part => part ?? bytes('?'))).toString()
  }
  return { files, put, putAt, read, blobs, registry }
}

test('a name means what was put last, and the old parts are gone', async () => {
  const { files, put, read } = setUp()
  await put('a', 'first')
  const before = await files.places('a')
  await put('a', 'second')
  expect(await read('a')).toBe('second')
  const [folder = '', part = ''] = (before.parts[0]?.url ?? '').split('/').slice(-2)
  expect(await files.getPart(folder, part)).toBeUndefined()
  expect(await files.info('a')).toEqual({ name: 'a', size: 6, md5, created: 1_000, modified: 1_000 })
})

test('what is there is not asked for again', async () => {
  const { files, put, read } = setUp()
  await put('a', 'same')
  const answer = await files.parts({
    name: 'a',
    upload: digest(bytes('same')).slice(0, 40),
    first: 0,
    parts: [partOf(bytes('same'))],
  })
  expect(answer).toEqual({ parts: [{}] })
  await put('a', 'same')
  expect(await read('a')).toBe('same')
})

test('two names never share parts, even when they share an upload', async () => {
  const { files, put, read } = setUp()
  await put('a', 'x', '1'.repeat(40))
  await put('b', 'x', '1'.repeat(40))
  await files.delete('a')
  expect(await read('b')).toBe('x')
  await expect(files.info('a')).rejects.toMatchObject({ code: 'not-found' })
  await expect(files.delete('a')).rejects.toMatchObject({ code: 'not-found' })
})

describe('a put that is cut short leaves the old file', () => {
  const upload = '2'.repeat(40)
  test('a part is missing', async () => {
    const { files, put, read } = setUp()
    await put('a', 'old')
    const parts = [partOf(bytes('new'))]
    await files.parts({ name: 'a', upload, first: 0, parts })
    await expect(files.commit({ name: 'a', upload, size: 3, md5, parts })).rejects.toThrow(/Part 0 of “a” is not there/)
    expect(await read('a')).toBe('old')
  })

  test('a part is not what was announced', async () => {
    const { files, putAt } = setUp()
    const { parts } = await files.parts({ name: 'a', upload, first: 0, parts: [partOf(bytes('new'))] })
    await expect(putAt(parts[0]?.url ?? '', bytes('not'))).rejects.toThrow(/its SHA-256 is another/)
  })

  test('sizes do not add up', async () => {
    const { files } = setUp()
    await expect(files.commit({ name: 'a', upload, size: 4, md5, parts: [partOf(bytes('new'))] })).rejects.toThrow(
      /have 3 bytes together, and not 4/,
    )
  })

  test('its parts go a day later, but not those of a file that has them', async () => {
    const { files, put, read, putAt } = setUp()
    const lost = await files.parts({ name: 'b', upload, first: 0, parts: [partOf(bytes('lost'))] })
    await putAt(lost.parts[0]?.url ?? '', bytes('lost'))
    await put('a', 'kept')
    await files.parts({
      name: 'a',
      upload: digest(bytes('kept')).slice(0, 40),
      first: 0,
      parts: [partOf(bytes('kept'))],
    })
    const [folder = '', part = ''] = (lost.parts[0]?.url ?? '').split('/').slice(-2)
    await files.sweep(999)
    expect(await files.getPart(folder, part)).toBeDefined()
    await files.sweep(1_000)
    expect(await files.getPart(folder, part)).toBeUndefined()
    expect(await read('a')).toBe('kept')
  })
})

test('a list goes on where it ended', async () => {
  const { files, put } = setUp()
  for (const name of ['a/1', 'a/2', 'a/3', 'b']) await put(name, name)
  const first = await files.list({ prefix: 'a/', limit: 2 })
  expect(first.files.map(({ name }) => name)).toEqual(['a/1', 'a/2'])
  const second = await files.list({
    prefix: 'a/',
    limit: 2,
    ...(first.cursor !== undefined && { cursor: first.cursor }),
  })
  expect([second.files.map(({ name }) => name), second.cursor]).toEqual([['a/3'], undefined])
})

test('an empty file has no parts', async () => {
  const { files } = setUp()
  await files.commit({ name: 'empty', upload: '3'.repeat(40), size: 0, md5, parts: [] })
  expect(await files.places('empty')).toMatchObject({ size: 0, parts: [] })
})

test('a part above its limit is refused, one of that size is not', async () => {
  const { files } = setUp()
  const full = new Uint8Array(FILE_PART_BYTES)
  await files.putPart('4'.repeat(40), `0-${digest(full)}`, full)
  const more = new Uint8Array(FILE_PART_BYTES + 1)
  await expect(files.putPart('4'.repeat(40), `0-${digest(more)}`, more)).rejects.toMatchObject({ code: 'too-large' })
})

test.each(['a', 'a/b c/ü🎈.txt', '.hidden', 'a..b', '...', 'x'.repeat(1_000), 'C:\\x'])('“%s” is a name', name => {
  expect(nameProblem(name)).toBeUndefined()
})

test.each(['', '/', '/a', 'a/', 'a//b', '.', '..', 'a/../b', './a', 'a\u0000', 'a\nb', '\ud800', 'x'.repeat(1_001)])(
  '“%s” is none',
  name => {
    expect(nameProblem(name)).toBeDefined()
  },
)
