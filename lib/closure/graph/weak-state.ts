import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { findPath } from '../../value/find-path.ts'
import { ValueError } from '../../value/value-error.ts'
import type { ReferenceTable } from '../nodes/reference-table.ts'
import { isPackaged } from '../nodes/resolve-function.ts'
import { canEncode } from './encode-graph.ts'
import { encodeOptions } from './encode-once.ts'
import { Graph } from './graph.ts'
import type { GraphOptions } from './graph-options.ts'
import { exportedHolders, HoldersBeside, heldFor, isHeldBy, type WeakHolder } from './weak-holders.ts'

/** What a package keeps in a WeakMap or WeakSet for something that travels. */
export interface WeakState {
  readonly holder: WeakHolder
  readonly object: object
  readonly value: unknown
}

/**
 * Compilers make private names into WeakMaps and WeakSets of the file, whose names then begin with an underscore, or private
 * statics: instances are nothing without. Those of other names may be caches, which fill again: they stay behind where what they
 * hold can't travel. Arguments and results can't bring any, and an instance may be nothing without what its class keeps there.
 */
const compiled = /^_|\.#/

/** What was found as a message was captured, and where it was looked for. */
interface Look {
  readonly exported: readonly WeakHolder[]
  readonly beside: HoldersBeside
  readonly found: readonly WeakState[]
}

const looks = new WeakMap<Graph, Look>()

/** Whether packages keep for what an earlier capture met what they kept then. */
export function isWeakStateAsBefore(graph: Graph): boolean {
  const look = looks.get(graph)
  if (look === undefined) return true
  const now = find(graph, look)
  return now.length === look.found.length && now.every((it, at) => isSame(it, look.found[at] as WeakState))
}

function isSame(one: WeakState, other: WeakState): boolean {
  return one.holder.weak === other.holder.weak && one.object === other.object && Object.is(one.value, other.value)
}

/**
 * Looks for what packages keep for the instances of their classes, and for anything in what they export.
 * @param canHold whether it may be put into the WeakMaps and WeakSets that the receiver has
 * @throws {ValueError} for an instance that is nothing without it, where it can't go along
 */
export function refuseWeakState(graph: Graph, canHold: boolean): void {
  const { references, options, functions } = graph
  if (references.functionsMet.size === 0 && references.packages.length === 0 && options.known === undefined) return
  const isWhole = canHold && options.known === undefined
  const exported = isWhole ? [...exportedHolders(references), ...travelling(options)] : []
  const places = { exported, beside: new HoldersBeside(new Set(functions.map(({ fn }) => fn))) }
  const found = find(graph, places)
  if (exported.length > 0 || places.beside.all.length > 0) looks.set(graph, { ...places, found })
  const goes = new Set(isWhole ? sendable(found, graph) : [])
  const stays = found.filter(it => !goes.has(it))
  const isVital = ({ holder, object }: WeakState): boolean =>
    holder.place === 'itself' || compiled.test(holder.name) || (!isWhole && places.beside.isOfItsClass(holder, object))
  const vital = stays.find(isVital)
  if (vital === undefined) return
  const path = findPath([graph.keys, graph.root], vital.object, encodeOptions(graph))
  throw new ValueError(reasonFor(vital.holder, isWhole), { path, hint: isWhole ? 'Make it in the job.' : hintBeside })
}

const hintBeside =
  'What a function captured takes that along: use it as a variable. Or make it in the job, and return its data.'

function reasonFor({ name, place }: WeakHolder, isWhole: boolean): string {
  if (!isWhole) return `its package keeps state of it in ${name}, a WeakMap or WeakSet, which stays behind here`
  if (place === 'itself') return 'a package keeps something of it in a WeakMap or WeakSet that can’t be sent'
  if (place === undefined) return `its package keeps state of it in ${name}, a WeakMap or WeakSet that does not travel`
  return `its package keeps something of it in ${name}, a WeakMap or WeakSet, that can’t be sent`
}

function find(graph: Graph, { exported, beside }: Omit<Look, 'found'>): WeakState[] {
  const { references, functions, numbered } = graph
  const things = [...numbered.things].filter(it => typeof it === 'object' && it !== null) as object[]
  for (const thing of things) if (!types.isProxy(thing)) beside.meet(thing)
  for (const fn of references.functionsMet) beside.meetFunction(fn as Callable)
  for (const { fn, code } of functions) if (isPackaged(code.script.url)) beside.meetFunction(fn)
  const known = new Set(exported.map(({ weak }) => weak))
  const holders = [...exported, ...beside.all.filter(({ weak }) => !known.has(weak))]
  if (holders.length === 0) return []
  const found: WeakState[] = []
  const look = (thing: object): void => {
    const holding = holders.filter(holder => isHeldBy(holder, thing))
    if (holding.length === 0 || isThere(thing, graph)) return
    for (const holder of holding) found.push({ holder, object: thing, value: heldFor(holder, thing) })
  }
  for (const thing of things) look(thing)
  for (const { fn } of functions) look(fn)
  return [...found, ...ofReferences(references, exported)]
}

/** What the receiver has itself, it keeps something for itself. */
function isThere(thing: object, graph: Graph): boolean {
  return typeof thing === 'object' && !types.isProxy(thing) && graph.foreign(thing) !== undefined
}

/** What the receiver has may be a key in what it gets. */
function ofReferences(references: ReferenceTable, exported: readonly WeakHolder[]): WeakState[] {
  const travelling = exported.filter(({ place }) => place === 'itself')
  if (travelling.length === 0) return []
  const things = [...new Set(references.met.map(([, thing]) => thing))].filter(thing => typeof thing !== 'symbol')
  return travelling.flatMap(holder =>
    things.flatMap(object => (isHeldBy(holder, object) ? [{ holder, object, value: heldFor(holder, object) }] : [])),
  )
}

function travelling({ weakOnes = new Set() }: GraphOptions): WeakHolder[] {
  return [...weakOnes].map(weak => ({ name: '', weak: weak as WeakHolder['weak'], place: 'itself' }))
}

/** Those that can be put where they belong: all at once, if possible, as there may be thousands. */
function sendable(found: readonly WeakState[], graph: Graph): readonly WeakState[] {
  const placed = found.filter(({ holder }) => holder.place !== undefined)
  return canSend(placed, graph) ? placed : placed.filter(it => canSend([it], graph))
}

/** What they hold in their turn of the kind travels too. */
function canSend(states: readonly WeakState[], { options }: Graph): boolean {
  const values = states.map(({ value }) => value)
  return canEncode(new Graph(values, { ...options, weak: undefined, anyWeak: true }))
}

/**
 * What packages keep for what travels goes along, and is put there before the functions are called. What can't stays behind: caches
 * fill again.
 * @returns with what it has to be captured again; undefined where nothing is missing
 */
export function withWeakState<Options extends GraphOptions>(graph: Graph, options: Options): Options | undefined {
  const { weak = [], insides } = options
  const found = looks.get(graph)?.found ?? []
  if (found.length === 0) return undefined
  const known = Map.groupBy(weak, ({ object }) => object)
  const fresh = found.filter(it => known.get(it.object)?.some(each => isSame(each, it)) !== true)
  const more = sendable(fresh, graph)
  if (more.length === 0) return undefined
  const needsInsides = more.some(({ holder }) => holder.place === 'inside')
  return { ...options, weak: [...weak, ...more], insides: insides === true || needsInsides }
}
