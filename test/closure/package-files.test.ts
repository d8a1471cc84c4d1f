import { mkdirSync, mkdtempSync, realpathSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { askingForMore, noteOf, packageFiles } from '../../lib/closure/packages/package-files.ts'
import { MAX_ASSET_BYTES } from '../../lib/protocol/limits.ts'

let folder: string

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'picloud-package-files-')))
})

afterAll(() => rmSync(folder, { recursive: true }))

/** Makes the files of a package; gives the path of one. */
function installed(name: string, files: Readonly<Record<string, string>>): (path: string) => string {
  const at = (path: string): string => join(folder, 'node_modules', name, path)
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(at(path)), { recursive: true })
    writeFileSync(at(path), text)
  }
  return at
}

test.each<[string, string, readonly string[]]>([
  ['beside it', "read(join(__dirname, 'a.wasm'))", ['in/its/own/a.wasm']],
  ['by a URL', 'new URL("./a.wasm", import.meta.url)', ['in/its/own/a.wasm']],
  ['in a template', 'read(__dirname + `/data/b.csv`)', ['in/its/own/data/b.csv']],
  ['above it', "read(join(__dirname, '../package.json'))", ['in/its/package.json']],
  ['once that it names twice', "read(__dirname + 'a.wasm', './a.wasm')", ['in/its/own/a.wasm']],
  ['which is not there', "read(__dirname + '/c.wasm')", []],
  ['which is a script', "fork(join(__dirname, 'worker.js'))", []],
  ['which is a folder', "list(join(__dirname, 'data.d'))", []],
  ['where it asks for no place', "fetch('a.wasm')", []],
])('a file %s', (_, text, expected) => {
  const at = installed(`case-${expected.join().replaceAll('/', '-')}-${text.length}`, {
    'lib/main.js': text,
    'lib/a.wasm': 'wasm',
    'lib/data/b.csv': 'a,b',
    'lib/worker.js': '',
    'lib/data.d/x': '',
    'package.json': '{}',
  })
  expect(packageFiles([at('lib/main.js')]).map(({ name }) => name)).toEqual(expected)
})

test('a file of the user’s is told where more is asked of its place, or what it names does not come', () => {
  const [own, more] = [join(folder, 'own.js'), join(folder, 'more.ts')]
  writeFileSync(join(folder, 'a.wasm'), 'wasm')
  writeFileSync(own, "read(__dirname + '/a.wasm')")
  writeFileSync(more, 'export const at: string = __dirname')
  const files = packageFiles([own, more])
  expect(files).toEqual([{ name: 'in/its/own/a.wasm', path: join(folder, 'a.wasm') }])
  expect(askingForMore([own], files)).toBeUndefined()
  expect(askingForMore([own], [])).toBe(own)
  expect(askingForMore([own, more], files)).toBe(more)
})

test('files of one name come where they are the same', () => {
  const text = "read(__dirname + '/x.txt')"
  const [one, two, other] = ['same', 'same', 'other'].map((content, at) =>
    installed(`of-one-name-${at}`, { 'main.js': text, 'x.txt': content }),
  )
  expect(packageFiles([one?.('main.js') ?? '', two?.('main.js') ?? ''])).toHaveLength(1)
  expect(packageFiles([one?.('main.js') ?? '', other?.('main.js') ?? ''])).toEqual([])
})

test('up to as many bytes as a function may take', () => {
  const at = installed('large', { 'main.js': "read(__dirname + '/large.bin')", 'large.bin': '' })
  truncateSync(at('large.bin'), MAX_ASSET_BYTES)
  expect(packageFiles([at('main.js')])).toHaveLength(1)
  truncateSync(at('large.bin'), MAX_ASSET_BYTES + 1)
  expect(packageFiles([at('main.js')])).toEqual([])
})

test('a bundle says which they are', () => {
  const at = installed('noted', { 'main.js': "read(__dirname + '/a.txt')", 'a.txt': 'abc' })
  expect(noteOf([])).toBe('')
  expect(noteOf(packageFiles([at('main.js')]))).toBe(
    '\n// in/its/own/a.txt ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\n',
  )
})
