import { decodeFrame } from '../../protocol/frame.ts'
import type { Callable } from '../../value/captured.ts'
import { type Bundled, bundleGraph } from '../emit/bundle.ts'
import { Graph } from '../graph/graph.ts'
import { displayName } from '../nodes/resolve-function.ts'
import { releaseRemotes } from '../source/inspector.ts'
import type { ExplainedPackage, ExplainedPart, ExplainedRefusal, Explanation, Weight } from './explanation.ts'
import { importsOf } from './imports.ts'
import { Parts } from './parts.ts'
import { refusalOf } from './refusal.ts'

/** Parts that are named as the largest. */
const LARGEST = 3

/**
 * What would travel with a function, as it is now. Captures as `capture` does, and sends nothing.
 * @param given what would be its arguments, explained already
 */
export function explain(fn: Callable, given: readonly ExplainedPart[] = []): Explanation {
  const graph = new Graph(fn)
  const name = displayName(fn)
  const outcome = outcomeOf(graph, name)
  try {
    const parts = new Parts(graph)
    const root = parts.of(fn)
    const modules = outcome.bundled?.modules ?? []
    const sizes = new Map(modules.flatMap(({ packages }) => [...packages]))
    const packages = [...sizes].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes)
    const refusal = outcome.refusal ?? given.find(each => each.refusal !== undefined)?.refusal
    return {
      name,
      sendable: refusal === undefined,
      ...(refusal !== undefined && { refusal }),
      root,
      arguments: given,
      imports: importsOf(graph, sizes),
      packages,
      ...(refusal === undefined && outcome.bundled !== undefined && { bytes: bytesOf(outcome.bundled, given) }),
      largest: largestOf([...parts.all, ...given], packages),
    }
  } finally {
    releaseRemotes()
  }
}

interface Outcome {
  readonly bundled?: Bundled
  readonly refusal?: ExplainedRefusal
}

function outcomeOf(graph: Graph, name: string): Outcome {
  try {
    return { bundled: bundleGraph(graph, name) }
  } catch (error) {
    return { refusal: refusalOf(error) }
  }
}

function bytesOf({ bundle, modules }: Bundled, given: readonly ExplainedPart[]): NonNullable<Explanation['bytes']> {
  const code = decodeFrame(bundle).sections[0]?.byteLength ?? 0
  const packages = modules.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
  const ofArguments = given.reduce((sum, { bytes }) => sum + bytes, 0)
  const total = bundle.byteLength + packages + ofArguments
  return { code, data: bundle.byteLength - code, packages, arguments: ofArguments, total }
}

function largestOf(parts: readonly ExplainedPart[], packages: readonly ExplainedPackage[]): readonly Weight[] {
  const weights: Weight[] = [
    ...parts.map(({ path, kind, bytes }) => ({ what: path.join(' → '), kind, bytes })),
    ...packages.map(({ name, bytes }) => ({ what: `package ${name}`, kind: 'package', bytes })),
  ]
  return weights
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes)
    .slice(0, LARGEST)
}
