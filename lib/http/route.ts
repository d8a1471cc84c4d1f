import type * as z from 'zod'
import type { Engine } from '../engine/engine.ts'
import type { Principal } from '../protocol/job.ts'
import type { LocalResponse, RequestLike } from '../protocol/message.ts'
import type { Scope } from '../protocol/scope.ts'
import type { SchemaName } from './request/late-reader.ts'

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

/** A schema itself, or the name of one that is not loaded before it is needed. */
export type RouteSchema = z.ZodType | SchemaName

/** A route as the app serves it and as the OpenAPI document tells it. */
export type Route = Served & Admission

interface Served {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  readonly path: string
  /** Of the parts of the path that are no plain text. */
  readonly params?: Readonly<Record<string, RouteSchema>>
  /** One sentence, for the document. */
  readonly summary: string
  readonly body: BodyKind
  /** Of the body (JSON), of the frame's header, or of the query (no body). */
  readonly asks?: RouteSchema
  readonly answers: BodyKind
  readonly answer?: RouteSchema
  /** The status of success. Default 200. */
  readonly status?: 200 | 201 | 204
  /** What it answers besides, for the document: what every route of its kind answers is known. */
  readonly also?: readonly (202 | 206 | 302 | 304 | 404 | 409 | 410 | 416 | 422)[]
  handle(asked: Asked): LocalResponse | Promise<LocalResponse>
}
