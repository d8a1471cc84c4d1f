import { types } from 'node:util'
import { findPath } from '../../value/find-path.ts'
import { ValueError } from '../../value/value-error.ts'
import type { ReferenceTable } from '../nodes/reference-table.ts'
import { canEncode } from './encode-graph.ts'
import { encodeOptions } from './encode-once.ts'
import { Graph } from './graph.ts'
import type { GraphOptions } from './graph-options.ts'
import { exportedHolders, HoldersAbove, heldFor, isHeldBy, type WeakHolder } from './weak-holders.ts'

/** What a package keeps in a WeakMap or WeakSet for something that travels. */
export interface WeakState {
  readonly holder: WeakHolder
  readonly object: object
  readonly value: unknown
}

/**
 * Compilers make private names into WeakMaps and WeakSets of the file, whose names then begin with an underscore, or private
 * statics: instances are nothing without. Those of other names are mostly caches, which fill again.
 */
const compiled = /^_|\.#/

/** What was found as a message was captured, and where it was looked for. */
interface Look {
  readonly exported: readonly WeakHolder[]
  readonly above: HoldersAbove
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
  const places = { exported, above: new HoldersAbove(new Set(functions.map(({ fn }) => fn))) }
  const found = find(graph, places)
  if (exported.length > 0 || places.above.areAny) looks.set(graph, { ...places, found })
  const stays = isWhole ? found.filter(it => !isSendable(it, graph)) : found
  const vital = stays.find(({ holder }) => holder.place === 'itself' || compiled.test(holder.name))
  if (vital === undefined) return
  const path = findPath([graph.keys, graph.root], vital.object, encodeOptions(graph))
  throw new ValueError(reasonFor(vital.holder), { path, hint: 'Make it in the job.' })
}

function reasonFor({ name, place }: WeakHolder): string {
  if (place === 'itself') return 'a package keeps something of it in a WeakMap or WeakSet that can’t be sent'
  if (place === undefined) return `its package keeps state of it in ${name}, a WeakMap or WeakSet that does not travel`
  return `its package keeps something of it in ${name}, a WeakMap or WeakSet, that can’t be sent`
}

function find(graph: Graph, { exported, above }: Omit<Look, 'found'>): WeakState[] {
  const found: WeakState[] = []
  const look = (thing: object, over: readonly WeakHolder[]): void => {
    const holding = [...exported, ...over].filter(holder => isHeldBy(holder, thing))
    if (holding.length === 0 || (typeof thing === 'object' && graph.foreign(thing) !== undefined)) return
    for (const holder of holding) found.push({ holder, object: thing, value: heldFor(holder, thing) })
  }
  for (const thing of graph.numbered.things) {
    if (typeof thing !== 'object' || thing === null || types.isProxy(thing)) continue
    const over = above.of(thing)
    // There may be millions.
    if (over.length > 0 || exported.length > 0) look(thing, over)
  }
  if (exported.length === 0) return found
  for (const { fn } of graph.functions) if (!types.isProxy(fn)) look(fn, none)
  return [...found, ...ofReferences(graph.references, exported)]
}

const none: readonly WeakHolder[] = []

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

/** What it holds in its turn of the kind travels too. */
function isSendable({ holder, value }: WeakState, { options }: Graph): boolean {
  if (holder.place === undefined) return false
  return canEncode(new Graph([value], { ...options, weak: undefined, anyWeak: true }))
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
  const more = found.filter(it => !weak.some(known => isSame(known, it)) && isSendable(it, graph))
  if (more.length === 0) return undefined
  const needsInsides = more.some(({ holder }) => holder.place === 'inside')
  return { ...options, weak: [...weak, ...more], insides: insides === true || needsInsides }
}
