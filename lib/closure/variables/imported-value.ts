import { createRequire } from 'node:module'
import { types } from 'node:util'
import { CaptureError, type SourcePlace } from '../capture-error.ts'
import type { Origin } from '../names/origin.ts'
import type { Binding } from '../names/scope.ts'
import { builtInName } from '../nodes/built-ins.ts'
import { hostImported } from '../nodes/host-modules.ts'
import { referenceOf } from '../nodes/origin-reference.ts'
import type { ReferenceTable } from '../nodes/reference-table.ts'
import { exportValue } from '../packages/export-value.ts'
import { indexRegistry, type PackagePath, packageOf } from '../packages/package-index.ts'
import { isInstalled, resolveModule } from '../packages/resolve-module.ts'
import type { FreeName } from '../source/function-code.ts'
import { type LiveScope, levelOf } from '../source/inspector.ts'
import { placeOf, type Script } from '../source/script.ts'
import { isMocked } from './vite-module.ts'

/** What stands for the modules that functions import: by reference, or nothing where a file of the user's travels by value. */
export class ImportedValues {
  readonly #references: ReferenceTable
  /** The user's files of which something travels by value, absolute. */
  readonly files = new Set<string>()

  constructor(references: ReferenceTable) {
    this.#references = references
  }

  /** Undefined where the variable's own value is to be taken. @throws {CaptureError} for a module that is not found */
  take(free: FreeName, script: Script, scopes: readonly LiveScope[]): { readonly value: unknown } | undefined {
    const { binding } = free
    const origin = binding?.origin
    if (binding === undefined || origin === undefined) return undefined
    if (origin.by === 'import()' || origin.by === 'require()') return this.#called(binding, origin, script, free.start)
    if (isMocked(binding, scopes)) return undefined
    const members = usedMembers(free, scopes)
    const value = referenceOf(origin, script.url, this.#references, members)
    if (value !== undefined) {
      indexUsed(free, members, scopes, packageOf(origin, script.url))
      return { value }
    }
    const file = resolveModule(origin.specifier, script.url, origin.by === 'import' ? 'import' : 'require')
    if (file !== undefined) this.files.add(file)
    return undefined
  }

  /** Of `import('x')` and `require('x')` inside of a function: an object that loads the module when it is asked for. */
  #called(binding: Binding, { specifier, by }: Origin, script: Script, start: number): { value: unknown } {
    const { url } = script
    const requires = by === 'require()'
    const builtIn = builtInName(specifier)
    if (builtIn !== undefined) return { value: held(binding, this.#references.stand(['builtin', builtIn])) }
    const host = hostImported(specifier, url)
    if (host !== undefined && requires) return { value: held(binding, this.#references.stand(['host', host])) }
    const file = host ?? resolveModule(specifier, url, requires ? 'require' : 'import')
    if (file === undefined) throw notFound(specifier, by, placeOf(script, start))
    const loaded = requires && !isInstalled(file) ? createRequire(import.meta.url).cache[file] : undefined
    if (loaded?.loaded === true) {
      this.files.add(file)
      return { value: held(binding, loaded.exports) }
    }
    return { value: this.#references.stand(this.#references.ofPackage({ entry: { file, by, specifier }, path: [] })) }
  }
}

const holders = new WeakMap<Binding, { readonly exports: unknown }>()

/** One object for each call in the text: all functions that hold it see one variable. */
function held(binding: Binding, exports: unknown): { readonly exports: unknown } {
  const known = holders.get(binding)
  if (known !== undefined && known.exports === exports) return known
  const made = { exports }
  holders.set(binding, made)
  return made
}

function notFound(specifier: string, by: string, place: SourcePlace): CaptureError {
  return new CaptureError(`it calls \`${by.replace(')', `'${specifier}')`)}\`, which is not found`, {
    path: [specifier],
    place,
    hint: 'Name a file or an installed package as Node would find it.',
  })
}

/** Notes what the function sees of a package. */
function indexUsed(
  { name }: FreeName,
  members: ReadonlySet<string> | undefined,
  scopes: readonly LiveScope[],
  from: PackagePath | undefined,
): void {
  const scope = from && scopes[levelOf(scopes, name)]?.object
  if (from === undefined || scope === undefined) return
  const value = exportValue(scope, name)
  if (members === undefined) return indexRegistry(value, from)
  for (const member of members) {
    indexRegistry(exportValue(value as object, member), { ...from, path: [...from.path, member] })
  }
}

/** Of a namespace that is only used as `namespace.member`: those that it has. */
function usedMembers({ name, members }: FreeName, scopes: readonly LiveScope[]): ReadonlySet<string> | undefined {
  const namespace: unknown = members && scopes[levelOf(scopes, name)]?.object[name]
  if (members === undefined || !types.isModuleNamespaceObject(namespace)) return undefined
  return new Set([...members].filter(member => Object.hasOwn(namespace as object, member)))
}
