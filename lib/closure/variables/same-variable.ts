import type { Callable } from '../../value/captured.ts'
import { CaptureError } from '../capture-error.ts'
import type { Binding, Scope } from '../names/scope.ts'
import { displayName } from '../nodes/function-name.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { contextsOf } from '../source/heap-contexts.ts'
import { levelOf, lookInside } from '../source/inspector.ts'
import { canPause } from '../source/paused-frame.ts'
import { placeOf } from '../source/script.ts'
import type { Instance } from './instances.ts'
import { whoSees } from './pause.ts'

/** A captured function that sees a variable. */
export interface Seer {
  readonly fn: Callable
  readonly code: FunctionCode
  readonly instance: Instance
  readonly value: unknown
}

/** What was found out about a function's instance of a scope; it never changes. */
interface Token {
  into: Token | undefined
  readonly others: Set<Token>
}

const tokens = new WeakMap<Callable, Map<Scope, Token>>()

/**
 * Whether two functions that see a variable of one declaration see the same one.
 * @throws {CaptureError} when that can't be decided
 */
export function sameVariable(one: Seer, other: Seer, binding: Binding): boolean {
  if (!Object.is(one.value, other.value)) return false
  const ours = tokenOf(one.fn, binding.scope)
  const theirs = tokenOf(other.fn, binding.scope)
  if (ours === theirs) return true
  if (ours.others.has(theirs)) return false
  const same = decide(one, other, binding.name)
  if (same) unite(ours, theirs)
  else {
    ours.others.add(theirs)
    theirs.others.add(ours)
  }
  return same
}

function decide(one: Seer, other: Seer, name: string): boolean {
  for (const [stopped, asked] of [
    [one, other],
    [other, one],
  ] as const) {
    const seen = canPause(stopped.code) ? whoSees(stopped.fn, name, [asked.fn]) : undefined
    if (seen !== undefined) return seen.has(asked.fn)
  }
  const contexts = contextsOf([one, other].map(({ fn }) => ({ fn, level: levelOf(lookInside(fn).scopes, name) })))
  if (contexts !== undefined) return contexts[0] === contexts[1]
  throw new CaptureError(`whether ${displayName(other.fn)} sees the same variable can’t be decided`, {
    path: [displayName(one.fn), name],
    place: placeOf(one.code.script, one.code.start),
    hint: 'Hold it as a property of an object that both use.',
  })
}

function tokenOf(fn: Callable, scope: Scope): Token {
  let ofFunction = tokens.get(fn)
  if (ofFunction === undefined) {
    ofFunction = new Map()
    tokens.set(fn, ofFunction)
  }
  let token = ofFunction.get(scope)
  if (token === undefined) {
    token = { into: undefined, others: new Set() }
    ofFunction.set(scope, token)
  }
  while (token.into !== undefined) token = token.into
  return token
}

function unite(kept: Token, gone: Token): void {
  gone.into = kept
  for (const other of gone.others) {
    kept.others.add(other)
    other.others.add(kept)
  }
}
