import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs'
import { createRequire, isBuiltin } from 'node:module'
import { dirname, isAbsolute, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { importConditions } from './conditions.ts'
import { mappedTarget } from './export-map.ts'

/** Which file a specifier means in a file of the user's. What is loaded stays, so an answer holds for the process. */
const answers = new Map<string, string>()

/**
 * The file, without links in its path; undefined for what is not found, as an alias of a compiler’s.
 * @param importer path or URL of a file
 */
export function resolveModule(specifier: string, importer: string, by: 'import' | 'require'): string | undefined {
  const file = importer.startsWith('file:') ? fileURLToPath(importer) : importer
  const key = `${by} ${specifier} ${file}`
  const known = answers.get(key)
  if (known !== undefined) return known
  const found = isAbsolute(file) && !isBuiltin(specifier) ? find(specifier, file, by) : undefined
  if (found === undefined) return undefined
  const answer = realpathSync(found)
  answers.set(key, answer)
  return answer
}

/** Of an installed package. Links to folders elsewhere are the user’s own. */
export function isInstalled(file: string): boolean {
  return file.includes('/node_modules/')
}

function find(specifier: string, importer: string, by: 'import' | 'require'): string | undefined {
  if (specifier.startsWith('/')) return findByRootedPath(specifier.replace(/[?#].*$/, ''), importer)
  if (/^(?:\.\.?\/|\.\.?$|file:)/.test(specifier)) return findByPath(specifier, importer)
  if (by === 'require') return required(specifier, importer)
  if (specifier.includes(':')) return undefined
  if (specifier.startsWith('#')) return findInImports(specifier, importer)
  const [, name = '', rest = ''] = /^(@[^/]+\/[^/]+|[^/]+)(\/.*)?$/.exec(specifier) ?? []
  return name === '' ? undefined : findPackage(name, `.${rest}`, importer)
}

function required(specifier: string, importer: string): string | undefined {
  try {
    return createRequire(importer).resolve(specifier)
  } catch {
    return undefined
  }
}

/** Absolute; or from the root of Vite's project, which is a folder above the file. */
function findByRootedPath(path: string, importer: string): string | undefined {
  const absolute = path.startsWith('/@fs/') ? path.slice('/@fs'.length) : path
  if (isFile(absolute)) return absolute
  for (let folder = dirname(importer); folder !== dirname(folder); folder = dirname(folder)) {
    if (isFile(join(folder, path))) return join(folder, path)
  }
  return undefined
}

function findByPath(specifier: string, importer: string): string | undefined {
  const file = fileURLToPath(new URL(specifier, pathToFileURL(importer)))
  if (isFile(file)) return file
  // Compilers find what Node does not: `./x` for x.ts, `./x.js` for what becomes it.
  const bare = file.replace(/\.([cm]?)js$/, '.$1ts')
  return [bare, `${file}.ts`, `${file}.tsx`, join(file, 'index.ts')].find(isFile) ?? required(file, importer)
}

function findInImports(specifier: string, importer: string): string | undefined {
  const folder = packageAround(importer)
  const target = folder && mappedTarget(manifestOf(folder)?.['imports'], specifier, importConditions)
  if (folder === undefined || target === undefined) return undefined
  return target.startsWith('./') ? existing(join(folder, target)) : find(target, join(folder, 'package.json'), 'import')
}

function findPackage(name: string, subpath: string, importer: string): string | undefined {
  const around = packageAround(importer)
  const own = around === undefined ? undefined : manifestOf(around)
  if (around !== undefined && own?.['name'] === name && own['exports'] !== undefined) {
    return exported(around, own['exports'], subpath)
  }
  for (let folder = dirname(importer); ; folder = dirname(folder)) {
    const installed = join(folder, 'node_modules', name)
    if (existsSync(installed)) return inPackage(installed, subpath, importer)
    if (folder === dirname(folder)) return undefined
  }
}

function inPackage(folder: string, subpath: string, importer: string): string | undefined {
  const manifest = manifestOf(folder)
  if (manifest?.['exports'] != null) return exported(folder, manifest['exports'], subpath)
  // Without a map a package is found as `require` finds it.
  return required(join(folder, subpath), importer)
}

function exported(folder: string, exports: unknown, subpath: string): string | undefined {
  const target = mappedTarget(exports, subpath, importConditions)
  return target === undefined ? undefined : existing(join(folder, target))
}

/** The folder of the package that a file of the user's belongs to. */
export function packageAround(file: string): string | undefined {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    if (folder.endsWith('/node_modules')) return undefined
    if (existsSync(join(folder, 'package.json'))) return folder
    if (folder === dirname(folder)) return undefined
  }
}

const manifests = new Map<string, Readonly<Record<string, unknown>> | undefined>()

function manifestOf(folder: string): Readonly<Record<string, unknown>> | undefined {
  if (!manifests.has(folder)) manifests.set(folder, readManifest(folder))
  return manifests.get(folder)
}

function readManifest(folder: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
  } catch {
    return undefined
  }
}

function existing(file: string): string | undefined {
  return isFile(file) ? file : undefined
}

function isFile(file: string): boolean {
  return statSync(file, { throwIfNoEntry: false })?.isFile() === true
}
