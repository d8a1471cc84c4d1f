import { CloudException } from '../protocol/errors.ts'
import { type Encoded, encode } from '../value/encode.ts'
import type { EncodeOptions } from '../value/encoding.ts'
import { bundleOf } from './emit/bundle.ts'
import type { Graph } from './graph/graph.ts'
import { KnownElsewhere } from './graph/known-elsewhere.ts'
import { rememberedFunction, rememberFunctions } from './known-functions.ts'
import { revealHere } from './reveal-here.ts'
import { type DecodeParcelOptions, decodeParcel as decodeWith, type KnownFunctions } from './revive/parcel.ts'

export { whenSettled } from './nodes/promises.ts'
export { isParcel, type KnownFunctions } from './revive/parcel.ts'

export interface EncodeParcelOptions extends Pick<EncodeOptions, 'level' | 'foreign' | 'maxBytes' | 'root'> {
  /** Functions that the receiver has: a captured function that travels along, or those that a job came with. */
  readonly known?: readonly KnownFunctions[] | undefined
  /** Told of functions that travel with the value, when they do. */
  readonly carries?: ((graph: Graph) => void) | undefined
}

/**
 * A value that may hold functions and instances of classes: as plain encoded value where it holds none, else as a
 * parcel. Needs no bundle beside it: the packages that its functions use come along.
 * @throws {ValueError | CaptureError} for what can't travel, with the path to it
 */
export function encodeParcel(value: unknown, { known = [], carries, ...options }: EncodeParcelOptions = {}): Encoded {
  const level = options.level ?? 0
  let met = false
  const functions = (): never => {
    met = true
    throw new CloudException('It holds functions.', { code: 'value' })
  }
  try {
    // Without the path at first: most refusals are functions, which only need the longer way.
    return encode(value, { ...options, level: level === 0 ? 1 : level, functions, inside: functions })
  } catch (error) {
    if (level === 2) throw error
    if (!met && level === 1) throw error
  }
  if (!met) return encode(value, options)
  const { root = 'value', ...rest } = options
  const { bundle, hash, graph } = bundleOf(value, root, { ...rest, known: new KnownElsewhere(known), carry: true })
  if (graph.functions.length > 0) carries?.(graph)
  rememberFunctions(
    hash,
    graph.functions.map(({ fn }) => fn),
  )
  return { parts: [bundle], size: bundle.byteLength }
}

/**
 * The value of a payload that came back. Functions and classes that this process sent are its own; others revive only
 * with a `host`, and are placeholders that throw without.
 */
export function decodeParcel(payload: Uint8Array, options: DecodeParcelOptions = {}): unknown {
  const { known } = options
  return decodeWith(payload, {
    ...options,
    reveal: revealHere,
    known: known === undefined ? rememberedFunction : (hash, id) => known(hash, id) ?? rememberedFunction(hash, id),
  })
}
