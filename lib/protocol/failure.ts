import { CloudException, type ErrorCode, isErrorCode } from './errors.ts'

/** Why a job did not end as `done`: what is stored as its payload, as JSON in UTF-8. */
export interface Failure {
  readonly code: ErrorCode
  /** For people: what happened and what to do. */
  readonly message: string
  /** The thrown error's class name and stack (source-mapped, as the worker saw it). */
  readonly name?: string | undefined
  readonly stack?: string | undefined
  /** The thrown value, encoded by lib/value, in base64. Absent when it could not travel. */
  readonly value?: string | undefined
  /** The dependency that failed, of a stalled job. */
  readonly dependency?: number | undefined
  readonly exitCode?: number | undefined
  readonly signal?: string | undefined
}

const encoder = new TextEncoder()
const decoder = new TextDecoder()
const texts = ['message', 'name', 'stack', 'value', 'signal'] as const
const integers = ['dependency', 'exitCode'] as const

export function encodeFailure(failure: Failure): Uint8Array {
  return encoder.encode(JSON.stringify(failure))
}

/** Throws `decode` on anything that is not a failure. */
export function decodeFailure(bytes: Uint8Array): Failure {
  let read: unknown
  try {
    read = JSON.parse(decoder.decode(bytes))
  } catch (cause) {
    throw new CloudException('The reason why a job failed can’t be read: it is not JSON.', { code: 'decode', cause })
  }
  if (isFailure(read)) return read
  throw new CloudException('The reason why a job failed can’t be read: it lacks its code or its message.', {
    code: 'decode',
  })
}

function isFailure(value: unknown): value is Failure {
  if (typeof value !== 'object' || value === null) return false
  const record = value as Record<string, unknown>
  return (
    typeof record['code'] === 'string' &&
    isErrorCode(record['code']) &&
    typeof record['message'] === 'string' &&
    texts.every(key => record[key] === undefined || typeof record[key] === 'string') &&
    integers.every(key => record[key] === undefined || Number.isInteger(record[key]))
  )
}
