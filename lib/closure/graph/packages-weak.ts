import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { ValueError } from '../../value/value-error.ts'
import { LATE, LATE_WEAK } from '../bundle-format.ts'
import { packageClassOnWay } from '../nodes/package-instance.ts'
import type { ReferenceTable } from '../nodes/reference-table.ts'
import { isPackaged } from '../nodes/resolve-function.ts'
import { exportValue, namesIn } from '../packages/export-value.ts'
import { lookInside } from '../source/inspector.ts'
import type { CapturedFunction } from './captured-function.ts'
import type { Graph } from './graph.ts'

/**
 * The WeakMap or WeakSet that a capture was refused for, if it is a package's: held by an instance of its class, by what it keeps for
 * something else, or by a function that it handed out and the package's other functions do not share it with. Whoever wrote
 * that can't be asked to use a Map.
 *
 * It can travel, as a new one with the entries whose keys travel: nobody there can ask for others. One of the user's own is refused
 * all the same, by name.
 */
export function packagesWeak(error: unknown, graph: Graph): object | undefined {
  if (!(error instanceof ValueError) || error.cause !== undefined) return undefined
  const weak = [...graph.weakMet].at(-1)
  if (weak === undefined || !/^a Weak(?:Map|Set) /.test(error.reason)) return undefined
  const path = error.path?.slice(1) ?? []
  const [part, index = -1, place = 0] = path.map(step => (step.kind === 'index' ? step.index : 0))
  // What is to be put into another one.
  if (part === 2) return weak
  const holder = part === 1 ? graph.functions[index] : undefined
  if (holder === undefined || !isPackaged(holder.code.script.url)) {
    const isLate = holder !== undefined && [LATE, LATE_WEAK].includes(holder.cells[place - 1]?.name ?? '')
    return isLate || packageClassOnWay(graph.root, path) !== undefined ? weak : undefined
  }
  // Its own property.
  if (place === 0) return weak
  return isItsOwn(holder, place, graph) ? weak : undefined
}

/** Whether a variable belongs to one call of the package's, and not to a file, of which the receiver has another. */
function isItsOwn({ code, cells }: CapturedFunction, place: number, { references, root, functions }: Graph): boolean {
  const name = cells[place - 1]?.name ?? ''
  const binding = code.free.find(free => free.name === name)?.binding
  if (binding?.scope.parent === undefined) return false
  const index = functions.findIndex(it => it.code === code && it.cells === cells)
  const value: unknown = root[1][index]?.[place]
  return !functionsOf(references).some(fn =>
    lookInside(fn).scopes.some(({ object }) => Object.hasOwn(object, name) && object[name] === value),
  )
}

/** Functions that the receiver has from packages: those that are used, and those of the objects and namespaces that are. */
function functionsOf({ met, ofPackages }: ReferenceTable): Callable[] {
  const used = new Set([...met.map(([, thing]) => thing), ...ofPackages])
  const all = [...used].flatMap(thing => [thing, ...partsOf(thing)])
  return all.filter(thing => typeof thing === 'function' && !types.isProxy(thing)) as Callable[]
}

function partsOf(thing: unknown): unknown[] {
  if ((typeof thing !== 'object' && typeof thing !== 'function') || thing === null || types.isProxy(thing)) return []
  const keys = namesIn(thing).slice(0, MAX_PARTS)
  return keys.map(key => exportValue(thing, key))
}

/** More than the widest packages export. */
const MAX_PARTS = 1_000
