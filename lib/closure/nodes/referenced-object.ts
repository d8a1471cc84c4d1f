import { intrinsicName } from '../../value/intrinsics.ts'
import { packagePathOf } from '../packages/package-index.ts'
import { builtInPathOf } from './built-ins.ts'
import { globalObject } from './global-objects.ts'
import { hostPathOf } from './host-modules.ts'
import type { ReferenceTable } from './reference-table.ts'

/** The reference under which an object travels that the receiver has itself; undefined for others, and for intrinsic ones. */
export function objectByReference(object: object, references: ReferenceTable): number | undefined {
  const host = hostPathOf(object)
  if (host !== undefined) return references.add(['host', ...host])
  const builtIn = builtInPathOf(object)
  if (builtIn !== undefined && intrinsicName(object) === undefined) return references.add(['builtin', ...builtIn])
  const global = globalObject(object)
  if (global !== undefined) return references.add(global)
  const installed = packagePathOf(object)
  if (installed !== undefined) return references.add(references.ofMet(object, installed))
  const inside = references.ofInside(object)
  return inside === undefined ? undefined : references.add(inside)
}
