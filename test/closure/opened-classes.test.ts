import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { afterAll, expect, test } from 'vitest'
import { capture } from '../../lib/closure/capture.ts'

const folder = mkdtempSync(join(tmpdir(), 'picloud-opened-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Installs a package of one file, and imports it. */
async function install(name: string, text: string): Promise<{ readonly file: string; readonly exports: never }> {
  const root = join(folder, 'node_modules', name)
  mkdirSync(root, { recursive: true })
  writeFileSync(
    join(root, 'package.json'),
    JSON.stringify({ name, version: '1.0.0', type: 'module', exports: './index.js' }),
  )
  const file = join(root, 'index.js')
  writeFileSync(file, text)
  return { file, exports: (await import(pathToFileURL(file).href)) as never }
}

const safe = 'export class Safe { #key = 1; open() { return this.#key } }\n'

test('a class of a package is opened in its file, at its place alone', async () => {
  const { Safe } = (await install('safe', safe)).exports as { Safe: new () => { open(): number } }
  const held = new Safe()
  const [packages] = capture(() => held.open()).modules
  const text = new TextDecoder().decode(packages?.bytes)
  expect(text).toMatch(/#key = \(?picloud\$making\d+ \? void 0 : \(?1/)
  // Where no instance travels, the file stays as it is.
  const [alone] = capture(() => Safe.length).modules
  expect(new TextDecoder().decode(alone?.bytes)).not.toContain('picloud$making')
})

test('one whose file is another now than what runs is refused by name', async () => {
  const { file, exports } = await install('changed', safe)
  const { Safe } = exports as { Safe: new () => { open(): number } }
  const held = new Safe()
  writeFileSync(file, safe.replace('= 1', '= 2'))
  expect(() => capture(() => held.open())).toThrow(
    'it has private fields of Safe, which belongs to an installed package',
  )
})

test('one whose constructor takes its arguments apart in a rest pattern is refused, with the place', async () => {
  const text = 'export class Odd { #key; constructor(...[key]) { this.#key = key } open() { return this.#key } }\n'
  const { Odd } = (await install('odd', text)).exports as { Odd: new (key: number) => { open(): number } }
  const held = new Odd(1)
  expect(() => capture(() => held.open())).toThrow(
    /its constructor takes all its arguments apart in a pattern.*index\.js:1:/,
  )
})
