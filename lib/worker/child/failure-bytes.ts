import { inspect } from 'node:util'
import { isNativeError } from 'node:util/types'
import { mapStack } from '../../closure/revive/stack.ts'
import { CloudException, type ErrorCode } from '../../protocol/errors.ts'
import { encodeFailure, type Failure } from '../../protocol/failure.ts'
import type { LoadedFunction } from './load-function.ts'
import { thrownValue } from './result.ts'

/** Characters of a thrown value that is no error, as the message shows it. */
const SHOWN_CHARS = 1_000
/** Where our own frames of a stack are. */
const OWN_FILES = new URL('.', import.meta.url).href

// What a job is ended with when our own part of running it failed, rather than its function.
const ours: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['revive', 'deadlock', 'incompatible', 'decode', 'stalled'])

export interface Thrown {
  readonly code: ErrorCode
  readonly error: unknown
  readonly fn: LoadedFunction | undefined
}

/**
 * A thrown value, error or not, as the failure that is stored. Never throws, whatever the value's getters do. A promise
 * only where the value holds functions or classes.
 */
export function failureBytes({ code, error, fn }: Thrown): Uint8Array | Promise<Uint8Array> {
  const failure = described(codeOf(code, error, fn), error)
  if (failure.code !== 'exception') return encodeFailure(failure)
  const value = thrownValue(error, fn)
  if (value instanceof Promise) return value.then(text => encodeFailure({ ...failure, value: text }))
  return encodeFailure({ ...failure, value })
}

// Before the function was revived nothing of the user's can have thrown.
function codeOf(code: ErrorCode, error: unknown, fn: LoadedFunction | undefined): ErrorCode {
  if (CloudException.isCloudException(error) && ours.has(error.code)) return error.code
  return code === 'exception' && fn === undefined ? 'revive' : code
}

function described(code: ErrorCode, error: unknown): Failure {
  try {
    if (!isError(error)) return { code, message: `The job threw ${shown(error)}, which is no error.` }
    const { message, name, stack } = error
    const text = typeof stack === 'string' ? mapStack(ownFramesCut(stack)) : undefined
    return { code, message: String(message), name: String(name), stack: text }
  } catch {
    return { code, message: 'The job threw an error that can’t be read: its own properties throw.' }
  }
}

// Below the user's first frame there are only ours and Node's.
function ownFramesCut(stack: string): string {
  const lines = stack.split('\n')
  const first = lines.findIndex(line => line.includes(OWN_FILES))
  return first < 1 ? stack : lines.slice(0, first).join('\n')
}

function isError(value: unknown): value is Error {
  return isNativeError(value) || value instanceof Error
}

function shown(value: unknown): string {
  const text = inspect(value, { depth: 2, breakLength: 120, customInspect: false })
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text
}
