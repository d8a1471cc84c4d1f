import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { arrows, type Import, imports } from './arrows.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))

interface Diagnostic {
  readonly category: string
  readonly location: { readonly path: string; readonly start: { readonly line: number } }
}

/** What Biome says by one rule of the project's own configuration, of modules given as path → lines. */
async function lint(rule: string, modules: ReadonlyMap<string, readonly string[]>): Promise<readonly Diagnostic[]> {
  const home = await mkdtemp(join(tmpdir(), 'picloud-lint-'))
  try {
    const configuration = JSON.parse(await readFile(join(root, 'biome.json'), 'utf8'))
    await writeFile(join(home, 'biome.json'), JSON.stringify({ ...configuration, vcs: { enabled: false } }))
    for (const [path, lines] of modules) {
      await mkdir(dirname(join(home, path)), { recursive: true })
      await writeFile(join(home, path), `${lines.join('\n')}\n`)
    }
    const report: { diagnostics: Diagnostic[] } = JSON.parse(await runBiome(home, rule))
    return report.diagnostics
  } finally {
    await rm(home, { recursive: true, force: true })
  }
}

function runBiome(cwd: string, rule: string): Promise<string> {
  const program = join(root, 'node_modules/@biomejs/biome/bin/biome')
  const flags = ['lint', `--only=${rule}`, '--reporter=json', '--max-diagnostics=none', '.']
  return new Promise((resolve, reject) => {
    // It exits 1 when it finds something: only an empty report is a failure of its own.
    execFile(process.execPath, [program, ...flags], { cwd, maxBuffer: 1 << 26 }, (error, stdout, stderr) => {
      if (stdout === '') reject(new Error(`Biome gave no report: ${stderr}`, { cause: error }))
      else resolve(stdout)
    })
  })
}

const spellings: Readonly<Record<string, (specifier: string, line: number) => string>> = {
  'import of a value': (specifier, line) => `import { x as x${line} } from '${specifier}'`,
  'import of a type': (specifier, line) => `import type { X as X${line} } from '${specifier}'`,
  'import for its effect': specifier => `import '${specifier}'`,
  'dynamic import': specifier => `await import('${specifier}')`,
  're-export': (specifier, line) => `export { x as x${line} } from '${specifier}'`,
  're-export of all': specifier => `export * from '${specifier}'`,
}

const byModule = Map.groupBy(imports, ({ from }) => `lib/${from}.ts`)

test.each(Object.entries(spellings))('every %s is judged as the arrows say', async (_, spell) => {
  const modules = new Map(
    [...byModule].map(([path, list]) => [path, list.map((one, line) => spell(one.specifier, line))]),
  )
  const found = await lint('style/noRestrictedImports', modules)
  const refused = found.map(({ location }) => byModule.get(location.path)?.[location.start.line - 1])
  expect(written(refused)).toEqual(written(imports.filter(({ allowed }) => !allowed)))
})

test('the engine may neither read a clock nor wait by itself', async () => {
  const uses = ['Date.now()', 'performance.now()', 'setTimeout(() => {}, 1)', 'process.pid', 'Buffer.alloc(1)']
  const found = await lint(
    'style/noRestrictedGlobals',
    new Map([
      ['lib/engine/records/retry.ts', uses],
      ['lib/memory/clock.ts', uses],
    ]),
  )
  expect(found.map(({ location }) => `${location.path}:${location.start.line}`)).toEqual(
    uses.map((_use, index) => `lib/engine/records/retry.ts:${index + 1}`),
  )
})

test('every folder of lib has its arrows', async () => {
  const entries = await readdir(join(root, 'lib'), { withFileTypes: true })
  const folders = entries.filter(entry => entry.isDirectory()).map(({ name }) => name)
  expect(folders.toSorted()).toEqual(Object.keys(arrows).toSorted())
})

test('the client names few assemble files, and loads all but what spawns the first child only when they are used', async () => {
  const naming: string[] = []
  for (const file of await readdir(join(root, 'lib/client'), { recursive: true })) {
    if (!file.endsWith('.ts')) continue
    const source = await readFile(join(root, 'lib/client', file), 'utf8')
    const lines = source.split('\n').filter(line => line.includes('memory/assemble'))
    naming.push(...lines.map(line => `${file}: ${line.trim()}`))
  }
  expect(naming.toSorted()).toEqual([
    expect.stringMatching(/^connect\/connections\.ts: .*= import\('\.\.\/\.\.\/memory\/assemble\.ts'\)/),
    "default-cloud.ts: import { spawnAhead } from '../memory/assemble-ahead.ts'",
    // Types leave no trace; the require is inside of a function.
    "late-kept.ts: import type * as AssembleWorkers from '../memory/assemble-workers.ts'",
    expect.stringMatching(
      /^late\.ts: export const \w+ = \(\).*=> require\(`\.\.\/memory\/assemble-workers\$\{extension\}`\)$/,
    ),
    "late.ts: import type * as AssembleWorkers from '../memory/assemble-workers.ts'",
  ])
})

function written(list: readonly (Import | undefined)[]): readonly string[] {
  return list.map(one => (one === undefined ? 'an unknown line' : `${one.from}: ${one.specifier}`)).toSorted()
}
