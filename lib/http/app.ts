import { type Context, Hono } from 'hono'
import { CloudException } from '../protocol/errors.ts'
import type { Principal } from '../protocol/job.ts'
import { LocalRequest, type LocalResponse, type RequestLike } from '../protocol/message.ts'
import { paths } from '../protocol/paths.ts'
import { json } from './answer.ts'
import { blobRoutes } from './blobs.ts'
import { functionRoutes } from './functions.ts'
import { jobRoutes } from './jobs.ts'
import { openApiRoute } from './openapi.ts'
import { problemOf } from './problem.ts'
import type { Route, Service } from './route.ts'

export interface AppOptions {
  /** Who makes this request; undefined = nobody we know, which answers 401. May throw with its own code. */
  principalOf(request: RequestLike): Principal | undefined | Promise<Principal | undefined>
  /** Told of errors that are the service's own fault. Default: a process warning. */
  report?(error: unknown): void
}

export interface App {
  /** In one process, with bodies by reference. */
  fetch(request: LocalRequest): Promise<LocalResponse>
  /** As any web server calls it. */
  fetch(request: Request): Promise<Response>
}

/** The whole HTTP service over an engine, as a `fetch`. It holds no state of its own. */
export function createApp(engine: Service, { principalOf, report = warn }: AppOptions): App {
  const routes: Route[] = [...jobRoutes(engine), ...functionRoutes(engine), ...blobRoutes(engine), healthRoute]
  routes.push(openApiRoute(routes))
  const hono = new Hono()
  for (const route of routes) hono.on(route.method.toUpperCase(), route.path, handlerOf(route, principalOf))
  hono.notFound(context => asWeb(problemOf(noRoute(context.req.raw))))
  hono.onError(error => {
    if (!CloudException.isCloudException(error) || error.code === 'internal') report(error)
    return asWeb(problemOf(error))
  })
  const dispatch = hono.fetch as unknown as (request: RequestLike) => LocalResponse | Promise<LocalResponse>
  async function fetch(request: LocalRequest): Promise<LocalResponse>
  async function fetch(request: Request): Promise<Response>
  async function fetch(request: LocalRequest | Request): Promise<LocalResponse | Response> {
    const answer = await dispatch(request)
    return request instanceof LocalRequest ? answer : answer.toResponse()
  }
  return { fetch }
}

function handlerOf(route: Route, principalOf: AppOptions['principalOf']): (context: Context) => Promise<Response> {
  return async context => {
    const request: RequestLike = context.req.raw
    const found = route.open ? ({ kind: 'owner' } as const) : principalOf(request)
    const principal = found instanceof Promise ? await found : found
    if (principal === undefined)
      throw new CloudException('This request carries no valid key.', { code: 'unauthorized' })
    return asWeb(await route.handle({ request, principal, param: name => context.req.param(name) ?? '' }))
  }
}

const healthRoute: Route = {
  method: 'get',
  path: paths.health,
  summary: 'That the service answers.',
  body: 'none',
  answers: 'json',
  open: true,
  handle: () => json({ ok: true }),
}

function noRoute({ method, url }: RequestLike): CloudException {
  return new CloudException(`There is no route ${method} ${new URL(url).pathname}.`, { code: 'not-found' })
}

/** Hono hands on what its handlers return; only `createApp` needs to know that it is not yet a web Response. */
function asWeb(answer: LocalResponse): Response {
  return answer as unknown as Response
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), 'PiCloudServiceError')
}
