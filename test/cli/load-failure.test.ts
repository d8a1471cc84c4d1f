import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { exportedFunction } from '../../lib/cli/exported-function.ts'

let folder = ''

const files: Readonly<Record<string, string>> = {
  'package.json': '{ "type": "commonjs" }',
  'module.ts': 'import { basename } from "node:path"\nexport default () => basename("a/b")\n',
  'module.js': 'export default () => 1\n',
  'enumeration.mts': 'enum Colour { red }\nexport default () => Colour.red\n',
  'throws.mjs': 'throw new TypeError("no luck")\n',
  'lacks.mjs': 'import "./nowhere.mjs"\nexport default () => 1\n',
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'picloud-load-'))
  await Promise.all(Object.entries(files).map(([name, text]) => writeFile(join(folder, name), text)))
})

afterAll(() => rm(folder, { recursive: true }))

test.each([
  ['nowhere.ts', 'not-found', 'There is no file'],
  ['module.ts', 'unsupported', 'call it .mts'],
  ['module.js', 'unsupported', '"type": "module"'],
  ['enumeration.mts', 'unsupported', '--import tsx'],
  ['throws.mjs', 'exception', 'no luck'],
  ['lacks.mjs', 'exception', 'nowhere.mjs'],
])('%s is refused as %s, with what to do', async (name, code, words) => {
  await expect(exportedFunction(join(folder, name), 'default')).rejects.toMatchObject({
    code,
    message: expect.stringContaining(words),
  })
})

test('with tsx, as the message says, it is loaded', async () => {
  const program = `
    const { exportedFunction } = await import(${JSON.stringify(new URL('../../lib/cli/exported-function.ts', import.meta.url))})
    console.log((await exportedFunction(${JSON.stringify(join(folder, 'enumeration.mts'))}, 'default'))())`
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: { ...process.env, NODE_OPTIONS: '--import tsx' },
  })
  expect(stdout).toBe('0\n')
})
