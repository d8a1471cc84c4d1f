import { createHash } from 'node:crypto'
import { existsSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type * as Esbuild from 'esbuild'
import { CaptureError } from '../capture-error.ts'
import type { Way } from '../names/origin.ts'
import type { ModuleBundle } from './module-bundle.ts'

/** A package, or a file of one, that a function uses: how it is named, and from where. */
export interface PackageEntry {
  readonly specifier: string
  /** A folder of the user's, from which the name is resolved. */
  readonly from: string
  readonly by: Way
}

/**
 * Where the package of a bare specifier is installed, from the point of view of a file; undefined for what is no
 * installed package: a relative path, an alias, or a link to a folder of the user's own.
 */
export function packageFolder(specifier: string, importer: string): string | undefined {
  const name = /^(@[^/]+\/[^/]+|[^./@#][^/]*)/.exec(specifier)?.[0]
  if (name === undefined || specifier.includes(':')) return undefined
  const file = importer.startsWith('file:') ? fileURLToPath(importer) : importer
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const installed = join(folder, 'node_modules', name)
    if (existsSync(installed)) return realpathSync(installed).includes('/node_modules/') ? installed : undefined
    if (folder === dirname(folder)) return undefined
  }
}

const bundles = new Map<string, ModuleBundle>()
let esbuild: typeof Esbuild | undefined

/**
 * One script with all packages that a function uses: a package that two of them need is there once. Its exports are the
 * namespaces `m0`, `m1`, … A running process has its packages loaded, so what was bundled stays valid.
 */
export function bundlePackages(entries: readonly PackageEntry[], name: string): ModuleBundle {
  const key = JSON.stringify(entries)
  const known = bundles.get(key)
  if (known !== undefined) return known
  const lines = entries.map((entry, index) => entryText(entry, `m${index}`))
  const { bytes, packages } = build(lines.join('\n'), folderOf(entries, name), name)
  const bundle = { hash: createHash('sha256').update(bytes).digest('hex'), bytes, packages }
  bundles.set(key, bundle)
  return bundle
}

function entryText({ specifier, by }: PackageEntry, name: string): string {
  const text = JSON.stringify(specifier)
  if (by === 'import') return `export * as ${name} from ${text}`
  if (by === 'require') return `export const ${name} = require(${text})`
  const namespace = `Object.assign(Object.create(null), require(${text}), { default: require(${text}) })`
  if (by === 'interop-node') return `export const ${name} = ${namespace}`
  return `export const ${name} = require(${text}).__esModule ? require(${text}) : ${namespace}`
}

/** The folder from which all entries resolve to what each resolves to from its own. */
function folderOf(entries: readonly PackageEntry[], name: string): string {
  const folders = new Set(entries.map(({ from }) => from))
  for (const folder of folders) {
    const agrees = entries.every(({ specifier, from }) => {
      return (
        specifier.startsWith('/') ||
        packageFolder(specifier, join(folder, 'x')) === packageFolder(specifier, join(from, 'x'))
      )
    })
    if (agrees) return folder
  }
  throw new CaptureError(`it uses packages of several installations (${[...folders].join(', ')})`, {
    path: [name],
    hint: 'Install them in one folder above all files that use them.',
  })
}

function build(contents: string, resolveDir: string, name: string): Omit<ModuleBundle, 'hash'> {
  esbuild ??= createRequire(import.meta.url)('esbuild') as typeof Esbuild
  try {
    const { outputFiles, metafile } = esbuild.buildSync({
      stdin: { contents, resolveDir, loader: 'js' },
      bundle: true,
      write: false,
      metafile: true,
      platform: 'node',
      format: 'cjs',
      target: 'node24',
      // As Node resolves, not as bundlers for browsers do.
      mainFields: ['main'],
      conditions: ['node-addons'],
      keepNames: true,
      legalComments: 'none',
      logLevel: 'silent',
      define: { 'import.meta.url': 'picloudUrl' },
      banner: { js: 'const picloudUrl = require("node:url").pathToFileURL(__filename).href;' },
    })
    const [output] = outputFiles
    if (output !== undefined) return { bytes: output.contents, packages: sizesOf(metafile) }
    throw new Error('esbuild gave no output')
  } catch (cause) {
    throw refusal(cause, name)
  }
}

function sizesOf({ outputs }: Esbuild.Metafile): ReadonlyMap<string, number> {
  const sizes = new Map<string, number>()
  for (const [path, { bytesInOutput }] of Object.values(outputs).flatMap(({ inputs }) => Object.entries(inputs))) {
    const name = packageIn(path)
    if (name !== undefined) sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput)
  }
  return sizes
}

/** The name of the package that a file belongs to. */
function packageIn(path: string): string | undefined {
  return /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]
}

function refusal(cause: unknown, name: string): CaptureError {
  const errors = (cause as { errors?: readonly Esbuild.Message[] }).errors ?? []
  const native = errors.find(({ text }) => text.includes('".node" files'))
  if (native !== undefined) {
    const file = native.location?.file ?? /[^"\s]+\.node/.exec(native.text)?.[0] ?? ''
    const owner = packageIn(file) ?? file
    return new CaptureError(`it uses the package ${owner}, which has native code`, {
      path: [name],
      hint: 'Native code runs only on the machine it was built for: use a package without, or call it outside of the job.',
      cause,
    })
  }
  const why = errors[0]?.text ?? (cause instanceof Error ? cause.message : String(cause))
  return new CaptureError(`a package that it uses can’t be bundled: ${why}`, {
    path: [name],
    hint: 'Import it where it is used only outside of the job, or pass what it computes.',
    cause,
  })
}
