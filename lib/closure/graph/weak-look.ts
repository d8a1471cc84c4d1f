import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { ByReference, type ReferenceTable } from '../nodes/reference-table.ts'
import { isPackaged } from '../nodes/resolve-function.ts'
import type { Graph } from './graph.ts'
import type { GraphOptions } from './graph-options.ts'
import { functionsOf } from './reached-files.ts'
import { exportedHolders, HoldersBeside, heldFor, isHeldBy, type WeakHolder } from './weak-holders.ts'

/** What a package keeps in a WeakMap or WeakSet for something that travels. */
export interface WeakState {
  readonly holder: WeakHolder
  readonly object: object
  readonly value: unknown
}

/** What was found as a message was captured, and where it was looked for. */
export interface WeakLook {
  readonly exported: readonly WeakHolder[]
  readonly beside: HoldersBeside
  readonly found: readonly WeakState[]
}

interface Kept extends WeakLook {
  /** Whether it was looked at what imports bring. */
  hasImports: boolean
}

const looks = new WeakMap<Graph, Kept>()

/** Undefined where no package is used. */
export function lookForWeak(graph: Graph, canHold: boolean): WeakLook | undefined {
  const { references, options } = graph
  if (references.functionsMet.size === 0 && references.packages.length === 0 && options.known === undefined) {
    return undefined
  }
  const beside = besideFunctions(graph)
  const hasImports = holdsKeys(graph)
  if (hasImports) meetImports(graph, beside)
  const exported = canHold ? holdersFor(graph) : none
  const look = { exported, beside, hasImports, found: find(graph, { exported, beside }) }
  looks.set(graph, look)
  return look
}

/** What was found when the message was captured. */
export function weakFound(graph: Graph): readonly WeakState[] {
  return looks.get(graph)?.found ?? none
}

/** Whether packages keep for what an earlier capture met what they kept then. */
export function isWeakStateAsBefore(graph: Graph): boolean {
  const look = looks.get(graph)
  if (look === undefined) return true
  if (!look.hasImports && holdsKeys(graph)) return false
  if (look.exported.length === 0 && look.beside.all.length === 0) return true
  const now = find(graph, look)
  return now.length === look.found.length && now.every((it, at) => isSame(it, look.found[at] as WeakState))
}

/** Where packages keep something for what a function uses: what they keep there for its arguments goes with these. */
export function weakHoldersOf(graph: Graph): readonly WeakHolder[] {
  const look = looks.get(graph)
  if (look === undefined) return none
  if (!look.hasImports) meetImports(graph, look.beside)
  look.hasImports = true
  // What came with the function is there before its arguments.
  const own = look.exported.map(it => (it.place === 'itself' ? { ...it, place: 'export' as const } : it))
  return [...own, ...look.beside.all]
}

const none: readonly never[] = []

export function isSame(one: WeakState, other: WeakState): boolean {
  return one.holder.weak === other.holder.weak && one.object === other.object && Object.is(one.value, other.value)
}

/** Beside those of files that classes and functions lead to. Without a way to name them there is no use in others. */
function holdersFor({ references, options }: Graph): readonly WeakHolder[] {
  const { known, weakHolders = none } = options
  if (known === undefined) return [...exportedHolders(references), ...travelling(options)]
  if (!canName(options)) return travelling(options)
  const own = exportedHolders(references)
  const all = new Set(own.map(({ weak }) => weak))
  return [...own, ...weakHolders.filter(({ weak }) => !all.has(weak)), ...travelling(options)]
}

/** Whether the receiver has names for what a message may mean, or may get some. */
export function canName({ held, leavesWeak }: GraphOptions): boolean {
  return held !== undefined || leavesWeak === true
}

/** Looks at the functions of packages that it holds: no later look at the same message finds others. */
function besideFunctions({ references, functions }: Graph): HoldersBeside {
  const beside = new HoldersBeside(new Set(functions.map(({ fn }) => fn)))
  for (const fn of references.functionsMet) beside.meetFunction(fn as Callable)
  for (const { fn, code } of functions) if (isPackaged(code.script.url)) beside.meetFunction(fn)
  return beside
}

/** And at those that functions name in their texts, which takes some time: 50 ms for all of zod. */
function meetImports({ references }: Graph, beside: HoldersBeside): void {
  for (const fn of references.ofPackages.flatMap(functionsOf)) beside.meetFunction(fn)
}

/** Whether it holds anything beside one function that a package may have seen. */
function holdsKeys({ root, functions, options }: Graph): boolean {
  if (functions.length > 1 || options.known !== undefined) return true
  return root[1].some(([extras, ...cells]) => extras !== undefined || cells.some(mayBeKey))
}

function mayBeKey(value: unknown): boolean {
  return ((typeof value === 'object' && value !== null) || typeof value === 'function') && !ByReference.is(value)
}

function find(graph: Graph, { exported, beside }: Omit<WeakLook, 'found'>): WeakState[] {
  const { references, functions, numbered } = graph
  const things = [...numbered.things].filter(it => typeof it === 'object' && it !== null) as object[]
  for (const thing of things) if (!types.isProxy(thing)) beside.meet(thing)
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
  if (graph.options.held?.(thing) !== undefined) return true
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
