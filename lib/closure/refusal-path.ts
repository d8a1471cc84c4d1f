import type { Callable } from '../value/captured.ts'
import type { EncodeOptions } from '../value/encoding.ts'
import { findPath } from '../value/find-path.ts'
import { intrinsicName } from '../value/intrinsics.ts'
import { type Path, renderPath, type Step } from '../value/path.ts'
import { type FunctionRecord, flag, LATE_WEAK } from './bundle-format.ts'
import type { Graph } from './graph/graph.ts'
import { displayName } from './nodes/function-name.ts'
import { ByReference } from './nodes/reference-table.ts'
import type { Cell } from './variables/environments.ts'
import { shownName } from './variables/shown-name.ts'

/**
 * The way to a part of what was encoded, as the user knows it: from function to function by the variables that hold
 * them. The encoder saw `[value, [record, …], weak]`, and a record is `[extras, ...cells]`.
 * @param name of the value, which the way starts with
 */
export function wayTo(path: Path, graph: Graph, name: string): string[] {
  const holders = new Holders(graph)
  const hops: Hop[] = []
  for (let hop: Hop | undefined = hopOf(path, graph); hop !== undefined; ) {
    hops.push(hop)
    hop = hop.of && holders.above(hop.of)
  }
  const way = [name]
  for (const { isFirst, variable, rest } of hops.reverse()) {
    if (isFirst) way.length = 0
    if (variable !== undefined) way.push(variable)
    if (rest.length > 0) way.push(renderPath(rest, way.pop()))
  }
  return way
}

/** A stretch of the way: from a function, or from the value itself, to what it holds. */
interface Hop {
  readonly of: Callable | undefined
  /** Nothing leads to it that is known. */
  readonly isFirst?: true
  readonly variable?: string | undefined
  readonly rest: Path
}

function hopOf(path: Path, graph: Graph): Hop {
  const [part, index, place] = path.map(step => (step.kind === 'index' ? step.index : undefined))
  if (part === 2) return { of: undefined, variable: shownName(LATE_WEAK), rest: path.slice(2) }
  if (part !== 1) return { of: undefined, rest: path.slice(1) }
  const captured = graph.functions[index ?? -1]
  const record = graph.root[1][index ?? -1]
  if (captured === undefined || record === undefined) return { of: undefined, rest: [] }
  const of = captured.fn
  if (place === undefined) return { of, rest: [] }
  if (place === 0) return { of, rest: stepsOfExtras(path.slice(3), record[0]) }
  return { of, variable: nameOfCell(captured.cells[place - 1]), rest: path.slice(3) }
}

function nameOfCell(cell: Cell | undefined): string {
  return cell === undefined ? '?' : shownName(cell.name)
}

/** Steps to what a variable of a function holds: index 1, the function, the variable. */
const TO_VARIABLE = 3

/** By what functions were reached: a variable of another one, or something that a variable leads to. */
class Holders {
  readonly #graph: Graph
  readonly #indexes: ReadonlyMap<Callable, number>
  /** Of functions that stand in variables, the first of these. */
  readonly #variables = new Map<unknown, readonly [index: number, place: number]>()

  constructor(graph: Graph) {
    this.#graph = graph
    this.#indexes = new Map(graph.functions.map(({ fn }, index) => [fn, index]))
    for (const [index, [, ...cells]] of graph.root[1].entries()) {
      for (const [at, value] of cells.entries()) {
        if (typeof value === 'function' && !this.#variables.has(value)) this.#variables.set(value, [index, at + 1])
      }
    }
  }

  above(fn: Callable): Hop | undefined {
    if (fn === this.#graph.root[0]) return undefined
    const path = this.#pathTo(fn)
    if (path.length > 0) return hopOf(withoutConstructor(path), this.#graph)
    const derived = this.#graph.functions.find(({ superclass }) => superclass === fn)?.fn
    const variable = displayName(fn)
    return derived === undefined
      ? { of: undefined, isFirst: true, variable, rest: [] }
      : { of: derived, variable, rest: [] }
  }

  #pathTo(fn: Callable): Path {
    const [value, records] = this.#graph.root
    // Who holds it was there before it, all but a superclass.
    const index = this.#indexes.get(fn) ?? 0
    const inValue = this.#find([value], fn)
    if (inValue.length > 0 && inValue.length <= TO_VARIABLE) return inValue
    const [holder, place] = this.#variables.get(fn) ?? [index]
    if (holder < index) return [1, holder, place as number].map(step => ({ kind: 'index', index: step }))
    return this.#find([value, records.slice(0, index)], fn)
  }

  /** What can't travel itself is not what is looked for. */
  readonly #hidden: EncodeOptions['hidden'] = (object, prototype) => {
    try {
      return this.#graph.privates.hidden(object, prototype)
    } catch {
      return undefined
    }
  }

  #find(holders: readonly unknown[], fn: Callable): Path {
    return findPath(holders, fn, {
      foreign: object => (intrinsicName(object) === undefined && !ByReference.is(object) ? undefined : 0),
      hidden: this.#hidden,
    })
  }
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
