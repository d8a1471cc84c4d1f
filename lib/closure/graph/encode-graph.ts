import { ValueError } from '../../value/value-error.ts'
import { CaptureError } from '../capture-error.ts'
import { encodeOnce } from './encode-once.ts'
import { findFunctions } from './find-functions.ts'
import type { Graph } from './graph.ts'
import { holdLate } from './hold-late.ts'
import { uniteVariables } from './unite-variables.ts'

/** The graph's data. */
export function encodeGraph(graph: Graph): Uint8Array {
  findFunctions(graph)
  for (;;) {
    graph.readFunctionsAgain()
    holdLate(graph)
    const { size } = graph
    graph.met.clear()
    const encoded = encodeOnce(graph)
    // What was found may have changed what was written before it.
    if (graph.size !== size || graph.fetchClasses()) continue
    uniteVariables(graph)
    return encoded
  }
}

/** Whether it can travel, by trying. */
export function canEncode(graph: Graph): boolean {
  try {
    encodeGraph(graph)
    return true
  } catch (error) {
    if (error instanceof CaptureError || error instanceof ValueError) return false
    throw error
  }
}
