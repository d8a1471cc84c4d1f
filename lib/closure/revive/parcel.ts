import { hash as digest } from 'node:crypto'
import { CloudException } from '../../protocol/errors.ts'
import { decode } from '../../value/decode.ts'
import type { KnownFunctions } from '../bundle-format.ts'
import { inert } from './inert.ts'
import { type OpenBundle, openBundle } from './open-bundle.ts'
import type { RevealPrivate } from './private-state.ts'
import type { ReferenceHost } from './references.ts'
import { type Prepared, prepare } from './revive.ts'

export type { KnownFunctions }

/**
 * A parcel is a payload whose value holds functions or instances of classes: a bundle whose value is not one function.
 * A payload without them is the plain encoded value.
 */

export interface DecodeParcelOptions {
  /** Functions that are here already, by their bundle's hash and id. */
  readonly known?: ((hash: string, id: number) => unknown) | undefined
  /** Makes of the encoder's stand-ins what they stand for. */
  readonly foreign?: ((data: unknown) => unknown) | undefined
  /** Puts private fields back. Default: by the texts of their classes. */
  readonly reveal?: RevealPrivate | undefined
  /** Revives functions that are not here. Absent: nothing of the sender's can run, they become placeholders that throw. */
  readonly host?: ReferenceHost | undefined
  /** Told of the functions and symbols that came with a payload: what goes back to its sender may name them. */
  readonly revived?: ((functions: KnownFunctions) => void) | undefined
}

const FRAME_MARK = 0x50

export function isParcel(payload: Uint8Array): boolean {
  return payload[0] === FRAME_MARK
}

/** The value of a payload, with or without functions. @throws {CloudException} with code `decode` or `revive` */
export function decodeParcel(payload: Uint8Array, options: DecodeParcelOptions = {}): unknown {
  const { host, foreign, revived } = options
  const tell = (functions: readonly unknown[], objects: readonly unknown[]): void =>
    revived?.({ hash: digest('sha256', payload, 'hex'), functions, objects })
  if (!isParcel(payload)) {
    const objects: unknown[] = []
    const value = decode(payload, { functions: noFunctions, foreign, objects })
    if (objects.some(it => typeof it === 'symbol')) tell([], objects)
    return value
  }
  const opened = openBundle(payload)
  const prepared = host === undefined ? inert(opened) : preparedOf(opened, host)
  const { value, functions, objects } = prepared.instantiate(opened, options)
  tell(functions, objects)
  return value
}

function noFunctions(): never {
  throw new CloudException('A value refers to functions that did not come with it.', { code: 'decode' })
}

/** Prepared codes of parcels, by text, oldest first; jobs of one map often send functions of one code. */
const MAX_PREPARED = 100
const prepared = new Map<string, Prepared>()
let count = 0

function preparedOf({ code, carried }: OpenBundle, host: ReferenceHost): Prepared {
  const key = Buffer.from(code.buffer, code.byteOffset, code.byteLength).toString('latin1')
  const known = prepared.get(key)
  if (known !== undefined) return known
  const made = prepare(code, `parcel-${count++}`, {
    hostModule: host.hostModule,
    module: hash => carried.get(hash) ?? host.module(hash),
  })
  prepared.set(key, made)
  if (prepared.size > MAX_PREPARED) prepared.delete(prepared.keys().next().value as string)
  return made
}
