import * as z from 'zod'
import { MAX_LABEL_CHARS, MAX_SCHEDULE_CHARS } from './limits.ts'
import { jobOptionsSchema } from './options.ts'
import { functionSchema } from './routes.ts'
import { jidSchema } from './schemas.ts'

/** Characters of an encoded empty list of arguments: a dozen, and room for more. */
const MAX_ARGS_CHARS = 1_024

/** The name of a cron: its place among the others, and the label of its jobs. */
const label = z.string().min(1).max(MAX_LABEL_CHARS)

/** PUT /v1/crons: registers a cron, in the place of one of that label. */
export const cronRequestSchema = z.strictObject({
  label,
  function: functionSchema,
  /** BSD cron's five fields or one of its names, in UTC. */
  schedule: z.string().max(MAX_SCHEDULE_CHARS),
  options: jobOptionsSchema.omit({
    label: true,
    dependsOn: true,
    dependsOnErrors: true,
    startAt: true,
    chunkSize: true,
  }),
  /** The payload of no arguments, in base64. */
  args: z.base64().max(MAX_ARGS_CHARS),
  /** Whether the last minute that was missed is run later. Default false. */
  catchUp: z.boolean().optional(),
})
export type CronRequest = z.infer<typeof cronRequestSchema>

/** GET /v1/crons/info, POST /v1/crons/delete */
export const cronLabelRequestSchema = z.strictObject({ label })

/** Moments in epoch milliseconds. */
export const cronInfoSchema = z.object({
  label: z.string(),
  /** As it was given. */
  schedule: z.string(),
  /** In English. */
  words: z.string(),
  /** The function's name. */
  function: z.string(),
  catchUp: z.boolean(),
  created: z.int(),
  lastRun: z.int().nullable(),
  lastJid: jidSchema.nullable(),
  /** The next five. */
  next: z.array(z.int()),
})
export type CronFacts = z.infer<typeof cronInfoSchema>

/** GET /v1/crons: in the order of their labels. */
export const cronListAnswerSchema = z.object({
  crons: z.array(cronInfoSchema),
  cursor: z.string().optional(),
})
export type CronListAnswer = z.infer<typeof cronListAnswerSchema>

/** POST /v1/crons/run. Under a leased jid the same request again changes nothing. */
export const cronRunRequestSchema = z.strictObject({ label, jid: jidSchema.optional() })
export type CronRunRequest = z.infer<typeof cronRunRequestSchema>
export const cronRunAnswerSchema = z.object({ jid: jidSchema })
export type CronRunAnswer = z.infer<typeof cronRunAnswerSchema>
