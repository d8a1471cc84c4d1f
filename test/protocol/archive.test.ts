import { expect, test } from 'vitest'
import { type ArchiveEntry, encodeEntry, isInside, readArchive } from '../../lib/protocol/archive.ts'

const entry = (path: string, size: number, executable = false): ArchiveEntry => ({ path, size, executable })

/** The files that an archive gives when it comes in steps of so many bytes. */
async function readIn(step: number, bytes: Uint8Array): Promise<[ArchiveEntry, string][]> {
  async function* source(): AsyncGenerator<Uint8Array> {
    for (let at = 0; at < bytes.byteLength; at += step) yield bytes.subarray(at, at + step)
  }
  const files: [ArchiveEntry, string][] = []
  for await (const part of readArchive(source())) {
    if ('entry' in part) files.push([part.entry, ''])
    else (files.at(-1) as [ArchiveEntry, string])[1] += Buffer.from(part.bytes).toString()
  }
  return files
}

const archive = Buffer.concat([
  encodeEntry(entry('a', 3)),
  Buffer.from('one'),
  encodeEntry(entry('b/empty', 0)),
  encodeEntry(entry('b/ü', 5, true)),
  Buffer.from('three'),
])

test.each([1, 3, 7, 1_000])('an archive that comes in steps of %i bytes', async step => {
  expect(await readIn(step, archive)).toEqual([
    [entry('a', 3), 'one'],
    [entry('b/empty', 0), ''],
    [entry('b/ü', 5, true), 'three'],
  ])
})

test.each([1, 10, archive.byteLength - 1])('an archive that ends after %i bytes is refused', async size => {
  await expect(readIn(5, archive.subarray(0, size))).rejects.toThrow('ends in the middle')
})

test.each(['../x', 'a/../../x', '/etc/passwd', 'a//b', './a', 'a/.', '', '..', 'a\0b'])(
  '“%s” leads out',
  async path => {
    expect(isInside(path)).toBe(false)
    await expect(readIn(9, Buffer.from(encodeEntry(entry(path, 0))))).rejects.toThrow('no path of an archive')
  },
)

test.each(['a', 'node_modules/@a/b/..c', '.npmrc', 'a/b c'])('“%s” stays inside', path => {
  expect(isInside(path)).toBe(true)
})

test.each([Buffer.from('PK\u0003\u0004 something else'), Buffer.from([2, 0, 0, 0, 91, 93])])(
  'other bytes are refused',
  async bytes => {
    await expect(readIn(4, bytes)).rejects.toThrow('it is no archive')
  },
)
