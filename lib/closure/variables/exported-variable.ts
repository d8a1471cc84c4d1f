import { pathToFileURL } from 'node:url'
import type { Binding } from '../names/scope.ts'
import { isInstalled, resolveModule } from '../packages/resolve-module.ts'
import { scriptIdOf } from '../source/debugged-scripts.ts'
import { type Script, scriptOf } from '../source/script.ts'

/** Files between an import and the variable that it means. */
const MAX_FILES = 50

/** The variable that a name imported from a file of the user's means; undefined where that can't be told. */
export function exportedVariable(specifier: string, name: string, importer: string, steps = 0): Binding | undefined {
  const script = importedScript(specifier, importer)
  if (script === undefined || steps > MAX_FILES) return undefined
  const { exports, stars, top } = script.names
  const meant = exports.get(name)
  if (meant?.from !== undefined) return exportedVariable(meant.from, meant.name, script.url, steps + 1)
  if (meant !== undefined) {
    const binding = top.bindings.get(meant.local)
    const [first] = binding?.kind === 'import' ? (binding.origin?.path ?? []) : []
    if (binding?.origin === undefined || first === undefined) return binding
    return exportedVariable(binding.origin.specifier, first, script.url, steps + 1)
  }
  for (const star of stars) {
    const found = exportedVariable(star, name, script.url, steps + 1)
    if (found !== undefined) return found
  }
  return undefined
}

function importedScript(specifier: string, importer: string): Script | undefined {
  const file = resolveModule(specifier, importer, 'import')
  if (file === undefined || isInstalled(file)) return undefined
  // With what may follow a path: it makes another module of the same file.
  const url = /^(?:\.|\/|file:)/.test(specifier) ? new URL(specifier, importer).href : pathToFileURL(file).href
  const id = scriptIdOf(url) ?? scriptIdOf(pathToFileURL(file).href)
  return id === undefined ? undefined : scriptOf(id, specifier)
}
