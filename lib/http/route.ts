import * as z from 'zod'
import { CloudException } from '../protocol/errors.ts'
import type { Frame } from '../protocol/frame.ts'
import type { Principal } from '../protocol/job.ts'
import type { LocalResponse, RequestLike } from '../protocol/message.ts'

/** What a route's handler is given. */
export interface Asked {
  readonly request: RequestLike
  readonly principal: Principal
  /** A part of the path, as it was matched. */
  param(name: string): string
}

export type BodyKind = 'none' | 'json' | 'frame' | 'bytes'

/** A route as the app serves it and as the OpenAPI document tells it. */
export interface Route {
  readonly method: 'get' | 'post' | 'put'
  readonly path: string
  /** One sentence, for the document. */
  readonly summary: string
  readonly body: BodyKind
  /** Of the body (JSON), of the frame's header, or of the query (no body). */
  readonly asks?: z.ZodType
  readonly answers: BodyKind
  readonly answer?: z.ZodType
  /** The status of success. Default 200. */
  readonly status?: 200 | 201 | 204
  /** Served without a key. */
  readonly open?: true
  handle(asked: Asked): LocalResponse | Promise<LocalResponse>
}

/** What was asked, as its schema reads it; `invalid-request` says where it went wrong. */
export function parse<T>(schema: z.ZodType<T>, value: unknown): T {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues
    .slice(0, 3)
    .map(issue => `${z.core.toDotPath(issue.path) || 'it'}: ${issue.message}`)
  throw new CloudException(`The request is not as this route takes it: ${issues.join('; ')}.`, {
    code: 'invalid-request',
    cause: result.error,
  })
}

/** A section that the header names by its number. */
export function sectionOf({ sections }: Frame, index: number): Uint8Array {
  const section = sections[index]
  if (section !== undefined) return section
  throw new CloudException(`The header names section ${index} of ${sections.length}.`, { code: 'invalid-request' })
}
