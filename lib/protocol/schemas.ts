import * as z from 'zod'
import { type ErrorCode, isErrorCode } from './errors.ts'
import { statuses } from './job.ts'

/** What is read without its schema stands in the other files: a client and a job's child process start without zod. */

export const statusSchema = z.enum(statuses)

const jid = z.int().min(1)
export const jidSchema = jid
export const rangeSchema = z.tuple([jid, z.int().min(1)])

/** See failure.ts */
export const failureSchema = z.object({
  code: z.custom<ErrorCode>(code => typeof code === 'string' && isErrorCode(code)),
  message: z.string(),
  name: z.string().optional(),
  stack: z.string().optional(),
  value: z.string().optional(),
  dependency: jidSchema.optional(),
  exitCode: z.int().optional(),
  signal: z.string().optional(),
})
