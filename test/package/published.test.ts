import { execFile } from 'node:child_process'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join, posix } from 'node:path'
import { promisify } from 'node:util'
import { parse } from 'acorn'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Explanation } from '../../lib/client/cloud-api.ts'
import { type Installed, install, outsideOfNpm, root } from './installed.ts'

const run = promisify(execFile)

let installed: Installed
let home: string
let packed: readonly string[]

beforeAll(async () => {
  installed = await install()
  ;({ home, packed } = installed)
})

afterAll(() => installed[Symbol.asyncDispose]())

async function runProgram(name: string, source: string): Promise<string> {
  await writeFile(join(home, name), source)
  const { stdout } = await run(process.execPath, [name], { cwd: home, env: outsideOfNpm() })
  return stdout
}

test('what is packed is JavaScript with its declarations, the sources that maps lead to, the documents and the licence', () => {
  expect(packed).toEqual(expect.arrayContaining(['LICENSE', 'README.md', 'package.json', 'dist/lib/index.js']))
  const odd = packed.filter(
    path =>
      !/^(LICENSE|(bench\/)?README\.md|(ARCHITECTURE|CONTRIBUTING|docs\/[\w-]+)\.md|package\.json|config\.schema\.json|(lib|bin)\/.+\.ts|dist\/(lib|bin)\/(LICENSE-\w+|.+\.(js|d\.ts)(\.map)?)|dist\/lib\/worker\/child\/package\.json|dist\/functions\/.+\.js(on)?)$/.test(
        path,
      ),
  )
  expect(odd).toEqual([])
})

test('what the README and the pages of docs lead to is packed too', async () => {
  const pages = packed.filter(path => /^(README\.md|docs\/.+\.md)$/.test(path))
  expect(pages.length).toBeGreaterThan(20)
  for (const page of pages) {
    const text = await readFile(join(home, 'node_modules/picloud', page), 'utf8')
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#]+)/g)].map(([, link]) => link as string)
    for (const link of links) expect(packed).toContain(posix.join(posix.dirname(page), link))
  }
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

test('an older Node can read what says that it is too old', async () => {
  const text = await readFile(join(home, 'node_modules/picloud/dist/bin/picloud.js'), 'utf8')
  const { body } = parse(text, { ecmaVersion: 2022, sourceType: 'module', allowHashBang: true })
  expect(text).toContain('PiCloud needs Node')
  // What it imports is read before it runs.
  expect(body.filter(({ type }) => type.startsWith('Import'))).toEqual([])
})

test.each(['index', 'mp'])('nor is there anything in %s and what it loads that it could not', async entry => {
  const files = [join(home, `node_modules/picloud/dist/lib/${entry}.js`)]
  for (const file of files) {
    const { body } = parse(await readFile(file, 'utf8'), { ecmaVersion: 2022, sourceType: 'module' })
    for (const statement of body) {
      const from = 'source' in statement ? statement.source?.value : undefined
      if (typeof from === 'string' && from.startsWith('.')) files.push(join(file, '..', from))
    }
  }
  expect(files.length).toBeGreaterThan(1)
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

test('the zod that is built in leaves that of the user alone: schemas travel, whatever was done before', async () => {
  const output = await runProgram(
    'schemas.mjs',
    `import cloud from 'picloud'
     import { z } from 'zod'
     const settings = () => Object.keys(z.config()).join()
     const before = settings()
     await cloud.mp.info(await cloud.mp.call(() => 1))
     console.log(settings() === before)
     const schema = z.object({ a: z.string().describe('an a') })
     const read = given => [given.parse({ a: 'q' }).a, given.shape.a.description, z.number().parse(5)]
     console.log(await cloud.mp.call(read, schema).result())
     console.log(await cloud.mp.call(() => read(schema)).result())`,
  )
  expect(output).toBe("true\n[ 'q', 'an a', 5 ]\n[ 'q', 'an a', 5 ]\n")
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

/** What Node prints of a program in which nobody catches. */
async function uncaught(name: string, source: string): Promise<string> {
  const { stderr } = await runProgram(name, source).then(
    () => expect.unreachable(),
    (failed: { stderr: string }) => failed,
  )
  return stderr
}

test('a refusal that nobody catches shows the user’s line, and little else', async () => {
  const printed = await uncaught(
    'refused.mjs',
    `import cloud from 'picloud'
const seen = new WeakMap()
await cloud.mp.call(key => seen.get(key), {}).result()`,
  )
  expect(printed).toMatch(/^file:\S+refused\.mjs:3\nawait cloud\.mp\.call\(/)
  expect(printed).toMatch(/CaptureError: .+ → seen: a WeakMap can’t be sent.+\n {4}at file:\S+refused\.mjs:3:16\n/)
  expect(printed.length).toBeLessThan(2_000)
})

test('a failed job that nobody catches shows where it threw and where it was asked for, and little else', async () => {
  const printed = await uncaught(
    'failed.mjs',
    `import cloud from 'picloud'
const boom = x => { throw new RangeError(x + ' is too much') }
await cloud.mp.map(boom, [3]).result()`,
  )
  expect(printed).toMatch(
    /CloudException: Job \d+: RangeError: 3 is too much\n {4}at boom \(\S+failed\.mjs:2:27\)\n {4}at \[here its result was asked for\]\n {4}at \S+failed\.mjs:3:/,
  )
  expect(printed.length).toBeLessThan(2_000)
})

test('picloud explain tells of the packages that a function uses, and of no others', async () => {
  await writeFile(
    join(home, 'uses.mjs'),
    "import { parse } from 'acorn'\nexport const nodes = text => parse(text, { ecmaVersion: 2024 }).body.length\n",
  )
  const { stdout } = await run('npx', ['--no-install', 'picloud', 'explain', 'uses.mjs', 'nodes', '--json'], {
    cwd: home,
    env: outsideOfNpm(),
  })
  const { packages, bytes } = JSON.parse(stdout) as Explanation
  expect(packages.map(({ name }) => name)).toEqual(['acorn'])
  expect(bytes?.packages).toBeGreaterThan(packages[0]?.bytes ?? 0)
})
