import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { findPath } from '../../value/find-path.ts'
import { ValueError } from '../../value/value-error.ts'
import { displayName } from '../nodes/function-name.ts'
import { isPackaged } from '../nodes/resolve-function.ts'
import { exportValue } from '../packages/export-value.ts'
import { type LiveScope, lookInside, scriptFacts } from '../source/inspector.ts'
import { lookAtPrivate } from '../source/private-entries.ts'
import { encodeOptions } from './encode-once.ts'
import type { Graph } from './graph.ts'

/**
 * Compilers make private names into WeakMaps and WeakSets of the file, whose names then begin with an underscore. Where a package
 * was compiled so, the receiver has WeakMaps of its own, and the instance would be there without. Those of other names are
 * mostly caches, which fill again.
 */
const compiled = /^_/

/** A WeakMap or WeakSet, and the variable that holds it. */
interface Weak {
  readonly name: string
  has(object: object): boolean
}

const hasInMap = WeakMap.prototype.has
const hasInSet = WeakSet.prototype.has

/** Of classes: those that packages keep to themselves may be given other instances at any time. */
const watched = new WeakSet<Graph>()

/** Whether what an earlier capture looked at may have come to have such state. */
export function mayHaveWeakState(graph: Graph): boolean {
  return watched.has(graph)
}

/** @throws {ValueError} for an instance of a package's class with such state */
export function refuseWeakState(graph: Graph): void {
  const { references, options, functions, numbered } = graph
  if (references.functionsMet.size === 0 && options.known === undefined) return
  const own = new Set(functions.map(({ fn }) => fn))
  const above = new Map<object, readonly Weak[]>()
  for (const thing of numbered.things) {
    if (typeof thing !== 'object' || thing === null || types.isProxy(thing)) continue
    const weak = weakAbove(thing, above, own).find(each => each.has(thing))
    if (weak === undefined || graph.foreign(thing) !== undefined) continue
    const path = findPath([graph.keys, graph.root], thing, encodeOptions(graph))
    const why = `its package keeps state of it in ${weak.name}, a WeakMap or WeakSet that does not travel`
    throw new ValueError(why, { path, hint: 'Make it in the job.' })
  }
  if (above.values().some(found => found.length > 0)) watched.add(graph)
}

/** What the files of the packages' classes above an object hold. */
function weakAbove(object: object, known: Map<object, readonly Weak[]>, own: ReadonlySet<Callable>): readonly Weak[] {
  const prototype = Object.getPrototypeOf(object) as object | null
  if (prototype === null || prototype === Object.prototype || types.isProxy(prototype)) return []
  const before = known.get(prototype)
  if (before !== undefined) return before
  const owner: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
  const here = typeof owner === 'function' && !own.has(owner as Callable) ? weakOf(owner as Callable) : []
  const found = [...here, ...weakAbove(prototype, known, own)]
  known.set(prototype, found)
  return found
}

const ofPackages = new WeakMap<Callable, boolean>()

function weakOf(owner: Callable): Weak[] {
  if (types.isProxy(owner) || ofPackages.get(owner) === false) return []
  const { location, scopes } = lookInside(owner)
  const url = location === undefined ? '' : (scriptFacts(location.scriptId)?.url ?? '')
  // In a job all packages are one script.
  const isOfPackage = isPackaged(url) || url.startsWith('picloud-packages:')
  ofPackages.set(owner, isOfPackage)
  if (!isOfPackage) return []
  const statics = lookAtPrivate(owner).map(({ name, value }) => [`${displayName(owner)}.${name}`, value] as const)
  const variables = scopes.flatMap(variablesOf).filter(([name]) => compiled.test(name))
  return [...variables, ...statics].flatMap(([name, value]) => weak(name, value))
}

function variablesOf({ object, description }: LiveScope): (readonly [name: string, value: unknown])[] {
  if (description === 'Global') return []
  return Object.keys(object).map(name => [name, exportValue(object, name)])
}

function weak(name: string, value: unknown): Weak[] {
  if (types.isWeakMap(value)) return [{ name, has: object => Reflect.apply(hasInMap, value, [object]) }]
  return types.isWeakSet(value) ? [{ name, has: object => Reflect.apply(hasInSet, value, [object]) }] : []
}
