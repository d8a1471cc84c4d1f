import { CloudException } from '../protocol/errors.ts'
import type { Callable } from '../value/captured.ts'
import { type Encoded, encode } from '../value/encode.ts'
import type { EncodeOptions } from '../value/encoding.ts'
import { namesOfSymbols } from './parcel-held.ts'
import type { KnownFunctions } from './revive/parcel.ts'
import { fillOf } from './revive/private-state.ts'

/**
 * Encodes a job's result, synchronously where it holds no function that the caller lacks. The capturing half is loaded
 * only for what does.
 * @throws {ValueError | CaptureError} also as a rejection
 */
export function encodeResult(
  value: unknown,
  known: readonly KnownFunctions[],
  options: Pick<EncodeOptions, 'level' | 'maxBytes' | 'root'> = {},
): Encoded | Promise<Encoded> {
  let met = false
  const functions = (): never => {
    met = true
    throw new CloudException('It holds functions.', { code: 'value' })
  }
  const symbols = namesOfSymbols(known)
  try {
    return encode(value, { ...options, symbols, functions, inside: functions, hidden: hiddenOf(known, functions) })
  } catch (error) {
    if (!met || options.level === 2) throw error
  }
  const here = known.map(it => ({ ...it, owners: () => ownersAmong(it.functions) }))
  return import('./parcel.ts').then(({ encodeSettled }) => encodeSettled(value, { ...options, known: here, symbols }))
}

/** Looks for objects to which one of the job's classes gave private members: nothing else tells where they inherit from another. */
function hiddenOf(known: readonly KnownFunctions[], found: () => never): EncodeOptions['hidden'] {
  const fills = known.flatMap(({ functions }) => ownersAmong(functions).map(owner => fillOf(owner) as Fill))
  if (fills.length === 0) return undefined
  return object => (fills.some(fill => hasPrivate(object, fill)) ? found() : undefined)
}

const owners = new WeakMap<readonly unknown[], readonly Callable[]>()

function ownersAmong(functions: readonly unknown[]): readonly Callable[] {
  const before = owners.get(functions)
  if (before !== undefined) return before
  const all = functions.filter(fn => typeof fn === 'function').filter(fn => fillOf(fn) !== undefined)
  owners.set(functions, all)
  return all
}

type Fill = NonNullable<ReturnType<typeof fillOf>>

/** To write the first of no values throws, before anything is written. */
function hasPrivate(object: object, fill: Fill): boolean {
  try {
    return fill(object, undefined as never) !== false
  } catch {
    return true
  }
}
