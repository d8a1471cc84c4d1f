import { types } from 'node:util'
import { ALONG, LATE, LATE_WEAK, type WeakEntry } from '../bundle-format.ts'
import { slotOf } from '../variables/instances.ts'
import type { CapturedFunction } from './captured-function.ts'
import type { Graph } from './graph.ts'
import type { WeakState } from './weak-look.ts'

/**
 * Lets a function's record hold what packages came to hold since they were loaded, what arguments take of them, and the strings
 * of tagged templates: as if they were variables above all files. Reviving it puts the first where it belongs.
 */
export function holdLate(graph: Graph): void {
  const { late = [], weak = [], along = [] } = graph.options
  const slots = late.map(({ object, key, slot }) => [object, key, slot])
  hold(LATE, slots, graph)
  const entries = weakEntries(weak).map(([holder, ...entry]) => [entry.length > 1 ? setInMap : addToSet, holder, entry])
  // What travels beside a function brings them in its root.
  if (graph.options.known === undefined) hold(LATE_WEAK, entries, graph)
  hold(
    ALONG,
    along.filter(thing => typeof thing !== 'function'),
    graph,
  )
  for (const [strings, name] of graph.templates.find(graph.functions)) hold(name, strings, graph)
}

/** What is to be put into WeakMaps, and items of WeakSets. */
export function weakEntries(states: readonly WeakState[]): WeakEntry[] {
  return states.map(({ holder: { weak }, object, value }) =>
    types.isWeakMap(weak) ? [weak, object, value] : [weak, object],
  )
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
