import type { Class } from 'acorn'
import type { Callable } from '../../value/captured.ts'
import { functionText } from '../../value/captured.ts'
import { intrinsicName } from '../../value/intrinsics.ts'
import { CaptureError } from '../capture-error.ts'
import { scriptFacts } from '../source/debugged-scripts.ts'
import { lookInside } from '../source/inspector.ts'
import { lookAtPrivate } from '../source/private-entries.ts'
import { hidesState, type PrivateMembers, privateMembers } from '../source/private-members.ts'
import { type Script, syntaxAt } from '../source/script.ts'
import { displayName } from './function-name.ts'
import { type PrivateAccess, privateAccess } from './private-access.ts'

/** The private members of a class, and where its text stands. */
export interface Members extends PrivateMembers {
  readonly derived: boolean
  readonly node: Class
  readonly script: Script
}

/** Undefined where no method of the class can be stopped to look. Of classes for which `membersOf` is defined. */
export function accessTo(owner: Callable, made?: object): PrivateAccess | undefined {
  const { node, script } = membersOf(owner) as Members
  return privateAccess(owner, node, script.source, made)
}

const known = new WeakMap<Callable, Members | undefined>()

/** The private members of a class of the user's whose instances have some; undefined for all other functions. */
export function membersOf(fn: Callable): Members | undefined {
  if (!known.has(fn)) known.set(fn, read(fn))
  return known.get(fn)
}

function read(fn: Callable): Members | undefined {
  const text = functionText(fn)
  // Every private name says so in the text, which spares most functions the look at their scripts.
  if (!text.startsWith('class') || !text.includes('#') || intrinsicName(fn) !== undefined) return undefined
  const { location } = lookInside(fn)
  if (location === undefined || scriptFacts(location.scriptId)?.url.startsWith('node:') === true) return undefined
  const { syntax, script } = syntaxAt(location, text, displayName(fn))
  if (syntax.kind !== 'class') return undefined
  const node = syntax.node as unknown as Class
  const members = privateMembers(node)
  return hidesState(members) ? { ...members, derived: node.superClass != null, node, script } : undefined
}

/** The values of a class's own private static fields, in the order of its text. @throws {CaptureError} before they are all there */
export function privateStatics(fn: Callable, node: Class): readonly unknown[] {
  const { staticFields } = privateMembers(node)
  if (staticFields.length === 0) return []
  const entries = new Map(lookAtPrivate(fn).map(({ name, value }) => [name, value]))
  return staticFields.map(name => {
    if (entries.has(name)) return entries.get(name)
    throw new CaptureError(`its private static field ${name} is not initialised yet`, {
      path: [displayName(fn)],
      hint: 'Send it after the class is complete.',
    })
  })
}
