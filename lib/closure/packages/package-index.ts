import { createRequire } from 'node:module'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { types } from 'node:util'
import type { Origin } from '../names/origin.ts'
import type { Binding } from '../names/scope.ts'
import { scriptIdOf } from '../source/debugged-scripts.ts'
import type { LiveScope } from '../source/inspector.ts'
import { type FunctionSyntax, type Script, scriptOf } from '../source/script.ts'
import { packageOfFile } from './bundle-refusal.ts'
import type { PackageEntry, PackageUse } from './entry-text.ts'
import { exportValue, namesIn } from './export-value.ts'
import { isInstalled, resolveModule } from './resolve-module.ts'

/** An export of an installed package, or what stands below it. */
export interface PackagePath {
  readonly entry: PackageEntry
  readonly path: readonly string[]
}

/** What the user's files import from packages, by identity: an export may also be reached through the user's data. */
const index = new WeakMap<object | symbol, PackagePath>()
const indexed = new WeakSet<Script>()
/** What files of packages declare at their tops, exported or not. */
const insides = new WeakMap<object | symbol, PackagePath>()
const insideIndexed = new WeakSet<Script>()
/** The WeakMaps and WeakSets of `index`: they live as long as their packages. */
const weak = new Set<WeakRef<WeakMap<object, unknown> | WeakSet<object>>>()
/** Of each index, what was made after the package was loaded: where it is loaded anew, it is not there. */
const made = new Map([index, insides].map(each => [each, new WeakSet<object | symbol>()]))
/** Where that starts, by entry and path. */
const roots = new Map<string, unknown>()

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
    const scope = local === undefined ? undefined : topScopeOf(local, scopes)
    if (scope !== undefined) add(exportValue(scope.object, local as string), { entry, path: [name] })
  }
}

/** Notes what a file of a package declares at its top, as its functions see it. Variables that it assigns are its own affair. */
export function indexInside(script: Script, scopes: readonly LiveScope[]): void {
  if (insideIndexed.has(script)) return
  insideIndexed.add(script)
  const entry = insideEntry(script)
  for (const { name, kind, assigned } of script.names.top.bindings.values()) {
    const scope = assigned ? undefined : topScopeOf(name, scopes)
    const value = scope && exportValue(scope.object, name)
    // What another file declares is that one's, but for symbols: these have no place of their own.
    if (kind !== 'import' || isUnique(value)) add(value, { entry, path: [name] }, insides)
  }
}

/** Functions further in may have a variable of the same name. */
function topScopeOf(name: string, scopes: readonly LiveScope[]): LiveScope | undefined {
  return scopes.findLast(({ description, object }) => description !== 'Global' && Object.hasOwn(object, name))
}

/** Notes a function or class that a file declares at its top, and that nothing in it sees. */
export function indexDeclared(fn: object, { syntax, script }: FunctionSyntax): void {
  const { node, once } = syntax
  const isDeclared = node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration'
  const binding = isDeclared && once ? script.names.top.bindings.get(node.id?.name ?? '') : undefined
  if (binding === undefined || binding.assigned || insides.has(fn) || isMade(fn, insides)) return
  insides.set(fn, { entry: insideEntry(script), path: [binding.name] })
}

/**
 * Notes one thing that a variable at the top of a file holds, or what stands below that, also where the file assigns it: as
 * compilers write what it starts with.
 * @returns whether there is such a variable
 */
export function noteInside(value: object, script: Script, path: readonly [name: string, ...below: string[]]): boolean {
  const binding = script.names.top.bindings.get(path[0])
  if (binding === undefined) return false
  const declared = binding.kind === 'import' ? declaredElsewhere(binding, script) : { script, name: path[0] }
  if (declared === undefined) return false
  if (!insides.has(value)) {
    insides.set(value, { entry: insideEntry(declared.script), path: [declared.name, ...path.slice(1)] })
  }
  return true
}

/** Where a variable is declared that a file of a package imports from another one. */
function declaredElsewhere({ origin }: Binding, importer: Script): { script: Script; name: string } | undefined {
  const [name, ...below] = origin?.path ?? []
  const file =
    origin && name !== undefined && below.length === 0 && resolveModule(origin.specifier, importer.url, 'import')
  const id = typeof file === 'string' ? scriptIdOf(pathToFileURL(file).href) : undefined
  if (id === undefined || name === undefined) return undefined
  const script = scriptOf(id, name)
  const local = script.names.exports.get(name)?.local
  const kind = local === undefined ? undefined : script.names.top.bindings.get(local)?.kind
  return local === undefined || kind === undefined || kind === 'import' ? undefined : { script, name: local }
}

/** Notes the WeakMaps and WeakSets that an object holds which a function uses: what packages register, they often keep so. */
export function indexRegistry(value: unknown, { entry, path }: PackagePath): void {
  if (typeof value !== 'object' || value === null || types.isProxy(value) || types.isModuleNamespaceObject(value))
    return
  for (const key of namesIn(value)) {
    const held: unknown = Object.getOwnPropertyDescriptor(value, key)?.value
    if (!isObject(held) || index.has(held) || isMade(held, index)) continue
    if (noteWeak(held)) index.set(held, { entry, path: [...path, key] })
  }
}

/** The WeakMaps and WeakSets that stand below what packages export. */
export function exportedWeak(): (readonly [weak: WeakMap<object, unknown> | WeakSet<object>, path: PackagePath])[] {
  return [...weak].flatMap(reference => {
    const value = reference.deref()
    const path = value && index.get(value)
    return value === undefined || path === undefined ? [] : [[value, path] as const]
  })
}

/** The entry of what a file keeps to itself. */
export function insideEntry({ url, isModule }: Script): PackageEntry {
  const file = url.startsWith('file:') ? fileURLToPath(url) : url
  return { file, by: isModule ? 'inside' : 'inside-required', specifier: packageOfFile(file) }
}

/** Of what no package exports: the file that declares it, or what it stands below. */
export function insidePathOf(value: object | symbol): PackagePath | undefined {
  return insides.get(value)
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

function add(root: unknown, { entry, path }: PackagePath, into = index): void {
  roots.set(rootKey(entry, path), root)
  let level: (readonly [unknown, readonly string[]])[] = [[root, path]]
  let count = 0
  for (let depth = 0; depth <= DEPTH; depth++) {
    const next: (readonly [unknown, readonly string[]])[] = []
    for (const [value, at] of level) {
      if (isUnique(value) && !isMade(value, into) && !into.has(value)) into.set(value, { entry, path: at })
      if (!isObject(value) || isMade(value, into) || into.has(value) || isList(value, depth, into)) continue
      if (++count > MAX_OBJECTS) continue
      into.set(value, { entry, path: at })
      if (into === index) noteWeak(value)
      for (const key of namesIn(value)) next.push([exportValue(value, key), [...at, key]])
    }
    level = next
  }
}

function noteWeak(value: object): boolean {
  if (!types.isWeakMap(value) && !types.isWeakSet(value)) return false
  weak.add(new WeakRef(value))
  return true
}

/** Lists are data, unless a file keeps one at its top. */
function isList(value: object, depth: number, into: typeof index): boolean {
  return Array.isArray(value) && (depth > 0 || into === index)
}

function rootKey({ file, by }: PackageEntry, path: readonly string[]): string {
  return JSON.stringify([by, file, ...path])
}

/** What a function uses of a package, as it is here, and where it stands in the package's namespace. */
export function liveRoots({
  entry,
  members,
}: PackageUse): { readonly value: unknown; readonly path: readonly string[] }[] {
  const whole = roots.get(rootKey(entry, []))
  if (members === undefined) return [{ value: whole, path: [] }]
  return [...members].map(member => {
    const key = rootKey(entry, [member])
    const isObjectWhole = isObject(whole) ? exportValue(whole, member) : undefined
    return { value: roots.has(key) ? roots.get(key) : isObjectWhole, path: [member] }
  })
}

/** What stands at a path of a package, as it is here. Undefined where that is not known. */
export function liveValue(entry: PackageEntry, path: readonly string[]): unknown {
  for (let length = path.length; length >= 0; length--) {
    const key = rootKey(entry, path.slice(0, length))
    if (!roots.has(key)) continue
    let at = roots.get(key)
    for (const name of path.slice(length)) at = isObject(at) ? exportValue(at, name) : undefined
    return at
  }
  return undefined
}

/** Says that what was indexed at a path is not there in a package that was just loaded. It may stand elsewhere too. */
export function forgetPath(value: object | symbol, at: readonly unknown[]): void {
  for (const each of [index, insides]) {
    if (each.get(value)?.path.join() !== at.map(String).join()) continue
    each.delete(value)
    made.get(each)?.add(value)
  }
}

function isMade(value: object | symbol, into: typeof index): boolean {
  return made.get(into)?.has(value) === true
}

/** Notes where an object stands that is further below an export than is looked at. */
export function notePath(object: object, path: PackagePath): void {
  if (!isMade(object, index) && !index.has(object) && !insides.has(object)) index.set(object, path)
}

function isUnique(value: unknown): value is symbol {
  return typeof value === 'symbol' && Symbol.keyFor(value) === undefined
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
