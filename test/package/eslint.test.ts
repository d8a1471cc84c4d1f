import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

// The newest TypeScript has no API that the parser could use.
const needed = ['@typescript-eslint/parser@^8.73.0', 'typescript@~5.9.3']

const program = `import cloud, { type Jid } from 'picloud'

const cache: WeakMap<object, number> = new WeakMap()
const find = (key: object): number | undefined => cache.get(key)
type Cache = typeof cache
export const jid: Jid<number | undefined> = await cloud.mp.call((key: object) => find(key)!, {})
export const other = (cloud as typeof cloud).call((one: Cache) => one, cache)
`

const configuration = `import parser from '@typescript-eslint/parser'
import picloud from 'picloud/eslint'

export default [{ files: ['**/*.ts'], languageOptions: { parser } }, picloud.configs.recommended]
`

describe.each(['9', '10'])('with ESLint %s and TypeScript’s parser', version => {
  let home: string

  /** Somebody's project: this package as packed, and ESLint. */
  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), `picloud-eslint-${version}-`))
    const env = Object.fromEntries(
      Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_(?!EXTRA_CA_CERTS)|VITEST)/.test(name)),
    )
    await run('npm', ['pack', '--ignore-scripts', '--pack-destination', home], { cwd: root })
    const tarball = (await readdir(home)).find(name => name.endsWith('.tgz'))
    await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
    const packages = [`./${tarball}`, `eslint@^${version}.0.0`, ...needed]
    await run('npm', ['install', '--no-audit', '--no-fund', ...packages], { cwd: home, env })
    await writeFile(join(home, 'program.ts'), program)
    await writeFile(join(home, 'eslint.config.js'), configuration)
  })

  afterAll(() => rm(home, { recursive: true, force: true }))

  test('it marks what can’t travel, and nothing else', async () => {
    const eslint = join(home, 'node_modules/eslint')
    const { version: installed } = JSON.parse(await readFile(join(eslint, 'package.json'), 'utf8'))
    expect(installed.split('.')[0]).toBe(version)
    const linted = run(process.execPath, [join(eslint, 'bin/eslint.js'), '--format', 'json', 'program.ts'], {
      cwd: home,
    })
    // It exits 1 when it finds something.
    const { stdout } = await linted.catch((error: { stdout: string }) => error)
    const [{ messages }] = JSON.parse(stdout)
    expect(messages).toEqual([
      expect.objectContaining({
        ruleId: 'picloud/can-travel',
        line: 4,
        message:
          '(anonymous) → find → cache: a WeakMap can’t be sent, as its entries can’t be listed. Use a Map, or make it where it is used.',
      }),
    ])
  })
})
