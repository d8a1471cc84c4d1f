import type { Callable } from '../../value/captured.ts'
import { proxyAbove } from '../source/inherited-traps.ts'
import { lookAtPrivate } from '../source/private-entries.ts'
import { madeAccess } from './private-access.ts'
import { accessTo, type Members, membersOf } from './private-classes.ts'

/** Up to this many objects are looked at one by one, of a message or where nothing tells that a class made them. */
export const FEW = 30

/** Objects that are below no class with private fields, and were seen to have none. */
export const bare = new WeakSet<object>()

/** So many were looked at to whom no class is known, in this process. */
let looks = 0

/** Whether the inspector shows that an object has them: of methods it tells nothing. */
export function isShown({ fields }: Members): boolean {
  return fields.length > 0
}

/**
 * Whether one of the classes made an object, whatever it inherits from. To look at one object is cheaper than to get access to
 * its classes, and dearer than to use it.
 * @param owners classes with private members
 * @param isSure looks at each object for classes to which there is no access; else these are left out
 */
export function isOfOne(object: object, owners: Iterable<Callable>, isSure: boolean): boolean {
  const isBare = bare.has(object)
  let byName: boolean | undefined
  let isSeen = false
  for (const owner of owners) {
    let access = madeAccess(owner)
    if (access === undefined) {
      byName ??= isBare || (proxyAbove(object) === undefined && looks++ < FEW)
      const isByName = byName && isShown(membersOf(owner) as Members)
      access = isByName ? undefined : accessTo(owner)
      isSeen ||= isByName || (access === undefined && isSure)
    }
    if (access?.has(object) === true) return true
  }
  if (!isSeen || isBare) return false
  if (lookAtPrivate(object).length > 0) return true
  bare.add(object)
  return false
}
