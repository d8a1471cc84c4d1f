import { encode, gather } from '../../value/encode.ts'
import type { EncodeOptions } from '../../value/encoding.ts'
import type { Graph } from './graph.ts'
import { standInForSymbol } from './stand-in-for.ts'

/** The graph's data, in one pass of the encoder. */
export function encodeOnce(graph: Graph): Uint8Array {
  const { keys, root, privates } = graph
  privates.clear()
  return gather(encode([keys, root], encodeOptions(graph)))
}

/** How the encoder deals with what values do not hold themselves. */
export function encodeOptions({ idOf, foreign, references, privates, inside, root }: Graph): EncodeOptions {
  const symbols = (symbol: symbol): unknown => standInForSymbol(symbol, references)
  return { functions: idOf, foreign, symbols, hidden: privates.hidden, inside, growing: root[1] }
}
