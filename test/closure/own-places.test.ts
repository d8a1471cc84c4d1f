import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ownPlaces } from '../../lib/closure/packages/own-places.ts'

let folder: string

beforeAll(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'picloud-own-places-')))
  mkdirSync(join(folder, 'data'))
  for (const path of ['package.json', 'a.txt', 'data/b.txt']) writeFileSync(join(folder, path), '{}')
})

afterAll(() => rmSync(folder, { recursive: true }))

test.each<[string, readonly string[] | undefined]>([
  ['export const one = 1', []],
  ["read(new URL('./a.txt', import.meta.url))", ['a.txt']],
  ["read(import.meta.dirname + '/a.txt', join(__dirname, 'data', 'b.txt'))", ['a.txt', 'data/b.txt']],
  ["const here = dirname(fileURLToPath(import.meta.url)); read(join(here, 'a.txt'))", ['a.txt']],
  ["const at = new URL('a.txt', import.meta.url); export const text = () => read(at)", ['a.txt']],
  ['if (import.meta.main) start()', []],
  ["exports.text = () => read(__dirname + '/a.txt')", ['a.txt']],
  ["with (fs) exports.text = read(__dirname + '/a.txt')", ['a.txt']],
  ['log(import.meta.url)', undefined],
  ['const { url } = import.meta', undefined],
  ['export const here = import.meta.dirname', undefined],
  ['const here = __dirname; export { here }', undefined],
  ['const here = __dirname; module.exports = { here }', undefined],
  ["let here = __dirname; here += '/x'; read(here)", undefined],
  ['read(join(import.meta.dirname, name))', undefined],
  ["read(new URL('./c.txt', import.meta.url))", undefined],
  ["list(new URL('./data', import.meta.url))", undefined],
  ["import.meta.resolve('package')", undefined],
  ["createRequire(import.meta.url)('./x.cjs')", undefined],
  ['import.meta.url is no JavaScript', undefined],
])('%s', (text, expected) => {
  const paths = ownPlaces(join(folder, 'own.mjs'), text)
  expect(paths && [...paths].sort()).toEqual(expected?.map(path => join(folder, path)))
})
