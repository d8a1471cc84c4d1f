import * as z from 'zod'
import { MAX_DURATION_MS, MAX_LABEL_CHARS, MAX_REQUEST_RANGES, MAX_RETRIES, MAX_SEGMENT_JOBS } from './limits.ts'
import { resultForms } from './plain-payload.ts'
import { rangeSchema } from './schemas.ts'

/** A submission's options as they travel: durations in milliseconds, moments in epoch milliseconds. */
export const jobOptionsSchema = z.strictObject({
  label: z.string().min(1).max(MAX_LABEL_CHARS).optional(),
  dependsOn: z.array(rangeSchema).max(MAX_REQUEST_RANGES).optional(),
  dependsOnErrors: z.enum(['abort', 'ignore']).optional(),
  restartable: z.boolean().optional(),
  highCpu: z.boolean().optional(),
  killProcess: z.boolean().optional(),
  profile: z.boolean().optional(),
  fastSerialization: z.union([z.literal(0), z.literal(1), z.literal(2)]).optional(),
  maxRuntime: z.int().min(1).max(MAX_DURATION_MS).optional(),
  startAt: z.int().min(0).optional(),
  retries: z.int().min(0).max(MAX_RETRIES).optional(),
  env: z.string().max(MAX_LABEL_CHARS).optional(),
  /** How the result is kept; default: as a value for programs of ours. */
  resultForm: z.enum(resultForms).optional(),
  /** Jobs of one message. Default: as the service decides. */
  chunkSize: z.int().min(1).max(MAX_SEGMENT_JOBS).optional(),
})
export type WireOptions = z.infer<typeof jobOptionsSchema>
