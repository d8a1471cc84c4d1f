import type { Callable } from '../value/captured.ts'
import type { Numbered } from '../value/encoding.ts'
import type { SourcePlace } from './capture-error.ts'
import { type Bundled, bundleOf } from './emit/bundle.ts'
import type { Graph } from './graph/graph.ts'
import type { WeakHolder } from './graph/weak-holders.ts'
import { weakHoldersOf } from './graph/weak-look.ts'
import { displayName } from './nodes/function-name.ts'
import { membersOf } from './nodes/private-classes.ts'
import type { ModuleBundle } from './packages/module-bundle.ts'
import { Recapture } from './recapture.ts'
import { remember, type Sent } from './sent.ts'
import { type SharedState, sharedState } from './shared-state.ts'
import { placeOf } from './source/script.ts'
import { type Arity, arityOf } from './source/signature.ts'
import { type WrittenSignature, writtenSignature } from './source/written-signature.ts'

export type { ModuleBundle }

/** A function with all that it needs elsewhere, as bytes. */
export interface Captured {
  /** See `bundle-format`. */
  readonly bundle: Uint8Array
  /** SHA-256 of the bundle: the same function with the same captured state gives the same. Hexadecimal. */
  readonly hash: string
  /** SHA-256 of its code alone: the same whatever the captured variables hold. Hexadecimal. */
  readonly code: string
  readonly modules: readonly ModuleBundle[]
  /** All functions that the job has then: see `Graph.functionsThere`. */
  readonly functions: readonly (Callable | undefined)[]
  /** See `KnownFunctions`. */
  fills(owner: Callable): boolean
  owners(): readonly Callable[]
  /** What its data hold that arguments may name, as of its last capture. */
  numbered(): Numbered
  /** Objects that it takes of packages by their names, and WeakMaps that it brings: such are what they are, whenever somebody looks. */
  referenced(): ReadonlySet<unknown>
  /** What results may name, as of its last capture. */
  sent(): Sent
  readonly name: string
  /** How many arguments its signature takes. */
  readonly arity: Arity
  /** What its text says of its parameters; undefined for functions that travel by reference. Throws for a parameter without a name. */
  signature(): WrittenSignature | undefined
  /** What the functions of arguments share with those of this one. */
  sharedWith(ofArguments: Graph): SharedState | undefined
  /** See `weakHoldersOf`. */
  weakHolders(): readonly WeakHolder[]
  /** Where it stands in the user's files; undefined for functions that travel by reference. */
  readonly place: SourcePlace | undefined
}

export interface CaptureOptions {
  /** The job has one, and packages with native code come from there. */
  readonly environment?: boolean
  /** What travels with it though it may not lead to it: functions of arguments that share state with it, and what is of packages. */
  readonly along?: readonly unknown[]
}

/**
 * A function and everything that it uses, as it is now. Runs nothing of the user's and changes nothing. The same
 * function with the same captured state gives the same object.
 * @throws {CaptureError} for what can't travel, with the path to it and what to do
 */
export function capture(fn: Callable, { environment = false, along = none }: CaptureOptions = {}): Captured {
  const captures = known[along.length > 0 ? 'along' : environment ? 'environment' : 'alone']
  const before = captures.get(fn)
  const recapture = before !== undefined && isSame(before, { environment, along }) ? before.recapture : undefined
  const bundle = recapture?.bundled
  const again = recapture?.recapture()
  if (recapture !== undefined && again !== undefined) {
    if (again !== bundle) {
      const { bundle, hash } = again
      recapture.captured = { ...recapture.captured, bundle, hash, ...names(again, recapture.captured.functions) }
    }
    return recapture.captured
  }
  const bundled = bundleOf(fn, displayName(fn), { environment, along })
  const captured = described(fn, bundled)
  captures.set(fn, { environment, along, recapture: new Recapture(bundled, captured) })
  return captured
}

interface Known extends Required<CaptureOptions> {
  readonly recapture: Recapture
}

const none: readonly unknown[] = []
const known = {
  alone: new WeakMap<Callable, Known>(),
  environment: new WeakMap<Callable, Known>(),
  along: new WeakMap<Callable, Known>(),
}

function isSame(known: Known, { environment, along }: Required<CaptureOptions>): boolean {
  const isLike = known.environment === environment && known.along.length === along.length
  return isLike && along.every((thing, index) => thing === known.along[index])
}

/** Objects and symbols may be replaced by others of equal state. */
function names(
  { hash, graph }: Bundled,
  functions: readonly (Callable | undefined)[],
): Pick<Captured, 'numbered' | 'referenced' | 'sent'> {
  let numbered = graph.numbered
  let sent = remember(hash, functions, numbered)
  const objects = graph.references.met.flatMap(([, thing]) => (typeof thing === 'object' ? [thing] : []))
  const referenced = new Set<unknown>([...objects, ...(graph.options.weakOnes ?? [])])
  return {
    numbered: () => graph.numbered,
    referenced: () => referenced,
    sent() {
      if (graph.numbered !== numbered && graph.numbered.hasSymbols) sent = remember(hash, functions, graph.numbered)
      numbered = graph.numbered
      return sent
    },
  }
}

function described(fn: Callable, bundled: Bundled): Captured {
  const { bundle, hash, code, modules, graph } = bundled
  const [own] = graph.functions
  const functions = graph.functionsThere
  const isOwn = own?.fn === fn
  let owners: readonly Callable[] | undefined
  return {
    bundle,
    hash,
    code,
    modules,
    functions,
    owners: () => (owners ??= graph.functions.map(({ fn }) => fn).filter(fn => membersOf(fn) !== undefined)),
    fills: owner => graph.opened.fills(owner, graph.references.functions),
    ...names(bundled, functions),
    name: displayName(fn),
    signature: () => (isOwn ? writtenSignature(own.code, displayName(fn)) : undefined),
    sharedWith: ofArguments => sharedState(graph, ofArguments),
    weakHolders: () => weakHoldersOf(graph),
    arity: arityOf(isOwn ? own.code : undefined),
    place: isOwn ? placeOf(own.code.script, own.code.start) : undefined,
  }
}
