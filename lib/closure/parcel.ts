import { hash as digest } from 'node:crypto'
import { CloudException } from '../protocol/errors.ts'
import { type Encoded, encode, gather } from '../value/encode.ts'
import type { EncodeOptions, Numbered } from '../value/encoding.ts'
import { refusalWords } from '../value/refusal-words.ts'
import { ValueError } from '../value/value-error.ts'
import { bundleOf } from './emit/bundle.ts'
import type { Graph } from './graph/graph.ts'
import type { GraphOptions } from './graph/graph-options.ts'
import { KnownElsewhere, ownersOf } from './graph/known-elsewhere.ts'
import { weakMissing } from './graph/weak-state.ts'
import { isOfOne } from './nodes/private-looks.ts'
import { whenSettled } from './nodes/promises.ts'
import { isHeldName } from './parcel-held.ts'
import { revealHere } from './reveal-here.ts'
import { type DecodeParcelOptions, decodeParcel as decodeWith, type KnownFunctions } from './revive/parcel.ts'
import { remember, type Sent, sentFunction, sentSymbol } from './sent.ts'

export { isParcel, type KnownFunctions } from './revive/parcel.ts'
export type { Sent } from './sent.ts'
export { whenSettled }

export interface EncodeParcelOptions
  extends Pick<EncodeOptions, 'level' | 'foreign' | 'symbols' | 'held' | 'maxBytes' | 'root'>,
    Pick<GraphOptions, 'weakHolders' | 'leavesWeak'> {
  /** Functions that the receiver has: a captured function that travels along, or those that a job came with. */
  readonly known?: readonly KnownFunctions[] | undefined
  /** Told of functions that travel with the value, when they do. */
  readonly carries?: ((graph: Graph) => void) | undefined
  /** Whether packages are known to keep something for what it holds: then it is a parcel in any case. */
  readonly isKept?: boolean | undefined
}

export interface Parcel extends Encoded {
  /** What results may name; undefined where it holds neither functions nor unique symbols. */
  readonly sent: Sent | undefined
}

/**
 * A value that may hold functions and instances of classes: as plain encoded value where it holds none, else as a
 * parcel. Needs no bundle beside it: the packages that its functions use come along.
 * @throws {ValueError | CaptureError} for what can't travel, with the path to it
 */
export function encodeParcel(
  value: unknown,
  { known = [], carries, isKept = false, ...options }: EncodeParcelOptions = {},
): Parcel {
  const level = options.level ?? 0
  let met = false
  const functions = (): never => {
    met = true
    throw new CloudException('It holds functions.', { code: 'value' })
  }
  try {
    if (isKept) functions()
    // Without the path at first: most refusals are functions, which only need the longer way.
    const hidden = hiddenOf(known, functions)
    return encodePlain(value, { ...options, level: level === 0 ? 1 : level, functions, inside: functions, hidden })
  } catch (error) {
    if (level === 2) throw error
    // A namespace of a file of the user's may hold functions, too.
    met ||= level === 0 && error instanceof ValueError && error.reason === refusalWords['namespace']?.why
    if (!met && level === 1) throw error
  }
  if (!met) return encodePlain(value, options)
  const { root = 'value', ...rest } = options
  const { bundle, hash, graph } = bundleOf(value, root, { ...rest, known: new KnownElsewhere(known), carry: true })
  const isAlone =
    graph.functions.length === 0 && graph.opened.closed.size === 0 && graph.references.packages.length === 0
  if (!isAlone || weakMissing(graph).length > 0) carries?.(graph)
  return { parts: [bundle], size: bundle.byteLength, sent: remember(hash, graph.functionsThere, graph.numbered) }
}

/** The same, or a promise of it where the value holds pending ones. */
export function encodeSettled(value: unknown, options: EncodeParcelOptions): Parcel | Promise<Parcel> {
  const again = (): Parcel => encodeParcel(value, options)
  try {
    return again()
  } catch (refusal) {
    const later = whenSettled(refusal, again)
    if (later === undefined) throw refusal
    return later
  }
}

/**
 * Looks whether any object has private members that a class gave it which the receiver has: nothing else tells where it was given
 * another prototype. Undefined where there are no such classes.
 * @param found called for such an object
 */
export function hiddenOf(known: readonly KnownFunctions[], found: () => never): EncodeOptions['hidden'] {
  const owners = ownersOf(known)
  if (owners.length === 0) return undefined
  return object => (isOfOne(object, owners, false) ? found() : undefined)
}

function encodePlain(value: unknown, options: EncodeOptions): Parcel {
  return plainEncoder(options, encode)(value)
}

/** For many values without functions. Of unique symbols it remembers that results may name them, by the hash of it all. */
export function plainEncoder<T>(
  options: EncodeOptions,
  encodeOne: (value: T, options: EncodeOptions) => Encoded,
): (value: T) => Parcel {
  let symbols: Numbered | undefined
  const numbered = (all: Numbered): void => {
    if (all.hasSymbols) symbols = all
    options.numbered?.(all)
  }
  const whole = { ...options, numbered }
  return value => {
    symbols = undefined
    const { parts, size } = encodeOne(value, whole)
    if (symbols === undefined) return { parts, size, sent: undefined }
    const bytes = gather({ parts, size })
    return { parts: [bytes], size, sent: remember(digest('sha256', bytes, 'hex'), [], symbols) }
  }
}

/**
 * The value of a payload that came back. Functions, classes and unique symbols that this process sent are its own; other
 * functions revive only with a `host`, and are placeholders that throw without.
 * @param sent what the job was sent with, where another message of the same hash may be remembered in its place
 */
export function decodeParcel(
  payload: Uint8Array,
  options: DecodeParcelOptions & { readonly sent?: readonly Sent[] } = {},
): unknown {
  const { known, foreign, sent } = options
  return decodeWith(payload, {
    ...options,
    reveal: revealHere,
    known: (hash, id) => known?.(hash, id) ?? sentFunction(hash, id, sent),
    foreign: data => (isHeldName(data) ? sentSymbol(data, sent) : foreign?.(data)),
  })
}
