import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { constructorOf } from '../../value/encode-class.ts'
import type { Inside } from '../../value/inside.ts'
import { intrinsicName } from '../../value/intrinsics.ts'
import { standIn } from '../bundle-format.ts'
import { builtInPathOf } from '../nodes/built-ins.ts'
import { hostPathOf } from '../nodes/host-modules.ts'
import type { PrivateFields } from '../nodes/private-fields.ts'
import { ByReference, type ReferenceTable } from '../nodes/reference-table.ts'
import { objectByReference } from '../nodes/referenced-object.ts'
import { packagePathOf } from '../packages/package-index.ts'
import type { Environments } from '../variables/environments.ts'
import type { ClassMembers } from './class-members.ts'
import type { KeptTemplates } from './kept-templates.ts'

interface Message {
  readonly keys: readonly unknown[]
  readonly references: ReferenceTable
  readonly argumentsMet: Set<object>
  readonly templates: KeptTemplates
  readonly members: ClassMembers
  readonly environments: Environments
  readonly privates: PrivateFields
  readonly idOf: (fn: Callable, use: 'value') => number | Inside
}

/** The same of a unique symbol. */
export function standInForSymbol(
  symbol: symbol,
  references: ReferenceTable,
  elsewhere?: (symbol: symbol) => unknown,
): unknown {
  const builtIn = builtInPathOf(symbol)
  if (builtIn !== undefined) return [standIn.REFERENCE, references.add(['builtin', ...builtIn])]
  const installed = packagePathOf(symbol)
  const reference = installed === undefined ? references.ofInside(symbol) : references.ofMet(symbol, installed)
  if (reference !== undefined) return [standIn.REFERENCE, references.add(reference)]
  return otherStandIn(elsewhere?.(symbol))
}

/** What the encoder's caller has a stand-in for. */
export function otherStandIn(other: unknown): unknown {
  return other === undefined ? undefined : [standIn.OTHER, other]
}

/**
 * What is sent in the place of an object that the receiver has or makes itself; undefined for others.
 * @param elsewhere knows more of them
 */
export function standInFor(
  object: object,
  { keys, references, argumentsMet, templates, members, environments, privates, idOf }: Message,
  elsewhere: ((object: object) => unknown) | undefined,
): unknown {
  if (object === keys) return [standIn.KEYS, keys.slice()]
  if (ByReference.is(object)) return [standIn.REFERENCE, object.index]
  if (types.isArgumentsObject(object)) argumentsMet.add(object)
  templates.meet(object)
  const made = environments.withs.made.get(object)
  if (made !== undefined) return privates.refuseAny(object) ?? [standIn.WITH, made]
  const maker = constructorOf(object) ?? members.ownerOf(object)
  if (maker !== undefined && hostPathOf(object) === undefined && intrinsicName(object) === undefined) {
    const id = idOf(maker, 'value')
    if (typeof id === 'number') return [standIn.PROTOTYPE, id]
  }
  const reference = objectByReference(object, references)
  if (reference !== undefined) return [standIn.REFERENCE, reference]
  const other = otherStandIn(elsewhere?.(object))
  // In this pass; in the next one an object with its exports is there instead.
  return other === undefined && environments.imports.held.take(object) ? otherStandIn(null) : other
}
