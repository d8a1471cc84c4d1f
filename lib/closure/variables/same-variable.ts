import type { Callable } from '../../value/captured.ts'
import { Refusal } from '../../value/value-error.ts'
import { CaptureError } from '../capture-error.ts'
import type { Binding, Scope } from '../names/scope.ts'
import { displayName } from '../nodes/function-name.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { contextsOf } from '../source/heap-contexts.ts'
import { canPause } from '../source/paused-frame.ts'
import { placeOf } from '../source/script.ts'
import { type Instance, settled } from './instances.ts'
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
  /** Those that took part in one of these together are two. */
  readonly decisions: Set<object>
}

/** From this many on a snapshot of the heap tells sooner than stopping them one by one. */
const MANY_SEERS = 20

const tokens = new WeakMap<Callable, Map<Scope, Token>>()

/**
 * Of functions that see a variable of one declaration: those that see the same one, together. Those that see one of their
 * own are left out.
 * @throws {Refusal} with a CaptureError when that can't be decided
 */
export function seersTogether(seers: readonly Seer[], binding: Binding): readonly (readonly Seer[])[] {
  const byValue = Map.groupBy(seers, ({ value }) => value)
  const found: (readonly Seer[])[] = []
  for (const alike of byValue.values()) {
    if (alike.length === 1) continue
    const byInstance = new Map(alike.map(seer => [settled(seer.instance), seer]))
    const byToken = Map.groupBy(byInstance.values(), ({ fn }) => tokenOf(fn, binding.scope))
    for (const group of byToken.values()) if (group.length > 1) found.push(group)
    const open = [...byToken].map(([, [seer]]) => seer as Seer)
    if (areDecided([...byToken.keys()])) continue
    found.push(...decided(open, binding))
  }
  return found
}

/** Whether all of them are known to be different. */
function areDecided([first, ...rest]: readonly Token[]): boolean {
  if (first === undefined || rest.length === 0) return true
  if ([...first.decisions].some(decision => rest.every(({ decisions }) => decisions.has(decision)))) return true
  return rest.every(({ decisions }) => !decisions.isDisjointFrom(first.decisions)) && areDecided(rest)
}

function decided(seers: readonly Seer[], { name, scope }: Binding): readonly (readonly Seer[])[] {
  const groups = (seers.length < MANY_SEERS ? undefined : byContexts(seers, name)) ?? byPauses(seers, name)
  const decision = {}
  for (const group of groups) {
    const [kept, ...rest] = group.map(({ fn }) => tokenOf(fn, scope)) as [Token, ...Token[]]
    kept.decisions.add(decision)
    for (const gone of rest) unite(kept, gone)
  }
  return groups.filter(group => group.length > 1)
}

function byContexts(seers: readonly Seer[], name: string): readonly (readonly Seer[])[] | undefined {
  const contexts = contextsOf(
    seers.map(({ fn }) => fn),
    name,
  )
  return contexts && [...Map.groupBy(seers, (_, index) => contexts[index]).values()]
}

function byPauses(seers: readonly Seer[], name: string): readonly (readonly Seer[])[] {
  const groups: (readonly Seer[])[] = []
  const canNot = new Set<Seer>()
  let left = seers
  while (left.length > 1) {
    const open = left.filter(seer => !canNot.has(seer))
    const stopped = open.find(({ code }) => canPause(code)) ?? open[0]
    if (stopped === undefined) return [...groups, ...(byContexts(left, name) ?? refuse(left, name))]
    const others = left.filter(seer => seer !== stopped)
    const seen = whoSees(
      stopped,
      name,
      others.map(({ fn }) => fn),
    )
    if (seen === undefined) {
      canNot.add(stopped)
      continue
    }
    groups.push([stopped, ...others.filter(({ fn }) => seen.has(fn))])
    left = others.filter(({ fn }) => !seen.has(fn))
  }
  return left.length === 0 ? groups : [...groups, left]
}

function refuse([one, other]: readonly Seer[], name: string): never {
  const { fn, code } = one as Seer
  const reason = `whether ${displayName((other as Seer).fn)} sees the same variable can’t be decided`
  const cause = new CaptureError(reason, {
    path: [displayName(fn), name],
    place: placeOf(code.script, code.start),
    hint: 'Hold it as a property of an object that both use.',
  })
  throw new Refusal(fn, reason, undefined, cause)
}

function tokenOf(fn: Callable, scope: Scope): Token {
  let ofFunction = tokens.get(fn)
  if (ofFunction === undefined) {
    ofFunction = new Map()
    tokens.set(fn, ofFunction)
  }
  let token = ofFunction.get(scope)
  if (token === undefined) {
    token = { into: undefined, decisions: new Set() }
    ofFunction.set(scope, token)
  }
  while (token.into !== undefined) token = token.into
  return token
}

function unite(kept: Token, gone: Token): void {
  if (kept === gone) return
  gone.into = kept
  for (const decision of gone.decisions) kept.decisions.add(decision)
}
