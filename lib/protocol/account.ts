import * as z from 'zod'
import { MAX_NOTE_CHARS, MAX_PASSWORD_CHARS, MAX_USERNAME_CHARS, MIN_PASSWORD_CHARS } from './limits.ts'
import { scopes } from './scope.ts'

/** Keys and the admin user, as they travel. Times in epoch milliseconds. */

const note = z
  .string()
  .max(MAX_NOTE_CHARS)
  .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'text without control characters')
const someScopes = z
  .array(z.enum(scopes))
  .min(1)
  .max(scopes.length)
  .refine(given => new Set(given).size === given.length, 'each scope once')

/** A key's id as it stands in a path. */
export const keyIdSchema = z
  .string()
  .regex(/^[1-9][0-9]{0,8}$/, 'a key’s id')
  .transform(Number)

export const keySchema = z.object({
  /** Its id. */
  key: z.int().min(1),
  active: z.boolean(),
  created: z.int(),
  note: z.string(),
  scopes: z.array(z.enum(scopes)),
  /** When it was last used, to some ten minutes; null: not yet. */
  used: z.int().nullable(),
})
export type KeyFacts = z.infer<typeof keySchema>

/** GET /v1/keys: in the order in which they were made. */
export const keysAnswerSchema = z.object({ keys: z.array(keySchema) })

/** POST /v1/keys */
export const createKeyRequestSchema = z.strictObject({ note: note.optional(), scopes: someScopes.optional() })
export type CreateKeyRequest = z.infer<typeof createKeyRequestSchema>
/** The secret is told this once: only its hash is kept. */
export const createdKeySchema = keySchema.extend({ secret: z.string() })
export type CreatedKey = z.infer<typeof createdKeySchema>

/** PATCH /v1/keys/{key} */
export const changeKeyRequestSchema = z.strictObject({ active: z.boolean().optional(), note: note.optional() })
export type ChangeKeyRequest = z.infer<typeof changeKeyRequestSchema>

/** PUT /v1/account/admin: a name that is no number, as those are keys. */
export const adminRequestSchema = z.strictObject({
  username: z
    .string()
    .max(MAX_USERNAME_CHARS)
    .regex(/^[A-Za-z][A-Za-z0-9._@-]*$/, 'a letter, then letters, digits or . _ @ -'),
  password: z.string().min(MIN_PASSWORD_CHARS).max(MAX_PASSWORD_CHARS),
})
export type AdminRequest = z.infer<typeof adminRequestSchema>

/** GET /v1/account: whom the service takes the caller for. */
export const accountAnswerSchema = z.object({
  kind: z.enum(['owner', 'admin', 'key', 'job']),
  key: z.int().min(1).optional(),
  scopes: z.array(z.enum(scopes)),
})
