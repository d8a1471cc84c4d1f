import type { WireReference } from '../bundle-format.ts'
import type { Graph } from '../graph/graph.ts'
import { ByReference } from '../nodes/reference-table.ts'
import { asUrl } from '../source/as-url.ts'
import type { ExplainedImport } from './explanation.ts'
import { travelsAs } from './reference.ts'

type Growing = ExplainedImport & { readonly names: string[] }

/** What the files of functions that travel import, as far as those use it. */
export function importsOf(graph: Graph, packages: ReadonlyMap<string, number>): readonly ExplainedImport[] {
  const found = new Map<string, Growing>()
  for (const { code, cells } of graph.functions) {
    for (const { name, binding } of code.free) {
      const cell = cells.find(each => each.name === name)
      if (binding?.origin === undefined || cell === undefined) continue
      const { specifier } = binding.origin
      const importer = asUrl(code.script.url)
      const key = JSON.stringify([specifier, importer])
      const known = found.get(key) ?? made(specifier, importer, cell.value, graph, packages)
      found.set(key, known)
      if (!known.names.includes(name)) known.names.push(name)
    }
  }
  return [...found.values()]
}

function made(
  specifier: string,
  importer: string,
  value: unknown,
  { references }: Graph,
  packages: ReadonlyMap<string, number>,
): Growing {
  const isReference = ByReference.is(value)
  const travels = isReference ? travelsAs(references.all[value.index] as WireReference) : 'by value'
  const bytes = travels === 'package' ? (packages.get(packageName(specifier)) ?? 0) : 0
  return { specifier, importer, names: [], travels, bytes }
}

/** Of `@scope/name/file`, `@scope/name`. */
function packageName(specifier: string): string {
  return /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier
}
