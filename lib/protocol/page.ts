import * as z from 'zod'
import { MAX_LIST_ROWS } from './limits.ts'

/** What each request for a listing by name says of the page that it wants. */
export const pageShape = {
  /** What the page before gave; none: the first page. Opaque, and of at most 2,000 characters: a name of 1,000 bytes in base64. */
  cursor: z.string().max(2_000).optional(),
  /** Rows, at most. */
  limit: z.coerce.number().int().min(1).max(MAX_LIST_ROWS).optional(),
} as const

/** GET of a listing that takes nothing else. */
export const pageRequestSchema = z.strictObject(pageShape)
export type PageRequest = z.infer<typeof pageRequestSchema>
