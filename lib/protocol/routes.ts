import * as z from 'zod'
import { type ErrorCode, errorCodes } from './errors.ts'
import { infoKeys, type JobFacts } from './info.ts'
import {
  MAX_BLOB_BYTES,
  MAX_BUNDLE_BYTES,
  MAX_CALL_WAIT_MS,
  MAX_LABEL_CHARS,
  MAX_LEASE_JIDS,
  MAX_LIST_ROWS,
  MAX_REQUEST_RANGES,
  MAX_SEGMENT_JOBS,
  MAX_WAIT_MS,
  MAX_WAIT_RESULTS,
} from './limits.ts'
import { jobOptionsSchema } from './options.ts'
import type { Packed } from './packed.ts'
import { failureSchema, jidSchema, rangeSchema, statusSchema } from './schemas.ts'

/** Every route of the HTTP app: method, path, and whether the bodies are frames. The OpenAPI document is made of these. */

const ranges = z.array(rangeSchema).max(MAX_REQUEST_RANGES)
export const hashSchema = z.string().regex(/^[0-9a-f]{64}$/, 'a SHA-256 in lower-case hex')
const hash = hashSchema
const section = z.int().min(0)

/** POST /v1/jids: leases jids, in whole blocks of 100, for submits to come. An idle lease expires. */
export const leaseRequestSchema = z.strictObject({ count: z.int().min(1).max(MAX_LEASE_JIDS) })
export const leaseAnswerSchema = z.object({ first: jidSchema, count: z.int().min(1), expires: z.int() })
export type LeaseRequest = z.infer<typeof leaseRequestSchema>
export type LeaseAnswer = z.infer<typeof leaseAnswerSchema>

/**
 * A function as a job names it. `bundle` is the content hash of everything (code and captured state); `code` is that
 * of the code alone: jobs of the same code may share a worker process whatever they captured.
 */
export const functionSchema = z.strictObject({
  bundle: hash,
  code: hash,
  /** Hashes of the package bundles that it needs, put like bundles. */
  modules: z.array(hash).max(1_000).optional(),
  /** The function's own name, or '' */
  name: z.string().max(1_000),
  /** The caller's Node major version. */
  node: z.int().min(1),
})
export type FunctionReference = z.infer<typeof functionSchema>

/** ≤ 100 consecutive jobs of one submission. `args` names two sections: a packed list's ends and bytes, a payload a job. */
export const segmentSchema = z.strictObject({
  first: jidSchema,
  count: z.int().min(1).max(MAX_SEGMENT_JOBS),
  args: z.tuple([section, section]),
})

/**
 * One submission or a further part of one. `id` is the jid of its first job. A map of unknown length sends `open: true`
 * until its last part; the same part sent again changes nothing (put if absent).
 */
export const submissionSchema = z.strictObject({
  id: jidSchema,
  function: functionSchema,
  options: jobOptionsSchema,
  segments: z.array(segmentSchema).max(MAX_SEGMENT_JOBS),
  open: z.boolean().optional(),
})

/** POST /v1/jobs (frame). */
export const submitHeaderSchema = z.strictObject({
  submissions: z.array(submissionSchema).min(1),
  /** Small bundles that ride along: hash and section. */
  bundles: z.array(z.strictObject({ hash, section })).optional(),
})
export type SubmitHeader = z.infer<typeof submitHeaderSchema>
export type Submission = z.infer<typeof submissionSchema>

export const submitAnswerSchema = z.object({
  /** Bundles or modules that the service lacks: nothing was accepted; put them and send the same request again. */
  missing: z.array(hash).optional(),
})
export type SubmitAnswer = z.infer<typeof submitAnswerSchema>

/** POST /v1/jobs/call (frame): a submit that is answered once all of its jobs have ended, or `wait` milliseconds after it was kept. */
export const callHeaderSchema = submitHeaderSchema.extend({ wait: z.int().min(0).max(MAX_CALL_WAIT_MS) })
export type CallHeader = z.infer<typeof callHeaderSchema>

/** POST /v1/jobs/wait: answers as soon as at least one of these jobs is terminal, or after `wait` ms. */
export const waitRequestSchema = z.strictObject({
  ranges: ranges.min(1),
  /** False: statuses only, no payloads. */
  results: z.boolean(),
  wait: z.int().min(0).max(MAX_WAIT_MS),
  limit: z.int().min(1).max(MAX_WAIT_RESULTS).optional(),
})
export type WaitRequest = z.infer<typeof waitRequestSchema>

/**
 * The wait's answer (frame): runs of finished jobs, in the order of their jids. Sections 0 and 1 are a packed list
 * with one entry for each finished job, in the same order: a `done` job's payload, else its Failure as JSON;
 * entries are empty when `results` was false.
 */
export const waitAnswerSchema = z.object({
  finished: z.array(z.object({ first: jidSchema, statuses: z.array(statusSchema) })),
  /** More were finished than fitted: ask again at once. */
  more: z.boolean(),
  /** Milliseconds to leave before the next ask; 0 = ask at once. */
  retryAfter: z.int().min(0),
})
export type WaitAnswer = z.infer<typeof waitAnswerSchema>

/** The call's answer (frame): that of the submit, and those of its jobs that have ended, with the sections of a wait's answer. */
export const callAnswerSchema = submitAnswerSchema.extend({ finished: waitAnswerSchema.shape.finished })
export type CallAnswer = z.infer<typeof callAnswerSchema>

/** POST /v1/jobs/status: run-length coded. */
export const statusRequestSchema = z.strictObject({ ranges: ranges.min(1) })
export const statusAnswerSchema = z.object({
  statuses: z.array(z.object({ first: jidSchema, count: z.int().min(1), status: statusSchema })),
})
export type StatusRequest = z.infer<typeof statusRequestSchema>
export type StatusAnswer = z.infer<typeof statusAnswerSchema>

/** POST /v1/jobs/info */
export const infoRequestSchema = z.strictObject({ ranges: ranges.min(1), keys: z.array(z.enum(infoKeys)).min(1) })
export type InfoRequest = z.infer<typeof infoRequestSchema>

export type { InfoKey, JobFacts } from './info.ts'

const moment = z.number().nullable().optional()
const workerLimitSchema = z.object({
  of: z.enum(['workers', 'executors']),
  highCpu: z.boolean().optional(),
  max: z.int(),
  busy: z.int(),
  jids: z.array(jidSchema),
})
const queuePlaceSchema = z.object({ messages: z.int(), before: z.int().nullable() })
const waitsForSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('dependency'), jid: jidSchema, total: z.int() }),
  z.object({ kind: z.literal('schedule'), at: z.number() }),
  z.object({ kind: z.literal('retry'), at: z.number() }),
  z.object({ kind: z.literal('chunk'), first: jidSchema, count: z.int(), before: z.int() }),
  z.object({ kind: z.literal('worker'), limit: workerLimitSchema.nullable(), queue: queuePlaceSchema.nullable() }),
])
export const infoAnswerSchema = z.object({
  jobs: z.array(
    z.object({
      jid: jidSchema,
      stdout: z.string().optional(),
      stderr: z.string().optional(),
      stdoutDropped: z.int().optional(),
      stderrDropped: z.int().optional(),
      exception: failureSchema.nullable().optional(),
      runtime: moment,
      status: statusSchema.optional(),
      created: z.number().optional(),
      started: moment,
      finished: moment,
      label: z.string().nullable().optional(),
      attempts: z.int().optional(),
      memory: moment,
      cputime: z.object({ user: z.number(), system: z.number() }).nullable().optional(),
      billed: moment,
      cost: moment,
      profile: z.string().nullable().optional(),
      function: z.string().optional(),
      parent: jidSchema.nullable().optional(),
      highCpu: z.boolean().optional(),
      waitsFor: waitsForSchema.nullable().optional(),
    }),
  ),
})
export interface InfoAnswer {
  readonly jobs: readonly (JobFacts & { readonly jid: number })[]
}

/** POST /v1/jobs/kill: these jobs, or with no ranges every unfinished job of the principal. */
export const killRequestSchema = z.strictObject({ ranges: ranges.optional(), tree: z.boolean().optional() })
export type KillRequest = z.infer<typeof killRequestSchema>

/** POST /v1/jobs/delete */
export const deleteRequestSchema = z.strictObject({ ranges: ranges.min(1) })
export type DeleteRequest = z.infer<typeof deleteRequestSchema>

/** GET /v1/jobs: newest submissions first. */
export const listRequestSchema = z.strictObject({
  label: z.string().max(MAX_LABEL_CHARS).optional(),
  status: statusSchema.optional(),
  since: z.coerce.number().int().min(0).optional(),
  limit: z.coerce.number().int().min(1).max(MAX_LIST_ROWS).optional(),
  cursor: z.string().max(1_000).optional(),
})
export type ListRequest = z.infer<typeof listRequestSchema>
export const listAnswerSchema = z.object({
  jobs: z.array(
    z.object({
      first: jidSchema,
      count: z.int().min(1),
      status: statusSchema,
      label: z.string().nullable(),
      function: z.string(),
      created: z.int(),
    }),
  ),
  cursor: z.string().optional(),
})
export type ListAnswer = z.infer<typeof listAnswerSchema>

/** POST /v1/blobs: where to PUT a large payload; the URL may be relative (this app) or presigned. */
export const uploadRequestSchema = z.strictObject({ size: z.int().min(0).max(MAX_BLOB_BYTES) })
const uploadPlaceSchema = z.object({ url: z.string(), headers: z.record(z.string(), z.string()).optional() })
export const uploadAnswerSchema = uploadPlaceSchema.extend({ key: z.string() })
export type UploadRequest = z.infer<typeof uploadRequestSchema>
export interface UploadAnswer extends BundleUploadAnswer {
  readonly key: string
}

/** POST /v1/functions/:hash/upload: where to PUT a bundle that is too large for a request, and the headers to send with it. */
export const bundleUploadRequestSchema = z.strictObject({ size: z.int().min(1).max(MAX_BUNDLE_BYTES) })
export const bundleUploadAnswerSchema = uploadPlaceSchema
export type BundleUploadRequest = z.infer<typeof bundleUploadRequestSchema>
export interface BundleUploadAnswer {
  readonly url: string
  readonly headers?: Readonly<Record<string, string>>
}

/** A failed request's body: RFC 9457, with our code. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  code: z.enum(Object.keys(errorCodes) as [ErrorCode, ...ErrorCode[]]),
  jid: jidSchema.optional(),
  hint: z.string().optional(),
  /** The request's: what the service's log knows it by. */
  requestId: z.string().optional(),
})
export type Problem = z.infer<typeof problemSchema>

/** What the wait answers inside the process, before it becomes a frame. */
export interface Finished {
  readonly answer: WaitAnswer
  readonly payloads: Packed
}

/** The same of a call. */
export interface Called {
  readonly answer: CallAnswer
  readonly payloads: Packed
}
