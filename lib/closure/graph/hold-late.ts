import { types } from 'node:util'
import { ALONG, LATE, LATE_WEAK } from '../bundle-format.ts'
import { slotOf } from '../variables/instances.ts'
import type { CapturedFunction } from './captured-function.ts'
import type { Graph } from './graph.ts'

/**
 * Lets a function's record hold what packages came to hold since they were loaded, what arguments take of them, and the strings
 * of tagged templates: as if they were variables above all files. Reviving it puts the first where it belongs.
 */
export function holdLate(graph: Graph): void {
  const { late = [], weak = [], along = [] } = graph.options
  const slots = late.map(({ object, key, slot }) => [object, key, slot])
  hold(LATE, slots, graph)
  const entries = weak.map(({ holder, object, value }) =>
    types.isWeakMap(holder.weak) ? [setInMap, holder.weak, [object, value]] : [addToSet, holder.weak, [object]],
  )
  hold(LATE_WEAK, entries, graph)
  hold(
    ALONG,
    along.filter(thing => typeof thing !== 'function'),
    graph,
  )
  for (const [strings, name] of graph.templates.find(graph.functions)) hold(name, strings, graph)
}

const setInMap = WeakMap.prototype.set
const addToSet = WeakSet.prototype.add

function hold(name: string, value: readonly unknown[], { functions, root, environments }: Graph): void {
  if (value.length === 0 || functions.some(({ cells }) => cells.some(cell => cell.name === name))) return
  // What comes with its class has no variables of its own.
  const index = functions.findIndex(({ member }) => member === undefined)
  if (index < 0) return
  const captured = functions[index] as CapturedFunction
  const { globals, globalInstance } = environments
  const cell = { instance: globalInstance, slot: slotOf(globals, name), name, value, assigned: false, level: -1 }
  functions[index] = { ...captured, cells: [...captured.cells, cell] }
  ;(root[1][index] as unknown as unknown[]).push(value)
}
