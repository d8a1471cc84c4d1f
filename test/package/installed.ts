import { execFile } from 'node:child_process'
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Where this repository is. */
export const root = fileURLToPath(new URL('../..', import.meta.url))

/** A folder in which the package is installed as npm would. */
export interface Installed extends AsyncDisposable {
  readonly home: string
  /** The paths in the package. */
  readonly packed: readonly string[]
}

export async function install(): Promise<Installed> {
  const home = await mkdtemp(join(tmpdir(), 'picloud-package-'))
  const packed = contentsOf(
    JSON.parse(await npm(['pack', '--json', '--ignore-scripts', '--pack-destination', home], root)),
  )
  const tarball = (await readdir(home)).find(name => name.endsWith('.tgz'))
  await writeFile(join(home, 'package.json'), JSON.stringify({ private: true, type: 'module' }))
  await npm(['install', '--no-audit', '--no-fund', `./${tarball}`], home)
  return { home, packed, [Symbol.asyncDispose]: () => rm(home, { recursive: true, force: true }) }
}

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
export function outsideOfNpm(): NodeJS.ProcessEnv {
  return Object.fromEntries(
    Object.entries(process.env).filter(
      ([name]) => !/^(npm_|VITEST|NODE_OPTIONS$|NODE_ENV$|NODE_V8_COVERAGE$)/.test(name),
    ),
  )
}
