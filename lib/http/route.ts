import type * as z from 'zod'
import { toDotPath } from 'zod/v4/core'
import type { Engine } from '../engine/engine.ts'
import { CloudException } from '../protocol/errors.ts'
import type { Principal } from '../protocol/job.ts'
import type { LocalResponse, RequestLike } from '../protocol/message.ts'
import type { Scope } from '../protocol/scope.ts'

/** What the app needs of the engine. */
export type Service = Pick<
  Engine,
  | 'lease'
  | 'submit'
  | 'call'
  | 'wait'
  | 'status'
  | 'info'
  | 'kill'
  | 'delete'
  | 'list'
  | 'accounts'
  | 'crons'
  | 'published'
  | 'files'
  | 'environments'
  | 'awaitResult'
  | 'hasBundle'
  | 'putBundle'
  | 'uploadBundle'
  | 'upload'
  | 'putBlob'
  | 'getBlob'
> &
  Partial<Pick<Engine, 'blobUrl'>>

/** What a route's handler is given. */
export interface Asked {
  readonly request: RequestLike
  readonly principal: Principal
  /** A part of the path, as it was matched. */
  param(name: string): string
}

export type BodyKind = 'none' | 'json' | 'frame' | 'bytes' | 'html' | 'text'

/** Who is served: whoever comes, or principals with this scope, `any` = whichever. */
type Admission =
  | { readonly open: true; readonly scope?: never }
  | { readonly scope: Scope | 'any'; readonly open?: never }

/** A route as the app serves it and as the OpenAPI document tells it. */
export type Route = Served & Admission

interface Served {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  readonly path: string
  /** Of the parts of the path that are no plain text. */
  readonly params?: Readonly<Record<string, z.ZodType>>
  /** One sentence, for the document. */
  readonly summary: string
  readonly body: BodyKind
  /** Of the body (JSON), of the frame's header, or of the query (no body). */
  readonly asks?: z.ZodType
  readonly answers: BodyKind
  readonly answer?: z.ZodType
  /** The status of success. Default 200. */
  readonly status?: 200 | 201 | 204
  handle(asked: Asked): LocalResponse | Promise<LocalResponse>
}

/** Requests of a kind after which its schema is compiled: that takes milliseconds once, and makes each check ten times faster. */
const HOT = 32

/** Reads what was asked as its schema says; `invalid-request` tells where it went wrong. */
export function reader<T>(schema: z.ZodType<T>): (value: unknown) => T {
  let current = schema
  let uses = 0
  const compiled = async (): Promise<void> => {
    const { compile } = await import('./compile-schema.ts')
    current = compile(schema)
  }
  return value => {
    if (++uses === HOT) void compiled()
    const result = current.safeParse(value)
    if (result.success) return result.data
    throw refused(result.error)
  }
}

function refused(error: z.ZodError): CloudException {
  const issues = error.issues.slice(0, 3).map(({ path, message }) => `${toDotPath(path) || 'it'}: ${message}`)
  return new CloudException(`The request is not as this route takes it: ${issues.join('; ')}.`, {
    code: 'invalid-request',
    cause: error,
  })
}
