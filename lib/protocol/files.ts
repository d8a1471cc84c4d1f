import * as z from 'zod'
import { nameProblem } from './file-name.ts'
import { FILE_PART_BYTES, MAX_ASKED_PARTS, MAX_FILE_BYTES, MAX_FILE_PARTS, MAX_RECORD_NAME_BYTES } from './limits.ts'
import { pageShape } from './page.ts'

export const fileNameSchema = z.string().superRefine((name, context) => {
  const message = nameProblem(name)
  if (message !== undefined) context.addIssue({ code: 'custom', message })
})

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex')
const md5 = z.string().regex(/^[0-9a-f]{32}$/, 'an MD5 in lower-case hex')
export const uploadIdSchema = z.string().regex(/^[0-9a-f]{40}$/, '40 lower-case hex digits')
/** `INDEX-SHA256`: a part as its path names it. */
export const partNameSchema = z.string().regex(/^(?:0|[1-9][0-9]{0,2})-[0-9a-f]{64}$/, 'INDEX-SHA256')

const partSchema = z.strictObject({ size: z.int().min(1).max(FILE_PART_BYTES), sha256 })
export type FilePart = z.infer<typeof partSchema>

/** POST /v1/files/parts: where to put these parts of a file that is to come; the first of them has the index `first`. */
export const filePartsRequestSchema = z.strictObject({
  name: fileNameSchema,
  upload: uploadIdSchema,
  first: z.int().min(0).max(MAX_FILE_PARTS),
  parts: z.array(partSchema).min(1).max(MAX_ASKED_PARTS),
})
export type FilePartsRequest = z.infer<typeof filePartsRequestSchema>
export const filePartsAnswerSchema = z.object({
  /** In their order; those that are there already have no address. */
  parts: z.array(z.object({ url: z.string().optional(), headers: z.record(z.string(), z.string()).optional() })),
})
export type FilePartsAnswer = z.infer<typeof filePartsAnswerSchema>

/** DELETE /v1/files/parts: what came of an upload that is not to go on. */
export const fileAbandonSchema = z.strictObject({ name: fileNameSchema, upload: uploadIdSchema })

/** PUT /v1/files: all parts are there; from now on the name means them. */
export const fileCommitSchema = z.strictObject({
  name: fileNameSchema,
  upload: uploadIdSchema,
  size: z.int().min(0).max(MAX_FILE_BYTES),
  md5,
  parts: z.array(partSchema).max(MAX_FILE_PARTS),
})
export type FileCommit = z.infer<typeof fileCommitSchema>

export const fileFactsSchema = z.object({
  name: z.string(),
  size: z.int(),
  md5: z.string(),
  created: z.int(),
  modified: z.int(),
})
export type FileFacts = z.infer<typeof fileFactsSchema>

/** GET /v1/files */
export const fileListRequestSchema = z.strictObject({
  prefix: z.string().max(MAX_RECORD_NAME_BYTES).optional(),
  ...pageShape,
})
export type FileListRequest = z.infer<typeof fileListRequestSchema>
export const fileListSchema = z.object({ files: z.array(fileFactsSchema), cursor: z.string().optional() })
export type FileList = z.infer<typeof fileListSchema>

export const fileNameRequestSchema = z.strictObject({ name: fileNameSchema })

/** GET /v1/files/parts: a file, and where its parts are to be read. */
export const filePlacesSchema = fileFactsSchema.extend({
  upload: z.string(),
  parts: z.array(z.object({ size: z.int(), sha256: z.string(), url: z.string() })),
})
export type FilePlaces = z.infer<typeof filePlacesSchema>
