import * as z from 'zod'
import { environmentName } from './environment-name.ts'
import {
  MAX_ARCHIVE_PIECES,
  MAX_ENVIRONMENT_NAME_CHARS,
  MAX_ENVIRONMENT_PACKAGES,
  MAX_INSTALL_LOG_CHARS,
} from './limits.ts'
import { hashSchema } from './routes.ts'

export const environmentNameSchema = z
  .string()
  .max(MAX_ENVIRONMENT_NAME_CHARS)
  .regex(environmentName, 'letters, digits and - . _ ~, beginning with a letter or a digit')

/** What workers run on, as npm and Node name it. `libc` only where `os` is linux. */
export const platformSchema = z.strictObject({
  os: z.string().min(1).max(32),
  cpu: z.string().min(1).max(32),
  libc: z.enum(['glibc', 'musl']).optional(),
})
export type Platform = z.infer<typeof platformSchema>

const described = {
  /** As they were asked for: `sharp@0.35`. */
  packages: z.array(z.string().min(1).max(500)).min(1).max(MAX_ENVIRONMENT_PACKAGES),
  platform: platformSchema,
  /** Bytes of the archive. */
  size: z.int().min(0),
  /** What npm said. */
  log: z.string().max(MAX_INSTALL_LOG_CHARS),
}

/** PUT /v1/environments/:name. The pieces of the archive, put as bundles are: their hashes in order. */
export const environmentRequestSchema = z.strictObject({
  ...described,
  pieces: z.array(hashSchema).min(1).max(MAX_ARCHIVE_PIECES),
})
export type EnvironmentRequest = z.infer<typeof environmentRequestSchema>

/** `missing`: pieces to put first; nothing was created. */
export const environmentAnswerSchema = z.object({ missing: z.array(z.string()).optional() })
export type EnvironmentAnswer = z.infer<typeof environmentAnswerSchema>

export const environmentSchema = z.object({
  name: z.string(),
  /** SHA-256 of the list of the archive's pieces: the same content has the same. */
  hash: z.string(),
  created: z.int(),
  ...described,
})
export type EnvironmentFacts = z.infer<typeof environmentSchema>

/** GET /v1/environments, with what the service's workers run on. */
export const environmentListSchema = z.object({
  platform: platformSchema,
  environments: z.array(environmentSchema.omit({ log: true })),
  cursor: z.string().optional(),
})
export type EnvironmentList = z.infer<typeof environmentListSchema>
