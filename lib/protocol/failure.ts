import * as z from 'zod'
import { type ErrorCode, isErrorCode } from './errors.ts'
import { jidSchema } from './job.ts'

/** Why a job did not end as `done`: what is stored as its payload, as JSON in UTF-8. */
export const failureSchema = z.object({
  code: z.custom<ErrorCode>(code => typeof code === 'string' && isErrorCode(code)),
  /** For people: what happened and what to do. */
  message: z.string(),
  /** The thrown error's class name and stack (source-mapped, as the worker saw it). */
  name: z.string().optional(),
  stack: z.string().optional(),
  /** The thrown value, encoded by lib/value, in base64. Absent when it could not travel. */
  value: z.string().optional(),
  /** The dependency that failed, of a stalled job. */
  dependency: jidSchema.optional(),
  exitCode: z.int().optional(),
  signal: z.string().optional(),
})
export type Failure = z.infer<typeof failureSchema>

const encoder = new TextEncoder()
const decoder = new TextDecoder()

export function encodeFailure(failure: Failure): Uint8Array {
  return encoder.encode(JSON.stringify(failure))
}

export function decodeFailure(bytes: Uint8Array): Failure {
  return failureSchema.parse(JSON.parse(decoder.decode(bytes)))
}
