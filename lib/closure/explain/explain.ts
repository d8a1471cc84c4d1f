import { decodeFrame } from '../../protocol/frame.ts'
import type { Callable } from '../../value/captured.ts'
import { type Bundled, tryBundle } from '../emit/bundle.ts'
import type { Graph } from '../graph/graph.ts'
import { displayName } from '../nodes/function-name.ts'
import type { ModuleBundle } from '../packages/module-bundle.ts'
import { releaseRemotes } from '../source/end-of-capture.ts'
import type { ExplainedPart, ExplainedRefusal, Explanation } from './explanation.ts'
import { importsOf } from './imports.ts'
import { largestOf } from './largest.ts'
import { Parts } from './parts.ts'
import { refusalOf } from './refusal.ts'

/**
 * What would travel with a function, as it is now. Captures as `capture` does, and sends nothing.
 * @param given what would be its arguments, explained already
 */
export function explain(fn: Callable, given: readonly ExplainedPart[] = []): Explanation {
  const name = displayName(fn)
  const outcome = outcomeOf(fn, name)
  const { graph } = outcome
  try {
    const parts = new Parts(graph)
    const root = parts.of(fn)
    const modules = outcome.bundled?.modules ?? []
    const sizes = new Map(modules.flatMap(({ packages }) => [...packages]))
    const packages = [...sizes].map(([name, bytes]) => ({ name, bytes })).sort((a, b) => b.bytes - a.bytes)
    const assets = modules.flatMap(({ asset, bytes }) =>
      asset === undefined ? [] : [{ path: asset, bytes: bytes.byteLength }],
    )
    const refusal = outcome.refusal ?? given.find(each => each.refusal !== undefined)?.refusal
    return {
      name,
      sendable: refusal === undefined,
      ...(refusal !== undefined && { refusal }),
      root,
      arguments: given,
      imports: importsOf(graph, sizes),
      packages,
      assets,
      ...(refusal === undefined && outcome.bundled !== undefined && { bytes: bytesOf(outcome.bundled, given) }),
      largest: largestOf([root, ...given], packages, assets),
    }
  } finally {
    releaseRemotes()
  }
}

interface Outcome {
  readonly graph: Graph
  readonly bundled?: Bundled
  readonly refusal?: ExplainedRefusal
}

function outcomeOf(fn: Callable, name: string): Outcome {
  const { graph, bundled, error } = tryBundle(fn, name)
  return bundled === undefined ? { graph, refusal: refusalOf(error) } : { graph, bundled }
}

function bytesOf({ bundle, modules }: Bundled, given: readonly ExplainedPart[]): NonNullable<Explanation['bytes']> {
  const code = decodeFrame(bundle).sections[0]?.byteLength ?? 0
  const sizeOf = (some: readonly ModuleBundle[]): number => some.reduce((sum, { bytes }) => sum + bytes.byteLength, 0)
  const assets = sizeOf(modules.filter(({ asset }) => asset !== undefined))
  const packages = sizeOf(modules) - assets
  const ofArguments = given.reduce((sum, { bytes }) => sum + bytes, 0)
  const total = bundle.byteLength + packages + assets + ofArguments
  return { code, data: bundle.byteLength - code, packages, assets, arguments: ofArguments, total }
}
