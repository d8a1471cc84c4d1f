import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { resolve } from 'node:path'
import type * as Esbuild from 'esbuild'
import { ENVIRONMENT, PACKAGE_FOLDER, PACKAGES_ROOT } from '../bundle-format.ts'
import { awaitingScript } from './awaiting-script.ts'
import { buildWithInsides, changedFiles, type Insides } from './build-with-insides.ts'
import { packageOfFile } from './bundle-refusal.ts'
import { sharedConditions } from './conditions.ts'
import { esbuild } from './esbuild.ts'
import type { FreshState } from './fresh-state.ts'
import type { PackageFile } from './module-bundle.ts'
import { noteOf, packageFiles } from './package-files.ts'
import { isInstalled } from './resolve-module.ts'

/** What esbuild made, and of what. */
export interface Built {
  readonly bytes: Uint8Array
  /** Where it awaits at its top level, file and line: its exports are a promise. Undefined for most. */
  readonly awaits: string | undefined
  /** Files that are in it, absolute. */
  readonly files: readonly string[]
  /** How many of the bytes each package takes, by its name. */
  readonly sizes: readonly (readonly [name: string, bytes: number])[]
  /** Files of packages that go along, as these name them. */
  readonly beside: readonly PackageFile[]
  /** How their imports of packages were resolved: importer, specifier, way, file. */
  readonly resolved: readonly (readonly [importer: string, specifier: string, by: 'import' | 'require', file: string])[]
  /** What its packages hold when they were just loaded, where that was asked for. */
  readonly fresh?: FreshState | undefined
}

/** With what esbuild says of each file, by its path. */
export interface JustBuilt extends Built {
  readonly inputs: Esbuild.Metafile['inputs']
}

/**
 * Packages that a package asks for and that are not installed: there as here, the one that asks gets an error. More
 * rounds than that are no longer about packages.
 */
const MAX_ROUNDS = 20

/**
 * @param provided packages that come from the job's environment: what others require of them stays as it is
 * @throws esbuild's error
 */
export function buildPackages(
  text: string,
  provided: ReadonlySet<string> = new Set(),
  insides: Insides = { texts: {}, edits: {} },
): JustBuilt {
  const external = new Set(['picloud', `${ENVIRONMENT}*`, ...[...provided].flatMap(name => [name, `${name}/*`])])
  let awaits: string | undefined
  for (let round = 0; ; round++) {
    try {
      return build(text, [...external], awaits, insides)
    } catch (error) {
      const waiting = awaits === undefined ? awaitingOf(error) : undefined
      if (waiting !== undefined) {
        awaits = waiting
        continue
      }
      const missing = missingOf(error)
      if (missing.length === 0 || round === MAX_ROUNDS || missing.every(name => external.has(name))) throw error
      for (const name of missing) external.add(name)
    }
  }
}

function build(contents: string, external: string[], awaits: string | undefined, insides: Insides): JustBuilt {
  // A file of that ending sees CommonJS as Node shows it to ES modules.
  const stdin: Esbuild.StdinOptions = { contents, resolveDir: '/', sourcefile: '/picloud.mjs', loader: 'js' }
  const options = { ...(awaits === undefined ? settings : awaitingSettings), stdin, external, ...inMemory }
  const hasInsides = changedFiles(insides).length > 0 || insides.roots !== undefined
  const { fresh, ...made } = hasInsides
    ? buildWithInsides(options, insides)
    : { ...esbuild().buildSync(options), fresh: undefined }
  const { outputFiles, metafile } = made
  const [output] = outputFiles
  if (output === undefined) throw new Error('esbuild gave no output')
  const parts = partsOf(metafile)
  const beside = packageFiles(parts.files)
  const text = awaits === undefined ? output.text : awaitingScript(output.text)
  const bytes = new TextEncoder().encode(text + noteOf(beside))
  return { bytes, awaits, inputs: metafile.inputs, ...parts, beside, sizes: sizesOf(metafile), fresh }
}

/** What looks for files of a package that did not come along finds their absence explained in the path. */
const banner = `const picloudFolder = __dirname === "${PACKAGES_ROOT}" ? __dirname : __dirname + "/${PACKAGE_FOLDER}";
const picloudFile = picloudFolder + "/package.cjs", picloudUrl = require("node:url").pathToFileURL(picloudFile).href;
const picloudPlaceOf = Object.assign((name, options) => /^[.]{1,2}[/]/.test(name) ? picloudFolder + "/" + name : require.resolve(name, options), require.resolve);`
const places = {
  __dirname: 'picloudFolder',
  __filename: 'picloudFile',
  'import.meta.dirname': 'picloudFolder',
  'import.meta.filename': 'picloudFile',
  'import.meta.url': 'picloudUrl',
  'require.resolve': 'picloudPlaceOf',
}

const inMemory = { write: false, metafile: true } as const

/** What bundles are made with, whatever is in them. */
export const settings = {
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node24',
  // As Node resolves, not as bundlers for browsers do.
  mainFields: ['main'],
  conditions: [...sharedConditions],
  keepNames: true,
  legalComments: 'none',
  logLevel: 'silent',
  define: places,
  banner: { js: banner },
} as const satisfies Esbuild.BuildOptions

/** CommonJS can't await at its top level. What names nothing else of `import.meta` finds it empty, as there. */
const awaitingSettings = {
  ...settings,
  format: 'esm',
  define: { ...places, 'import.meta': 'picloudMeta' },
  banner: { js: `${banner} const picloudMeta = {};` },
} as const satisfies Esbuild.BuildOptions

function awaitingOf(error: unknown): string | undefined {
  const { errors = [] } = error as { errors?: readonly Esbuild.Message[] }
  const found = errors.find(({ text }) => text.startsWith('Top-level await'))
  return found && `${found.location?.file}:${found.location?.line}`
}

function missingOf(error: unknown): string[] {
  const { errors = [] } = error as { errors?: readonly Esbuild.Message[] }
  const missing = errors.map(({ text, location }) => {
    const name = /^Could not resolve "([^"]+)"$/.exec(text)?.[1]
    // What the user's own file asks for is there, or is the user's mistake.
    return name !== undefined && location !== null && isInstalled(`/${location.file}`) ? name : undefined
  })
  return missing.includes(undefined) ? [] : (missing as string[])
}

function partsOf({ inputs }: Esbuild.Metafile): Pick<Built, 'files' | 'resolved'> {
  const files: string[] = []
  const resolved: Built['resolved'][number][] = []
  for (const [path, { imports }] of Object.entries(inputs)) {
    const file = resolve(path)
    if (file === '/picloud.mjs' || path.includes('picloud.mjs') || path.includes(':')) continue
    files.push(file)
    for (const { original, kind, path: to, external } of imports) {
      if (original === undefined || external === true || /^[./]/.test(original)) continue
      resolved.push([file, original, kind.startsWith('require') ? 'require' : 'import', resolve(to)])
    }
  }
  return { files, resolved }
}

function sizesOf({ outputs }: Esbuild.Metafile): Built['sizes'] {
  const sizes = new Map<string, number>()
  for (const [path, { bytesInOutput }] of Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs))) {
    const name = packageOfFile(path)
    if (name !== path) sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput)
  }
  return [...sizes]
}

/** The version that is installed: what one version bundles, another may do otherwise. */
export function esbuildVersion(): string {
  const file = createRequire(import.meta.url).resolve('esbuild/package.json')
  return (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version
}
