import type { Callable } from '../../value/captured.ts'
import type { WireReference } from '../bundle-format.ts'
import type { Binding } from '../names/scope.ts'
import type { PackageUse } from '../packages/entry-text.ts'
import {
  indexDeclared,
  indexInside,
  insideEntry,
  insidePathOf,
  liveValue,
  type PackagePath,
} from '../packages/package-index.ts'
import { isInstalled } from '../packages/resolve-module.ts'
import type { LiveScope } from '../source/inspector.ts'
import type { FunctionSyntax, Script } from '../source/script.ts'

/** Stands in a cell for what travels by reference. */
export class ByReference {
  /** In the message's table. */
  readonly index: number
  readonly #own = true

  /** Asks no prototype, as that of a proxy is its trap's to tell. */
  static is(value: unknown): value is ByReference {
    return typeof value === 'object' && value !== null && #own in value && value.#own
  }

  constructor(index: number) {
    this.index = index
  }
}

/** What a message takes by reference, each once. */
export class ReferenceTable {
  readonly all: WireReference[] = []
  readonly packages: PackageUse[] = []
  readonly #numbers = new Map<string, number>()
  readonly #insides: boolean
  readonly #met = new Map<string, object | symbol>()
  /** Those of packages. */
  readonly functionsMet = new Set<object>()

  /** @param insides whether what packages keep to themselves is taken by reference too, where functions that they handed out use it */
  constructor(insides = false) {
    this.#insides = insides
  }

  /** Its number; it gets the next one when it is new. */
  add(reference: WireReference): number {
    const key = JSON.stringify(reference)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.all.length)
    return this.all.push(reference) - 1
  }

  stand(reference: WireReference): ByReference {
    return new ByReference(this.add(reference))
  }

  /** Whether a value would be taken by reference as one that a file of a package declares; without taking it. */
  knowsInside(value: object | symbol): boolean {
    return this.#insides && insidePathOf(value) !== undefined
  }

  /** What a file of a package declares and does not export. */
  ofInside(value: object | symbol): WireReference | undefined {
    const path = this.#insides ? insidePathOf(value) : undefined
    return path === undefined ? undefined : this.ofMet(value, path)
  }

  /** The same of a function, which may be the first of its file. */
  ofInsideFunction(fn: object, code: FunctionSyntax, scopes: readonly LiveScope[]): WireReference | undefined {
    if (!this.#insides || !isInstalled(code.script.url)) return undefined
    indexInside(code.script, scopes)
    indexDeclared(fn, code)
    return this.ofInside(fn)
  }

  /** `ofPackage` for what was met itself: a package may have made or changed it since it was loaded. */
  ofMet(value: object | symbol, path: PackagePath): WireReference {
    const reference = this.ofPackage(path)
    if (typeof value === 'function') this.functionsMet.add(value)
    this.#met.set(JSON.stringify(reference.slice(1)), value)
    return reference
  }

  /** What was met of packages itself, by its path from the bundle's exports. */
  get met(): readonly (readonly [path: readonly string[], value: object | symbol])[] {
    return [...this.#met].map(([path, value]) => [JSON.parse(path) as string[], value])
  }

  /** Of all, what stands in packages, as it is here. */
  get ofPackages(): readonly unknown[] {
    return this.all.map(([kind, namespace, ...path]) => {
      const use = kind === 'module' ? this.packages[Number(namespace?.slice(1))] : undefined
      return use && liveValue(use.entry, path)
    })
  }

  /** Of these, the functions. */
  get functions(): readonly (Callable | undefined)[] {
    return this.ofPackages.map(value => (typeof value === 'function' ? (value as Callable) : undefined))
  }

  /** What a file of a package keeps to itself, for a variable at its top that it assigns: a property of that name. */
  ofInsideVariable({ name, kind, assigned, scope }: Binding, script: Script): WireReference | undefined {
    if (!this.#insides || !assigned || kind === 'import' || scope.parent !== undefined) return undefined
    if (!isInstalled(script.url)) return undefined
    const [of, number] = this.ofPackage({ entry: insideEntry(script), path: [name] }) as [string, string]
    this.packages[Number(number.slice(1))]?.assigned?.add(name)
    return [of, number]
  }

  /** @param members that are used of the namespace, where `path` is that and no other can be */
  ofPackage({ entry, path }: PackagePath, members?: ReadonlySet<string>): WireReference {
    const { file, by } = entry
    let number = this.packages.findIndex(({ entry: it }) => it.file === file && it.by === by)
    if (number < 0) number = this.packages.push({ entry, members: new Set(), assigned: new Set() }) - 1
    const use = this.packages[number] as PackageUse
    const [first] = path
    if (first === undefined && members === undefined) use.members = undefined
    else for (const name of first === undefined ? (members as ReadonlySet<string>) : [first]) use.members?.add(name)
    return ['module', `m${number}`, ...path]
  }
}
