import { findPath } from '../../value/find-path.ts'
import { ValueError } from '../../value/value-error.ts'
import { canEncode } from './encode-graph.ts'
import { encodeOptions } from './encode-once.ts'
import { Graph } from './graph.ts'
import type { GraphOptions } from './graph-options.ts'
import type { WeakHolder } from './weak-holders.ts'
import { canName, isSame, lookForWeak, type WeakState, weakFound } from './weak-look.ts'

/**
 * Compilers make private names into WeakMaps and WeakSets of the file, whose names then begin with an underscore, or private
 * statics: instances are nothing without. Those of other names may be caches, which fill again: they stay behind where what they
 * hold can't travel. Results can't bring any, and an instance may be nothing without what its class keeps there.
 */
const compiled = /^_|\.#/

const missing = new WeakMap<Graph, readonly object[]>()

/** The WeakMaps and WeakSets whose entries for it were left out as the receiver has no name for them. */
export function weakMissing(graph: Graph): readonly object[] {
  return missing.get(graph) ?? []
}

/**
 * Looks for what packages keep for the instances of their classes, and for anything in what they export.
 * @param canHold whether it may be put into the WeakMaps and WeakSets that the receiver has
 * @throws {ValueError} for an instance that is nothing without it, where it can't go along
 */
export function refuseWeakState(graph: Graph, canHold: boolean): void {
  const { options } = graph
  const look = lookForWeak(graph, canHold)
  if (look === undefined || look.found.length === 0) return
  const { found, beside } = look
  const isWhole = canHold && options.known === undefined
  const canGo = new Set(sendable(found, graph).filter(it => isWhole || canName(options) || isItself(it)))
  const unnamed = new Set([...canGo].filter(it => !isNamed(it, graph)))
  missing.set(graph, [...new Set([...unnamed].map(({ holder }) => holder.weak))])
  const stays = found.filter(it => !canGo.has(it) || (unnamed.has(it) && options.leavesWeak !== true))
  const isVital = ({ holder, object }: WeakState): boolean => {
    if (holder.place === 'itself') return true
    if (isWhole) return compiled.test(holder.name)
    const isCompiled = compiled.test(holder.name) && beside.all.some(({ weak }) => weak === holder.weak)
    return isCompiled || beside.isOfItsClass(holder, object)
  }
  const vital = stays.find(isVital)
  if (vital === undefined) return
  const path = findPath([graph.keys, graph.root], vital.object, encodeOptions(graph))
  const couldGo = !isWhole && (unnamed.has(vital) || !canName(options))
  throw new ValueError(reasonFor(vital.holder, !couldGo), { path, hint: couldGo ? hintBeside : 'Make it in the job.' })
}

/** Whether the message can say to the receiver what it is to be put into. */
function isNamed({ holder }: WeakState, { options }: Graph): boolean {
  return options.known === undefined || holder.place === 'itself' || options.held?.(holder.weak) !== undefined
}

const hintBeside =
  'What a function captured takes that along: use it as a variable. Or make it in the job, and return its data.'

function isItself({ holder }: WeakState): boolean {
  return holder.place === 'itself'
}

function reasonFor({ name, place }: WeakHolder, isNowhere: boolean): string {
  if (!isNowhere) return `its package keeps state of it in ${name}, a WeakMap or WeakSet, which stays behind here`
  if (place === 'itself') return 'a package keeps something of it in a WeakMap or WeakSet that can’t be sent'
  if (place === undefined) return `its package keeps state of it in ${name}, a WeakMap or WeakSet that does not travel`
  return `its package keeps something of it in ${name}, a WeakMap or WeakSet, that can’t be sent`
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
  const found = weakFound(graph)
  if (found.length === 0) return undefined
  const known = Map.groupBy(weak, ({ object }) => object)
  const fresh = found.filter(it => known.get(it.object)?.some(each => isSame(each, it)) !== true)
  const more = sendable(fresh, graph).filter(it => isNamed(it, graph))
  if (more.length === 0) return undefined
  const needsInsides = options.known === undefined && more.some(({ holder }) => holder.place === 'inside')
  return { ...options, weak: [...weak, ...more], insides: insides === true || needsInsides }
}
