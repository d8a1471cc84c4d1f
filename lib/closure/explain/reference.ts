import type { WireReference } from '../bundle-format.ts'
import type { Graph } from '../graph/graph.ts'
import type { Travels } from './explanation.ts'

const ways: Readonly<Record<string, Travels>> = { host: 'picloud', module: 'package', place: 'file' }

export function travelsAs([kind = '']: WireReference): Travels {
  return ways[kind] ?? 'built-in'
}

/** What the worker has of its own, as `node:path join`. */
export function referenceText([kind, name = '', ...path]: WireReference, { references }: Graph): string {
  if (kind === 'place') return path.join()
  const module = kind === 'module' ? references.packages[Number(name.slice(1))]?.entry.specifier : undefined
  // The mark of a namespace of Node's.
  return [module ?? name.replace(/^\*/, ''), ...path].join(' ')
}
