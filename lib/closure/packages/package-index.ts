import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { Origin } from '../names/origin.ts'
import type { Binding } from '../names/scope.ts'
import type { LiveScope } from '../source/inspector.ts'
import type { Script } from '../source/script.ts'
import { packageOfFile } from './bundle-refusal.ts'
import type { PackageEntry } from './entry-text.ts'
import { exportValue } from './export-value.ts'
import { isInstalled, resolveModule } from './resolve-module.ts'

/** An export of an installed package, or what stands below it. */
export interface PackagePath {
  readonly entry: PackageEntry
  readonly path: readonly string[]
}

/** What the user's files import from packages, by identity: an export may also be reached through the user's data. */
const index = new WeakMap<object | symbol, PackagePath>()
const indexed = new WeakSet<Script>()

/** The package that an import of a file comes from; undefined for the user's own files. */
export function packageOf({ specifier, path, by }: Origin, importer: string): PackagePath | undefined {
  const file = resolveModule(specifier, importer, by === 'import' || by === 'import()' ? 'import' : 'require')
  return file !== undefined && isInstalled(file) ? { entry: { file, by, specifier }, path } : undefined
}

/** Notes what a file imports from packages, as its functions see it. */
export function indexPackages(script: Script, scopes: readonly LiveScope[]): void {
  if (indexed.has(script)) return
  indexed.add(script)
  for (const { name, origin } of importsOf(script)) {
    const from = origin === undefined ? undefined : packageOf(origin, script.url)
    const scope = from && scopes.find(({ object }) => Object.hasOwn(object, name))
    if (from !== undefined && scope !== undefined) add(exportValue(scope.object, name), from)
  }
}

/** Notes what a file of a package exports, as its functions see it: they hold it without importing it. */
export function indexExports(script: Script, scopes: readonly LiveScope[]): void {
  if (!script.isModule || indexed.has(script) || !script.url.startsWith('file:')) return
  indexed.add(script)
  const file = fileURLToPath(script.url)
  const entry: PackageEntry = { file, by: 'import', specifier: packageOfFile(file) }
  for (const [name, { local }] of script.names.exports) {
    const scope = local === undefined ? undefined : scopes.find(({ object }) => Object.hasOwn(object, local))
    if (scope !== undefined) add(exportValue(scope.object, local as string), { entry, path: [name] })
  }
}

/** At the top of the file, or inside of the function that Vite puts around it. */
function importsOf({ names }: Script): Iterable<Binding> {
  const found = new Set(names.top.bindings.values())
  for (const { binding } of names.references) if (binding?.origin?.by === 'import') found.add(binding)
  return found
}

/** By the user's imports; else by the loaded CommonJS module of its own file. */
export function packagePathOf(value: object | symbol, file?: string): PackagePath | undefined {
  const known = index.get(value)
  if (known !== undefined || file === undefined) return known
  const loaded = createRequire(import.meta.url).cache[file]
  if (loaded === undefined) return undefined
  add(loaded.exports, { entry: { file, by: 'require', specifier: packageOfFile(file) }, path: [] })
  return index.get(value)
}

// What stands three levels below an export is named rarely, and indexing it costs much.
const DEPTH = 3
/** Objects below one export: enough for the widest packages, and a bound for those that hold data. */
const MAX_OBJECTS = 5_000

function add(root: unknown, { entry, path }: PackagePath): void {
  let level: (readonly [unknown, readonly string[]])[] = [[root, path]]
  let count = 0
  for (let depth = 0; depth <= DEPTH; depth++) {
    const next: (readonly [unknown, readonly string[]])[] = []
    for (const [value, at] of level) {
      if (isUnique(value) && !index.has(value)) index.set(value, { entry, path: at })
      if ((typeof value !== 'object' || value === null) && typeof value !== 'function') continue
      if (index.has(value) || Array.isArray(value) || ++count > MAX_OBJECTS) continue
      index.set(value, { entry, path: at })
      for (const key of Object.getOwnPropertyNames(value)) next.push([exportValue(value, key), [...at, key]])
    }
    level = next
  }
}

function isUnique(value: unknown): value is symbol {
  return typeof value === 'symbol' && Symbol.keyFor(value) === undefined
}
