import * as z from 'zod'
import { MAX_DESCRIPTION_CHARS, MAX_LABEL_CHARS, MAX_PARAMETERS, MAX_PUBLISHED_LABEL_CHARS } from './limits.ts'
import { jobOptionsSchema } from './options.ts'
import { functionSchema } from './routes.ts'
import { jidSchema } from './schemas.ts'

export const publishedLabelSchema = z
  .string()
  .max(MAX_PUBLISHED_LABEL_CHARS)
  .regex(/^[A-Za-z0-9][A-Za-z0-9._~-]*$/, 'letters, digits and - . _ ~, beginning with a letter or a digit')

/** What a parameter takes; `any` where the function does not say. */
export const parameterTypes = ['any', 'string', 'number', 'boolean', 'string[]', 'number[]', 'boolean[]'] as const
export type ParameterType = (typeof parameterTypes)[number]

/** A parameter of the function. `rest`: it takes a list, of all that follows. */
export const parameterSchema = z.strictObject({
  name: z.string().min(1).max(MAX_LABEL_CHARS),
  type: z.enum(parameterTypes),
  required: z.boolean(),
  rest: z.boolean().optional(),
})
export type Parameter = z.infer<typeof parameterSchema>

const described = {
  parameters: z.array(parameterSchema).max(MAX_PARAMETERS),
  /** What its author says of it. */
  description: z.string().max(MAX_DESCRIPTION_CHARS).optional(),
}

/** PUT /v1/published/:label: the function's bundles are here. `options.resultForm` says how results come back. */
export const publishRequestSchema = z.strictObject({
  ...described,
  function: functionSchema,
  options: jobOptionsSchema.omit({ label: true, dependsOn: true, dependsOnErrors: true, startAt: true }),
})
export type PublishRequest = z.infer<typeof publishRequestSchema>

/** What is told of it, to people and programs. */
export const publishedSchema = z.object({
  label: z.string(),
  /** Where to call it, relative to the service. */
  url: z.string(),
  function: z.string(),
  created: z.int(),
  ...described,
})
export type Published = z.infer<typeof publishedSchema>

export const publishAnswerSchema = z.object({
  missing: z.array(z.string()).optional(),
  url: z.string().optional(),
})
export type PublishAnswer = z.infer<typeof publishAnswerSchema>

export const publishedListSchema = z.object({ published: z.array(publishedSchema), cursor: z.string().optional() })
export type PublishedList = z.infer<typeof publishedListSchema>

/** What a call that takes longer is answered with: 202, and where to look. */
export const acceptedSchema = z.object({ jid: jidSchema, result: z.string() })
