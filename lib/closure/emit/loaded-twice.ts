import { fileURLToPath } from 'node:url'
import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { OWN_NAMES } from '../bundle-format.ts'
import { CaptureError } from '../capture-error.ts'
import type { CapturedFunction } from '../graph/captured-function.ts'
import type { Graph } from '../graph/graph.ts'
import { displayName } from '../nodes/function-name.ts'
import { ByReference, type ReferenceTable } from '../nodes/reference-table.ts'
import { packageOfFile } from '../packages/bundle-refusal.ts'
import type { ModuleBundle } from '../packages/module-bundle.ts'
import { isInstalled } from '../packages/resolve-module.ts'
import { levelOf, lookInside } from '../source/inspector.ts'
import type { Script } from '../source/script.ts'

/**
 * A file that is bundled, and of which something travels by value too, is there twice: classes and state of the two are not
 * the same. A file of the user's is then refused. Of a package, functions that it handed out may travel beside it as long as
 * they see nothing at the top of its files that could differ.
 * @throws {CaptureError} for a file that would be there twice
 */
export function checkLoadedOnce(
  { functions, environments, references }: Graph,
  modules: readonly ModuleBundle[],
  name: string,
): void {
  const own = new Set(modules.flatMap(({ ownFiles }) => ownFiles))
  const bundled = new Set(modules.flatMap(({ files }) => files))
  if (bundled.size === 0) return
  for (const captured of functions) {
    const { fn, code } = captured
    const { url } = code.script
    const file = url.startsWith('file:') ? fileURLToPath(url) : url
    const path = fn === functions[0]?.fn ? [name] : [name, displayName(fn)]
    if (own.has(file)) throw ownRefusal(file, path)
    const state = isInstalled(file) && bundled.has(file) ? stateOf(captured, references) : undefined
    if (state !== undefined) throw packageRefusal(file, state, path)
  }
  for (const file of environments.imported.files) if (own.has(file)) throw ownRefusal(file, [name])
}

function ownRefusal(file: string, path: readonly string[]): CaptureError {
  return new CaptureError(
    `${file} travels by value, and is loaded by \`import()\` or \`require\` inside of a function too`,
    { path, hint: 'Import it at the top of files only, or inside of functions only.' },
  )
}

function packageRefusal(file: string, state: string, path: readonly string[]): CaptureError {
  const owner = packageOfFile(file)
  return new CaptureError(
    `the package ${owner} made it and does not export it, and it shares ${state} with what the job uses of ${owner} itself`,
    { path, hint: `Make it in the job, or let the job use nothing else of ${owner}.` },
  )
}

/** What of the top of its file a function has as a copy, where the bundled file has its own: the name, or the class that it is. */
function stateOf(captured: CapturedFunction, references: ReferenceTable): string | undefined {
  const { fn, code, cells } = captured
  if (code.syntax.kind === 'class' && code.syntax.scope.parent === undefined) return displayName(fn)
  if (isComparedThere(captured, references)) return displayName(fn)
  return code.free.find(({ name, binding, writes }) => {
    // Stands for a module that it loads as it runs, and so does the bundled file.
    if (name.startsWith(OWN_NAMES)) return false
    const cell = binding?.scope.parent === undefined ? cells.find(each => each.name === name) : undefined
    if (binding === undefined || cell === undefined || ByReference.is(cell.value)) return false
    return writes || binding.assigned || (mayDiffer(cell.value) && !references.knowsInside(cell.value))
  })?.name
}

/** Whether it is a class that stands inside of a function, as in a UMD file, and whose instances the bundled file tells from others. */
function isComparedThere({ fn, code }: CapturedFunction, { functions }: ReferenceTable): boolean {
  const name = displayName(fn)
  if (!comparedIn(code.script).has(name)) return false
  return functions.some(used => used !== undefined && sees(used, name, fn))
}

/** By script: what its text asks whether something is an instance of. */
const compared = new WeakMap<Script, ReadonlySet<string>>()

function comparedIn(script: Script): ReadonlySet<string> {
  const known = compared.get(script)
  if (known !== undefined) return known
  const names = new Set(script.source.matchAll(/\binstanceof\s+([\w$]+)/g).map(([, name]) => name as string))
  compared.set(script, names)
  return names
}

function sees(used: Callable, name: string, value: unknown): boolean {
  if (types.isProxy(used)) return false
  const { scopes } = lookInside(used)
  return scopes[levelOf(scopes, name)]?.object[name] === value
}

function mayDiffer(value: unknown): value is object | symbol {
  if (typeof value === 'symbol') return Symbol.keyFor(value) === undefined
  return typeof value === 'object' && value !== null && !(value instanceof RegExp) && !Object.isFrozen(value)
}
