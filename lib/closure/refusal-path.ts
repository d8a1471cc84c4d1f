import type { Callable } from '../value/captured.ts'
import { findPath } from '../value/find-path.ts'
import { intrinsicName } from '../value/intrinsics.ts'
import { type Path, renderPath, type Step } from '../value/path.ts'
import { type FunctionRecord, flag } from './bundle-format.ts'
import type { Graph } from './graph/graph.ts'
import { displayName } from './nodes/function-name.ts'

/**
 * The way to a part of what was encoded, as the user knows it: from function to function by the variables that hold
 * them. The encoder saw `[value, [record, …]]`, and a record is `[extras, ...cells]`.
 * @param name of the value, which the way starts with
 */
export function wayTo(path: Path, graph: Graph, name: string): string[] {
  const [part, index, place] = path.map(step => (step.kind === 'index' ? step.index : undefined))
  if (part !== 1) return withRest([name], path.slice(1))
  const captured = graph.functions[index ?? -1]
  const record = graph.root[1][index ?? -1]
  if (captured === undefined || record === undefined) return [name]
  const way = wayToFunction(captured.fn, graph, name)
  if (place === undefined) return way
  if (place === 0) return withRest(way, stepsOfExtras(path.slice(3), record[0]))
  return withRest([...way, captured.cells[place - 1]?.name ?? '?'], path.slice(3))
}

function withRest(way: string[], rest: Path): string[] {
  if (rest.length === 0) return way
  const last = way.at(-1) ?? ''
  return [...way.slice(0, -1), renderPath(rest, last)]
}

/** By what a function was reached: a variable of another one, or something that a variable leads to. */
function wayToFunction(fn: Callable, graph: Graph, name: string): string[] {
  const [value, records] = graph.root
  if (fn === value) return [name]
  const index = graph.functions.findIndex(captured => captured.fn === fn)
  // Who holds it was there before it, all but a superclass.
  const derived = graph.functions.find(({ superclass }) => superclass === fn)?.fn
  const holders = [value, records.slice(0, index)]
  const path = findPath(holders, fn, {
    foreign: object => (intrinsicName(object) === undefined ? undefined : 0),
    hidden: graph.privates.hidden,
  })
  if (path.length > 0) return wayTo(withoutConstructor(path), graph, name)
  return derived === undefined ? [displayName(fn)] : [...wayToFunction(derived, graph, name), displayName(fn)]
}

/** A class is found through the instance that made it travel. */
function withoutConstructor(path: Path): Path {
  const [above, last] = path.slice(-2)
  const byInstance = above?.kind === 'prototype' && last?.kind === 'property' && last.key === 'constructor'
  return byInstance ? [...path.slice(0, -2), { kind: 'class' }] : path
}

/** What a function has beyond its text, as the user sees it on the function. */
function stepsOfExtras([list, place, ...rest]: Path, extras: FunctionRecord[0]): Path {
  const which = list?.kind === 'index' ? list.index : -1
  const prototype: Step = { kind: 'property', key: 'prototype' }
  if (which === 2) return [prototype, ...rest]
  if (which === 3) return [{ kind: 'prototype' }, ...rest]
  if (which === 4) return [prototype, { kind: 'prototype' }, ...rest]
  if (which > 1 || place?.kind !== 'index') return rest
  const step = stepOf(extras?.[which] as readonly unknown[], place.index)
  return which === 0 ? [step, ...rest] : [prototype, step, ...rest]
}

/** The property whose value, getter or setter stands at a place of a list of properties. */
function stepOf(properties: readonly unknown[], place: number): Step {
  let at = 0
  for (;;) {
    const key = properties[at] as string | symbol
    const isAccessor = ((properties[at + 1] as number) & flag.ACCESSOR) !== 0
    const next = at + (isAccessor ? 4 : 3)
    if (place < next || next >= properties.length) {
      if (!isAccessor) return { kind: 'property', key }
      return { kind: place === at + 2 ? 'getter' : 'setter', key }
    }
    at = next
  }
}
