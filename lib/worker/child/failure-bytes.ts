import { inspect } from 'node:util'
import { isNativeError } from 'node:util/types'
import type { ErrorCode } from '../../protocol/errors.ts'
import { CloudException } from '../../protocol/errors.ts'
import { encodeFailure, type Failure } from '../../protocol/failure.ts'
import { thrownValue } from './result.ts'

/** Characters of a thrown value that is no error, as the message shows it. */
const SHOWN_CHARS = 1_000

/** A thrown value, error or not, as the failure that is stored. Never throws, whatever the value's getters do. */
export function failureBytes(code: ErrorCode, error: unknown): Uint8Array {
  const told = CloudException.isCloudException(error) && ours.has(error.code) ? error.code : code
  return encodeFailure({ ...described(told, error), value: code === 'exception' ? thrownValue(error) : undefined })
}

// What a job is ended with when our own part of running it failed, rather than its function.
const ours: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['revive', 'deadlock', 'incompatible', 'decode'])

function described(code: ErrorCode, error: unknown): Failure {
  try {
    if (!isError(error)) return { code, message: `The job threw ${shown(error)}, which is no error.` }
    const { message, name, stack } = error
    return {
      code,
      message: String(message),
      name: String(name),
      stack: stack === undefined ? undefined : String(stack),
    }
  } catch {
    return { code, message: 'The job threw an error that can’t be read: its own properties throw.' }
  }
}

function isError(value: unknown): value is Error {
  return isNativeError(value) || value instanceof Error
}

function shown(value: unknown): string {
  const text = inspect(value, { depth: 2, breakLength: 120, customInspect: false })
  return text.length > SHOWN_CHARS ? `${text.slice(0, SHOWN_CHARS)}…` : text
}
