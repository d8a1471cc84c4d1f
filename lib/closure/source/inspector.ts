import type { Session } from 'node:inspector'
import type { Callable } from '../../value/captured.ts'
import { refuseInheritedTraps } from './inherited-traps.ts'
import { type SeenScopes, seenScopes } from './seen-scopes.ts'
import { withinCapture } from './within-capture.ts'

/** The inspector of this very process. A `post` to it is answered before it returns, so capturing is synchronous. */

/** One level of what a function sees, innermost first: `object` holds live values, read at the time of asking. */
export interface LiveScope {
  /** As V8 names it: Closure, Block, Catch, Module, Script, Global, then the function's name in brackets. */
  readonly description: string
  readonly object: Readonly<Record<string, unknown>>
}

/** Positions are 0-based, as V8 counts them. */
export interface Location {
  readonly scriptId: string
  readonly lineNumber: number
  readonly columnNumber: number
}

/** What V8 hides of a function. `location` is undefined for native ones; `bound` is true for bound ones. */
export interface FunctionInside extends SeenScopes {
  readonly location: Location | undefined
  readonly bound: boolean
}

export interface RemoteObject {
  readonly objectId?: string
  readonly value?: unknown
  /** Of what JSON does not hold: `-0`, `NaN`, `12n`. */
  readonly unserializableValue?: string
}
interface InternalProperty {
  readonly name: string
  readonly value?: RemoteObject
}
interface Slot {
  subject: unknown
  answer: unknown
}

const GROUP = 'picloud'
const SLOT = 'globalThis[Symbol.for("picloud.slot")]'
const slot: Slot = { subject: undefined, answer: undefined }
/** Of live values, until they are let go. */
const remotes = new Map<unknown, string>()
let session: Session | undefined
let slotId = ''

export function post<T>(method: string, params: object = {}): T {
  let answer: T | undefined
  let failure: Error | null = null
  open().post(method, params, (error: Error | null, result: unknown) => {
    failure = error
    answer = result as T
  })
  if (failure !== null) throw failure
  return answer as T
}

export function open(): Session {
  if (session !== undefined) return session
  const { Session } = process.getBuiltinModule('node:inspector')
  session = new Session()
  session.connect()
  slotId = evaluateWithSlot(SLOT).result.objectId ?? ''
  return session
}

/** Evaluates where the slot is in reach: as a global for this moment. */
function evaluateWithSlot(expression: string): { result: RemoteObject } {
  const name = Symbol.for('picloud.slot')
  Object.defineProperty(globalThis, name, { value: slot, configurable: true })
  try {
    return post('Runtime.evaluate', { expression, silent: true })
  } finally {
    Reflect.deleteProperty(globalThis, name)
  }
}

/** Calls a function without arguments. Of all ways to call, this alone ends where the call is terminated. */
export function callByInspector(fn: Callable): void {
  slot.subject = fn
  try {
    evaluateWithSlot(`(0,${SLOT}.subject)()`)
  } finally {
    slot.subject = undefined
  }
}

/** The remote id of a live value, in the group that `releaseRemotes` lets go. */
export function remoteIdOf(value: unknown): string {
  const known = remotes.get(value)
  if (known !== undefined) return known
  open()
  slot.subject = value
  const { result } = post<{ result: RemoteObject }>('Runtime.callFunctionOn', {
    objectId: slotId,
    functionDeclaration: 'function(){return this.subject}',
    objectGroup: GROUP,
  })
  slot.subject = undefined
  const { objectId = '' } = result
  remotes.set(value, objectId)
  return objectId
}

export function localOf(objectId: string): unknown {
  post('Runtime.callFunctionOn', {
    objectId: slotId,
    functionDeclaration: 'function(it){this.answer=it}',
    arguments: [{ objectId }],
    objectGroup: GROUP,
  })
  const local = slot.answer
  slot.answer = undefined
  return local
}

/** What V8 shows of an object. Nothing of it runs. @throws {CaptureError} where it would: see `refuseInheritedTraps` */
export function shownOf<Shown extends object>(object: object): Partial<Shown> {
  refuseInheritedTraps(object, proxy => internalsOf(proxy, ['[[Handler]]'])[0])
  // Elements are never asked for, and of some 16 million V8 gives up.
  const which = { ownProperties: true, nonIndexedPropertiesOnly: true }
  return post('Runtime.getProperties', { objectId: remoteIdOf(object), ...which })
}

const internalProperties = (object: object): readonly InternalProperty[] =>
  shownOf<{ readonly internalProperties: readonly InternalProperty[] }>(object).internalProperties ?? []

/** What V8 holds for an object beside its properties, by names such as `[[PromiseState]]`. Nothing of it runs. */
export function internalsOf(object: object, names: readonly string[]): readonly unknown[] {
  const all = internalProperties(object)
  return names.map(name => liveValue(all.find(each => each.name === name)?.value))
}

export function liveValue(remote: RemoteObject | undefined): unknown {
  if (remote?.objectId !== undefined) return localOf(remote.objectId)
  const text = remote?.unserializableValue
  if (text === undefined) return remote?.value
  return text.endsWith('n') ? BigInt(text.slice(0, -1)) : Number(text)
}

/** Reads where a function stands and what it sees. Nothing of it runs. */
export function lookInside(fn: object): FunctionInside {
  const known = withinCapture.insides.get(fn)
  if (known !== undefined) return known
  const inside = lookAgain(fn)
  if (withinCapture.parts > 0) withinCapture.insides.set(fn, inside)
  return inside
}

/** The same where a variable was changed since, to see who sees it. */
export function lookAgain(fn: object): FunctionInside {
  let location: Location | undefined
  let bound = false
  let seen = seenScopes([])
  for (const { name, value } of internalProperties(fn)) {
    if (name === '[[FunctionLocation]]') location = value?.value as Location | undefined
    else if (name === '[[TargetFunction]]') bound = true
    else if (name === '[[Scopes]]' && value?.objectId !== undefined) {
      // V8's list has no prototype.
      seen = seenScopes(Array.from(localOf(value.objectId) as ArrayLike<LiveScope>))
    }
  }
  return { location, bound, ...seen }
}

/** Which of a function's scopes holds a name, innermost first; -1 for globals. */
export function levelOf(scopes: readonly LiveScope[], name: string): number {
  return scopes.findIndex(({ object, description }) => description !== 'Global' && Object.hasOwn(object, name))
}

/** Lets go of every remote object that was asked for. Before the first question there are none. */
export function letRemotesGo(): void {
  if (remotes.size === 0) return
  remotes.clear()
  post('Runtime.releaseObjectGroup', { objectGroup: GROUP })
}
