import { execFile } from 'node:child_process'
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { type BuildOptions, build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Dialect, localFile, packageFiles, printed, program } from './composite.ts'
import { type Installed, install, outsideOfNpm, root } from './installed.ts'

const run = promisify(execFile)
const tsx = import.meta.resolve('tsx')
const vitest = join(root, 'node_modules/vitest/vitest.mjs')

let installed: Installed

beforeAll(async () => {
  installed = await install()
  for (const [path, text] of Object.entries(packageFiles)) await write(path, text)
  for (const type of ['module', 'commonjs']) await write(`${type}/package.json`, JSON.stringify({ type }))
  await symlink(join(root, 'node_modules/vitest'), join(installed.home, 'node_modules/vitest'))
})
afterAll(() => installed[Symbol.asyncDispose]())

async function write(path: string, text: string): Promise<string> {
  const file = join(installed.home, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, text)
  return file
}

async function node(...args: readonly string[]): Promise<unknown> {
  const options = { cwd: installed.home, env: outsideOfNpm(), timeout: 60_000 }
  const { stdout } = await run(process.execPath, args, options)
  return JSON.parse(stdout)
}

/** Writes program and local file into a folder, and gives the program's path. */
async function written(
  folder: string,
  ending: string,
  dialect: Omit<Dialect, 'local'>,
  told?: string,
): Promise<string> {
  const local = `local.${ending}`
  await write(join(folder, local), localFile({ ...dialect, local }))
  return await write(join(folder, `program.${ending}`), program({ ...dialect, local: `./${local}` }, told))
}

/** What a program whose function `main` calls `told` comes to in a test of a user's. */
async function inVitest(pool: string, path: string, text: string): Promise<unknown> {
  const folder = join(installed.home, path)
  const out = join(folder, 'told.json')
  await write(
    `${path}/program.test.ts`,
    `import { writeFileSync as writeOut } from 'node:fs'
     import { test } from 'vitest'
     const told = (text: string) => writeOut(${JSON.stringify(out)}, text)
     ${text}
     test('composite', main, 60_000)`,
  )
  await run(process.execPath, [vitest, 'run', '--root', folder, '--pool', pool], { cwd: folder, env: outsideOfNpm() })
  return JSON.parse(await readFile(out, 'utf8'))
}

describe('one closure with everything in it gives the same', () => {
  test('from an ES module', async () => {
    expect(await node(await written('module', 'mjs', { modules: 'esm', typed: false }))).toEqual(printed)
  })

  test('from CommonJS', async () => {
    expect(await node(await written('commonjs', 'cjs', { modules: 'cjs', typed: false }))).toEqual(printed)
  })

  test('from TypeScript whose types Node strips', async () => {
    expect(await node(await written('module', 'ts', { modules: 'esm', typed: true }))).toEqual(printed)
    expect(await node(await written('commonjs/stripped', 'cts', { modules: 'cjs', typed: true }))).toEqual(printed)
  })

  test.each(['module', 'commonjs'])('from tsx, in a package of type %s', async type => {
    const file = await written(`${type}/tsx`, 'ts', { modules: 'esm', typed: true })
    expect(await node('--import', tsx, file)).toEqual(printed)
  })

  test.each(['forks', 'threads'])('from vitest, in %s', async pool => {
    const file = await written(`module/${pool}`, 'ts', { modules: 'esm', typed: true }, 'told')
    const text = (await readFile(file, 'utf8')).replace('main() satisfies Promise<void>', '')
    expect(await inVitest(pool, `module/${pool}`, text)).toEqual(printed)
  })

  test.each([
    ['esm', false],
    ['esm', true],
    ['cjs', false],
    ['cjs', true],
  ] as const)('from an esbuild bundle: %s, minified %s', async (format, minify) => {
    const entry = await written('module/bundled', 'ts', { modules: 'esm', typed: true })
    const outfile = join(installed.home, `bundle-${minify}.${format === 'esm' ? 'mjs' : 'cjs'}`)
    const options = { bundle: true, platform: 'node', external: ['picloud'] } satisfies BuildOptions
    await build({ ...options, entryPoints: [entry], outfile, format, minify, keepNames: minify, logLevel: 'error' })
    expect(await node(outfile)).toEqual(printed)
  })
})

test('below vitest a refusal and the stack of a job name the lines of the test', async () => {
  const text = `import cloud from 'picloud'
    interface Row {
      readonly v: number
    }

    const seen = new WeakMap<object, Row>()
    const main = async () => {
      const refusal = await cloud.mp.call((row: Row) => seen.has(row), { v: 1 }).then(() => undefined, error => error) // refused
      const jid = await cloud.mp.call((row: Row) => {
        throw new Error('from here ' + row.v) // thrown
      }, { v: 1 })
      const thrown = await cloud.mp.result(jid).catch(error => error)
      await cloud.mp.close()
      told(JSON.stringify([refusal.place, thrown.cause.stack]))
    }`
  const [place, stack] = (await inVitest('forks', 'module/places', text)) as [{ url: string; line: number }, string]
  const file = join(installed.home, 'module/places/program.test.ts')
  const lines = (await readFile(file, 'utf8')).split('\n')
  const lineOf = (mark: string) => lines.findIndex(line => line.endsWith(`// ${mark}`)) + 1
  expect(place).toMatchObject({ url: pathToFileURL(file).href, line: lineOf('refused') })
  expect(stack).toContain(`program.test.ts:${lineOf('thrown')}:`)
})

describe('files that a function names by their place travel', () => {
  const reading = (here: string): string => `
    const folder = ${here}
    const read = () => [readFileSync(join(folder, 'note.txt'), 'utf8'), readFileSync(join(${here}, 'note.txt'), 'utf8'), folder.includes('/assets-')]
    const main = async () => {
      const found = await cloud.mp.result(await cloud.mp.call(read))
      await cloud.mp.close()
      told(JSON.stringify(found))
    }`
  const imported =
    "import cloud from 'picloud'\nimport { readFileSync } from 'node:fs'\nimport { join } from 'node:path'"
  const required =
    "const cloud = require('picloud').default\nconst { readFileSync } = require('node:fs')\nconst { join } = require('node:path')"
  const printing = 'const told = text => console.log(text)\nmain()'
  const esm = `${imported}\n${reading('import.meta.dirname')}`
  const cjs = `${required}\n${reading('__dirname')}`
  const found = ['a note', 'a note', true]

  async function placed(folder: string, file: string, text: string): Promise<string> {
    await write(`${folder}/note.txt`, 'a note')
    return await write(`${folder}/${file}`, `${text}\n${printing}\n`)
  }

  test.each([
    ['an ES module', 'module/beside', 'read.mjs', esm],
    ['CommonJS', 'commonjs/beside', 'read.cjs', cjs],
    ['types that Node strips', 'module/beside', 'read.ts', esm],
  ])('from %s', async (_name, folder, file, text) => {
    expect(await node(await placed(folder, file, text))).toEqual(found)
  })

  test.each(['module', 'commonjs'])('from tsx, in a package of type %s', async type => {
    const url = `dirname(fileURLToPath(import.meta.url))`
    const text = `${imported.replace('{ join }', '{ dirname, join }')}\nimport { fileURLToPath } from 'node:url'\n${reading(url)}`
    expect(await node('--import', tsx, await placed(`${type}/beside`, 'read.mts', text))).toEqual(found)
    expect(await node('--import', tsx, await placed(`${type}/beside`, 'read.ts', text))).toEqual(found)
  })

  test('from vitest', async () => {
    await write('module/beside-tests/note.txt', 'a note')
    expect(await inVitest('forks', 'module/beside-tests', esm)).toEqual(found)
  })

  test('from an esbuild bundle, beside that', async () => {
    const entry = await placed('module/beside', 'bundled.ts', esm)
    await write('note.txt', 'a note')
    const outfile = join(installed.home, 'beside.mjs')
    await build({ entryPoints: [entry], outfile, bundle: true, platform: 'node', format: 'esm', external: ['picloud'] })
    expect(await node(outfile)).toEqual(found)
  })
})
