import type { Origin } from '../names/origin.ts'
import { packageOf } from '../packages/package-index.ts'
import { builtInName } from './built-ins.ts'
import { hostImported } from './host-modules.ts'
import type { ByReference, ReferenceTable } from './reference-table.ts'

/** What is imported or required from Node or an installed package travels by reference; undefined for the user's own files. */
export function referenceOf(
  origin: Origin,
  importer: string,
  references: ReferenceTable,
  members?: ReadonlySet<string>,
): ByReference | undefined {
  const builtIn = builtInName(origin.specifier)
  if (builtIn !== undefined) return references.stand(['builtin', ...builtInPath(builtIn, origin)])
  // Even where it is undefined here, as `job` is outside of jobs.
  const host = hostImported(origin.specifier, importer)
  if (host !== undefined) return references.stand(['host', host, ...origin.path])
  const found = packageOf(origin, importer)
  return found === undefined ? undefined : references.stand(references.ofPackage(found, members))
}

function builtInPath(name: string, { path, by }: Origin): readonly string[] {
  if (by === 'require') return [name, ...path]
  // The namespace of a built-in module has its exports, and all of them as `default`.
  if (path.length === 0) return [`*${name}`]
  return path[0] === 'default' ? [name, ...path.slice(1)] : [name, ...path]
}
