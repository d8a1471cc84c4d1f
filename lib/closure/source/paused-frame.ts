import type { Pattern } from 'acorn'
import type { Callable } from '../../value/captured.ts'
import { noteStop, startDebugging } from './debugged-scripts.ts'
import { endOfFirstStep } from './first-step.ts'
import { callByInspector, liveValue, localOf, open, post, type RemoteObject, remoteIdOf } from './inspector.ts'
import { quietArguments } from './quiet-arguments.ts'
import { type FunctionSyntax, positionOf, type Script } from './script.ts'
import type { Position } from './source-map.ts'
import { watchedFromOutside } from './watched-from-outside.ts'

/** A stopped function, at its first step. */
export interface PausedFrame {
  /** Puts a value into a variable of the scopes around the function, and gives the one that it held; undefined when none has that name. */
  exchange(name: string, value: unknown): { readonly value: unknown } | undefined
  /** What an expression means in it, as `this` or `new.target`; undefined where it means nothing yet. */
  read(expression: string): { readonly value: unknown } | undefined
}

interface Breakpoint {
  readonly breakpointId: string
}

/** A location of V8's, and of which kind it is where it is not just a statement. */
interface Step {
  readonly type?: 'debuggerStatement' | 'call' | 'return'
}

interface Beginning {
  readonly params: readonly Pattern[]
  readonly end: number
}

interface CallFrame {
  readonly callFrameId: string
  readonly scopeChain: readonly { readonly type: string; readonly object: RemoteObject }[]
}

/**
 * Looking into a function from where it would run. It is called with a breakpoint on its first step and terminated
 * there, so that nothing of it runs. That holds for functions whose parameters are plain names: with defaults or
 * patterns V8 may place the breakpoint behind code that runs first, and generators do not stop at all.
 */
export function canPause(code: FunctionSyntax): boolean {
  return beginningOf(code, false)?.params.every(({ type }) => type === 'Identifier') ?? false
}

/** The parameters of a function that stops where its body begins, and where its first step ends; undefined of others. */
function beginningOf({ script, syntax }: FunctionSyntax, byPlace: boolean): Beginning | undefined {
  const { node, kind } = syntax
  // A debugger outside of this process would really stop it.
  if (watchedFromOutside() || kind === 'class' || !('params' in node) || node.generator) return undefined
  const end = endOfFirstStep(node.body, script.source, byPlace)
  return end === undefined ? undefined : { params: node.params, end }
}

/** Stops `fn` before anything of it runs, asks, and terminates the call. Undefined when it could not be stopped. */
export function answerFrom<T>(fn: Callable, code: FunctionSyntax, ask: (frame: PausedFrame) => T): T | undefined {
  return canPause(code) ? answerFromPause(fn, ask) : answerFromBody(fn, code, ask)
}

/** Stops `fn` before it does anything, asks, and terminates the call. Undefined when it did not stop. */
export function answerFromPause<T>(fn: Callable, ask: (frame: PausedFrame) => T, call = fn): T | undefined {
  startDebugging()
  const set = post<Breakpoint>('Debugger.setBreakpointOnFunctionCall', { objectId: remoteIdOf(fn) })
  return answerOf(call, ask, [set])
}

/**
 * The same of a function whose parameters have defaults or patterns: it gets arguments that need none of its defaults, and
 * stops at the first step of its body. Undefined too where V8 or its text does not let it.
 */
function answerFromBody<T>(fn: Callable, code: FunctionSyntax, ask: (frame: PausedFrame) => T): T | undefined {
  const { script, syntax } = code
  const { params = [], end = 0 } = beginningOf(code, true) ?? {}
  const given = quietArguments(params)
  if (end === 0 || given === undefined) return undefined
  const [from, to] = [positionOf(script, params.at(-1)?.end ?? syntax.node.start), positionOf(script, end)]
  // Where it returns the function around it may return too: a stop there is not sure to be its own.
  const steps = stepsIn(script, from, to).filter(({ type }) => type !== 'return')
  return steps.length === 0 ? undefined : stopAt(steps, () => Reflect.apply(fn, undefined, given), ask)
}

function answerOf<T>(call: Callable, ask: (frame: PausedFrame) => T, set: readonly Breakpoint[]): T | undefined {
  const paused: { answer?: T; error?: unknown } = {}
  noteStop()
  try {
    callTerminable(call, frame => {
      try {
        paused.answer = ask(frameOf(frame as CallFrame))
      } catch (error) {
        paused.error = error
      }
      post('Runtime.terminateExecution')
    })
  } finally {
    for (const { breakpointId } of set) post('Debugger.removeBreakpoint', { breakpointId })
  }
  if ('error' in paused) throw paused.error
  return paused.answer
}

/**
 * Calls `call`, stops it where it comes to the span of a script, before it does anything there, asks, and terminates it.
 * Undefined when it did not come there.
 */
export function callUpTo<T>(
  script: Script,
  from: Position,
  to: Position,
  call: Callable,
  ask: (frame: PausedFrame) => T,
): T | undefined {
  return stopAt(stepsIn(script, from, to), call, ask)
}

/** Where V8 can stop in a span of a script. */
function stepsIn({ id }: Script, from: Position, to: Position): readonly Step[] {
  startDebugging()
  const at = ({ line, column }: Position): object => ({ scriptId: id, lineNumber: line - 1, columnNumber: column - 1 })
  return post<{ locations: readonly Step[] }>('Debugger.getPossibleBreakpoints', { start: at(from), end: at(to) })
    .locations
}

/** Stops at all of them: which is reached first the text does not tell. */
function stopAt<T>(steps: readonly Step[], call: Callable, ask: (frame: PausedFrame) => T): T | undefined {
  const set = steps.map(location => post<Breakpoint>('Debugger.setBreakpoint', { location }))
  return answerOf(call, ask, set)
}

/** Calls a function that may be stopped, and terminated then. */
function callTerminable(fn: Callable, onPause: (frame: unknown) => void): void {
  const listener = ({ params }: { params: { callFrames: object[] } }): void => onPause(params.callFrames[0])
  open().once('Debugger.paused', listener)
  try {
    callByInspector(fn)
  } catch {
    // The call was terminated: that is how it is meant to end.
  } finally {
    open().removeListener('Debugger.paused', listener)
  }
}

function frameOf({ callFrameId, scopeChain }: CallFrame): PausedFrame {
  return {
    exchange(name, value) {
      for (const [scopeNumber, { type, object }] of scopeChain.entries()) {
        if (type === 'global' || type === 'with' || object.objectId === undefined) continue
        const before = heldIn(localOf(object.objectId) as Readonly<Record<string, unknown>>, name)
        if (before === undefined) continue
        post('Debugger.setVariableValue', { callFrameId, scopeNumber, variableName: name, newValue: argumentOf(value) })
        return before
      }
      return undefined
    },
    read(expression) {
      type Evaluated = { readonly result: RemoteObject; readonly exceptionDetails?: object }
      const { result, exceptionDetails } = post<Evaluated>('Debugger.evaluateOnCallFrame', {
        callFrameId,
        expression,
      })
      if (exceptionDetails !== undefined) return undefined
      return { value: liveValue(result) }
    },
  }
}

/** Undefined too for a variable of the stopped function's own that holds nothing yet. */
function heldIn(scope: Readonly<Record<string, unknown>>, name: string): { readonly value: unknown } | undefined {
  try {
    return Object.hasOwn(scope, name) ? { value: scope[name] } : undefined
  } catch {
    return undefined
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
