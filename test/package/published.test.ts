import { execFile } from 'node:child_process'
import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, posix } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from 'vitest'

const run = promisify(execFile)
const root = fileURLToPath(new URL('../..', import.meta.url))

let home: string
let packed: readonly string[]

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'picloud-package-'))
  packed = contentsOf(JSON.parse(await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', home], root)))
  const tarball = (await readdir(home)).find(name => name.endsWith('.tgz'))
  await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  await npm(['install', '--no-audit', '--no-fund', `./${tarball}`], home)
})

afterAll(() => rm(home, { recursive: true, force: true }))

async function npm(args: readonly string[], cwd: string): Promise<string> {
  const { stdout } = await run('npm', args, { cwd, env: outsideOfNpm() })
  return stdout
}

/** npm's report is an array of packages or, in newer versions, an object by name. */
function contentsOf(report: unknown): readonly string[] {
  const [entry] = Object.values(report as Record<string, { files: { path: string }[] }>)
  return (entry?.files ?? []).map(({ path }) => path)
}

/** Without what npm and vitest set for this process, so that programs run as a user's do. */
function outsideOfNpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|VITEST|NODE_OPTIONS$|NODE_ENV$|NODE_V8_COVERAGE$)/.test(name),
    ),
  )
}

async function runProgram(name: string, source: string): Promise<string> {
  await writeFile(join(home, name), source)
  const { stdout } = await run(process.execPath, [name], { cwd: home, env: outsideOfNpm() })
  return stdout
}

test('what is packed is JavaScript with its declarations, the sources that maps lead to, the README and the licence', () => {
  expect(packed).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/lib/index.js']))
  const odd = packed.filter(
    path =>
      !/^(LICENSE|README\.md|package\.json|(lib|bin)\/.+\.ts|dist\/(lib|bin)\/(LICENSE-\w+|.+\.(js|d\.ts)(\.map)?)|dist\/functions\/.+\.js(on)?)$/.test(
        path,
      ),
  )
  expect(odd).toEqual([])
})

test('source maps lead to sources that are there', async () => {
  const maps = packed.filter(path => path.endsWith('.map'))
  expect(maps.length).toBeGreaterThan(100)
  for (const path of maps) {
    const map = JSON.parse(await readFile(join(home, 'node_modules/picloud', path), 'utf8')) as {
      sources: (string | null)[]
    }
    // Null stands for those of packages that are bundled.
    for (const source of map.sources.filter(each => each !== null))
      expect(packed).toContain(posix.join(posix.dirname(path), source))
  }
})

test('it needs no TypeScript', async () => {
  expect(await readdir(join(home, 'node_modules'))).toContain('picloud')
  expect(await readdir(join(home, 'node_modules'))).not.toContain('typescript')
})

test('an installed package runs closures in other processes under plain Node', async () => {
  const output = await runProgram(
    'program.mjs',
    `import cloud from 'picloud'
     const factor = 3
     const jid = await cloud.mp.call(x => ({ product: factor * x, pid: process.pid }), 2)
     const { product, pid } = await cloud.mp.result(jid)
     console.log(product, pid !== process.pid)
     console.log(await cloud.mp.map((x, y) => x * y, [1, 3, 5], [2, 4, 6]).result())`,
  )
  expect(output).toBe('6 true\n[ 2, 12, 30 ]\n')
})

test("a user's TypeScript program runs under plain Node as it is written", async () => {
  const output = await runProgram(
    'program.ts',
    `import mp from 'picloud/mp'
     const triple = (x: number): number => 3 * x
     console.log(await mp.call(triple, 2).result())`,
  )
  expect(output).toBe('6\n')
})

test('its declarations type a program, checked with those of its dependencies', async () => {
  await writeFile(
    join(home, 'typed.ts'),
    `import cloud, { type Jid } from 'picloud'
     const jid: Jid<number> = await cloud.mp.call((x: number) => 3 * x, 2)
     export const product: number = await cloud.mp.result(jid)
     // @ts-expect-error the result is a number
     export const text: string = await cloud.mp.result(jid)\n`,
  )
  const strict = ['--noEmit', '--strict', '--exactOptionalPropertyTypes', '--noUncheckedIndexedAccess']
  const how = ['--ignoreConfig', '--target', 'es2024', '--module', 'nodenext', '--types', '']
  const compiler = join(root, 'node_modules/typescript/bin/tsc')
  const compiled = run(process.execPath, [compiler, ...strict, ...how, 'typed.ts'], { cwd: home })
  await expect(compiled.catch(({ stdout }: { stdout: string }) => stdout)).resolves.toMatchObject({ stdout: '' })
})
