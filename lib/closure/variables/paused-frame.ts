import type { Callable } from '../../value/captured.ts'
import {
  callTerminable,
  liveValue,
  localOf,
  post,
  type RemoteObject,
  remoteIdOf,
  startDebugging,
} from '../source/inspector.ts'

/** A stopped function, at its first step. */
export interface PausedFrame {
  /** Puts a value into a variable of the scopes around the function, and gives the one that it held; undefined when none has that name. */
  exchange(name: string, value: unknown): { readonly value: unknown } | undefined
  /** What `this` or `new.target` means in it; undefined where it means nothing yet. */
  read(expression: 'this' | 'new.target'): { readonly value: unknown } | undefined
}

interface CallFrame {
  readonly callFrameId: string
  readonly scopeChain: readonly { readonly type: string; readonly object: RemoteObject }[]
}

/** Stops `fn` before it does anything, asks, and terminates the call. Undefined when it did not stop. */
export function answerFromPause<T>(fn: Callable, ask: (frame: PausedFrame) => T): T | undefined {
  startDebugging()
  const { breakpointId } = post<{ breakpointId: string }>('Debugger.setBreakpointOnFunctionCall', {
    objectId: remoteIdOf(fn),
  })
  const paused: { answer?: T; error?: unknown } = {}
  try {
    callTerminable(fn, frame => {
      try {
        paused.answer = ask(frameOf(frame as CallFrame))
      } catch (error) {
        paused.error = error
      }
      post('Runtime.terminateExecution')
    })
  } finally {
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
