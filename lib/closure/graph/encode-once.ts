import { encode, gather } from '../../value/encode.ts'
import type { EncodeOptions, Numbered } from '../../value/encoding.ts'
import type { CapturedFunction } from './captured-function.ts'
import type { Graph } from './graph.ts'
import { otherStandIn, standInForSymbol } from './stand-in-for.ts'

/** The graph's data, in one pass of the encoder. */
export function encodeOnce(graph: Graph): Uint8Array {
  const { keys, root, privates } = graph
  privates.clear()
  const numbered = (all: Numbered): void => {
    graph.numbered = all
  }
  return gather(encode([keys, root], { ...encodeOptions(graph), numbered }))
}

/** How the encoder deals with what values do not hold themselves. */
export function encodeOptions({
  idOf,
  foreign,
  references,
  privates,
  inside,
  root,
  functions,
  environments,
  options,
  weakMet,
}: Graph): EncodeOptions {
  const { held } = options
  const symbols = (symbol: symbol): unknown => standInForSymbol(symbol, references, options.symbols)
  return {
    functions: idOf,
    foreign,
    symbols,
    hidden: privates.hidden,
    inside,
    instead: environments.imports.held.instead,
    weak: object => options.anyWeak === true || options.weakOnes?.has(object) === true || isRefused(object, weakMet),
    callees: () => functions.some(namesCallee),
    growing: root[1],
    held: held && (thing => otherStandIn(held(thing))),
  }
}

function isRefused(object: object, weakMet: Set<object>): false {
  weakMet.add(object)
  return false
}

function namesCallee({ code: { script, start, end } }: CapturedFunction): boolean {
  const at = script.source.indexOf('callee', start)
  return at >= 0 && at < end
}
