import { builtInName } from './built-ins.ts'
import { hostImported } from './host-modules.ts'
import type { Origin } from './origin.ts'
import { ByReference, type ReferenceTable } from './reference-table.ts'

/** What is imported or required from Node or an installed package travels by reference; undefined for the user's own files. */
export function referenceOf(origin: Origin, importer: string, references: ReferenceTable): ByReference | undefined {
  const builtIn = builtInName(origin.specifier)
  if (builtIn !== undefined) return new ByReference(references.add(['builtin', ...builtInPath(builtIn, origin)]))
  const host = hostImported(origin.specifier, importer)
  if (host !== undefined) return new ByReference(references.add(['host', host, ...origin.path]))
  return undefined
}

function builtInPath(name: string, { path, by }: Origin): readonly string[] {
  if (by === 'require') return [name, ...path]
  // The namespace of a built-in module has its exports, and all of them as `default`.
  if (path.length === 0) return [`*${name}`]
  return path[0] === 'default' ? [name, ...path.slice(1)] : [name, ...path]
}
