import type { Session } from 'node:inspector'

/**
 * The inspector of this very process. A `post` to it is answered before it returns, so capturing is synchronous.
 * The debugger's half is on only while a script's source is read: it makes every other question three times slower.
 */

/** What the debugger knows of a script without its text. */
export interface ScriptFacts {
  readonly scriptId: string
  readonly url: string
  readonly isModule: boolean
}

/** One level of what a function sees, innermost first: `variables` holds live values, read at the time of asking. */
export interface LiveScope {
  /** As V8 names it: Closure, Block, Catch, Module, Script, Global, With, then the function's name in brackets. */
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
export interface FunctionInside {
  readonly location: Location | undefined
  readonly bound: boolean
  readonly scopes: readonly LiveScope[]
}

interface RemoteObject {
  readonly objectId?: string
  readonly value?: unknown
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
const scripts = new Map<string, ScriptFacts>()
const slot: Slot = { subject: undefined, answer: undefined }
let session: Session | undefined
let slotId = ''
let debugging = false

function post<T>(method: string, params: object = {}): T {
  let answer: T | undefined
  let failure: Error | null = null
  open().post(method, params, (error: Error | null, result: unknown) => {
    failure = error
    answer = result as T
  })
  if (failure !== null) throw failure
  return answer as T
}

function open(): Session {
  if (session !== undefined) return session
  const { Session } = process.getBuiltinModule('node:inspector')
  session = new Session()
  session.connect()
  session.on('Debugger.scriptParsed', ({ params }) => {
    scripts.set(params.scriptId, { scriptId: params.scriptId, url: params.url, isModule: params.isModule === true })
  })
  slotId = evaluateWithSlot('globalThis[Symbol.for("picloud.slot")]').result.objectId ?? ''
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

/** The remote id of a live value, in the group that `releaseRemotes` lets go. */
function remoteIdOf(value: unknown): string {
  open()
  slot.subject = value
  const { result } = post<{ result: RemoteObject }>('Runtime.callFunctionOn', {
    objectId: slotId,
    functionDeclaration: 'function(){return this.subject}',
    objectGroup: GROUP,
  })
  slot.subject = undefined
  return result.objectId ?? ''
}

function localOf(objectId: string): unknown {
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

/** Reads where a function stands and what it sees. Nothing of it runs. */
export function lookInside(fn: object): FunctionInside {
  const { internalProperties = [] } = post<{ internalProperties?: InternalProperty[] }>('Runtime.getProperties', {
    objectId: remoteIdOf(fn),
    ownProperties: true,
  })
  let location: Location | undefined
  let bound = false
  let scopes: readonly LiveScope[] = []
  for (const { name, value } of internalProperties) {
    if (name === '[[FunctionLocation]]') location = value?.value as Location | undefined
    else if (name === '[[TargetFunction]]') bound = true
    else if (name === '[[Scopes]]' && value?.objectId !== undefined) {
      // V8's list has no prototype.
      scopes = Array.from(localOf(value.objectId) as ArrayLike<LiveScope>)
    }
  }
  return { location, bound, scopes }
}

/** Lets go of every remote object that was asked for. Called once at the end of each capture. */
export function releaseRemotes(): void {
  if (session === undefined) return
  post('Runtime.releaseObjectGroup', { objectGroup: GROUP })
  stopDebugging()
}

function startDebugging(): void {
  if (debugging) return
  debugging = true
  // Enabling announces every living script again.
  scripts.clear()
  post('Debugger.enable')
}

function stopDebugging(): void {
  if (!debugging) return
  debugging = false
  post('Debugger.disable')
}

/** The executed text of a script and what is known of it; undefined when V8 has let it go. */
export function scriptFacts(scriptId: string): ScriptFacts | undefined {
  const known = scripts.get(scriptId)
  if (known !== undefined) return known
  startDebugging()
  return scripts.get(scriptId)
}

export function scriptSource(scriptId: string): string {
  startDebugging()
  return post<{ scriptSource: string }>('Debugger.getScriptSource', { scriptId }).scriptSource
}

/** A stopped function, at its first step. */
export interface PausedFrame {
  /** Puts a value into a variable of the scopes around the function, and gives the one that it held; undefined when none has that name. */
  exchange(name: string, value: unknown): { readonly value: unknown } | undefined
}

interface CallFrame {
  readonly callFrameId: string
  readonly functionLocation?: Location
  readonly scopeChain: readonly { readonly type: string; readonly object: RemoteObject }[]
}

/** Stops `fn` before it does anything, asks, and terminates the call. Undefined when it did not stop. */
export function answerFromPause<T>(fn: Function, ask: (frame: PausedFrame) => T): T | undefined {
  startDebugging()
  const objectId = remoteIdOf(fn)
  const { breakpointId } = post<{ breakpointId: string }>('Debugger.setBreakpointOnFunctionCall', { objectId })
  const paused: { answer?: T; error?: unknown } = {}
  const onPause = ({ params }: { params: { callFrames: object[] } }): void => {
    try {
      paused.answer = ask(frameOf(params.callFrames[0] as CallFrame))
    } catch (error) {
      paused.error = error
    }
    post('Runtime.terminateExecution')
  }
  open().once('Debugger.paused', onPause)
  try {
    slot.subject = fn
    // By `evaluate`: it alone ends a termination where it began.
    evaluateWithSlot('(0,globalThis[Symbol.for("picloud.slot")].subject)()')
  } catch {
    // The call was terminated: that is how it is meant to end.
  } finally {
    slot.subject = undefined
    open().removeListener('Debugger.paused', onPause)
    post('Debugger.removeBreakpoint', { breakpointId })
  }
  if ('error' in paused) throw paused.error
  return paused.answer
}

function frameOf({ callFrameId, scopeChain }: CallFrame): PausedFrame {
  return {
    exchange(name, value) {
      for (const [scopeNumber, { type, object }] of scopeChain.entries()) {
        if (type === 'global' || object.objectId === undefined) continue
        const local = localOf(object.objectId) as Readonly<Record<string, unknown>>
        if (!Object.hasOwn(local, name)) continue
        const before = local[name]
        post('Debugger.setVariableValue', { callFrameId, scopeNumber, variableName: name, newValue: argumentOf(value) })
        return { value: before }
      }
      return undefined
    },
  }
}

/** Values that JSON does not hold go by their text. */
function argumentOf(value: unknown): object {
  if ((typeof value === 'object' && value !== null) || typeof value === 'function' || typeof value === 'symbol') {
    return { objectId: remoteIdOf(value) }
  }
  if (typeof value === 'bigint') return { unserializableValue: `${value}n` }
  if (typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0))) {
    return { unserializableValue: Object.is(value, -0) ? '-0' : String(value) }
  }
  return value === undefined ? {} : { value }
}

/** True when a debugger outside of this process is attached or may attach: pausing would really pause. */
export function watchedFromOutside(): boolean {
  return process.getBuiltinModule('node:inspector').url() !== undefined
}
