import { CloudException } from '../protocol/errors.ts'
import type { Principal } from '../protocol/job.ts'
import { LocalRequest, type LocalResponse, type RequestLike } from '../protocol/message.ts'
import { paths } from '../protocol/paths.ts'
import { type Scope, scopesOf } from '../protocol/scope.ts'
import { accountRoutes } from './account.ts'
import { json } from './answer.ts'
import { blobRoutes } from './blobs.ts'
import { functionRoutes } from './functions.ts'
import { jobRoutes } from './jobs.ts'
import { openApiRoute } from './openapi.ts'
import { problemOf } from './problem.ts'
import type { Route, Service } from './route.ts'
import type { ParamOf } from './router.ts'

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
  /** As a server calls it that has requests of its own kind: the parts of the answer are for it to write. */
  serve(request: RequestLike): Promise<LocalResponse>
}

/** The whole HTTP service over an engine, as a `fetch`. It holds no state of its own. */
export function createApp(engine: Service, { principalOf, report = warn }: AppOptions): App {
  const routes: Route[] = [
    ...jobRoutes(engine),
    ...functionRoutes(engine),
    ...blobRoutes(engine),
    ...accountRoutes(engine),
    healthRoute,
  ]
  routes.push(openApiRoute(routes))
  const failed = (error: unknown): LocalResponse => {
    if (!CloudException.isCloudException(error) || error.code === 'internal') report(error)
    return problemOf(error)
  }
  let router: Promise<(request: RequestLike) => LocalResponse | Promise<LocalResponse>> | undefined
  // Requests of one process mostly go without it: it is loaded for the first that does not.
  const dispatch = async (request: RequestLike): Promise<LocalResponse> => {
    router ??= import('./router.ts').then(({ createRouter }) =>
      createRouter({
        routes,
        answer: (route, asked, paramOf) => answer(route, asked, principalOf, paramOf),
        none: asked => problemOf(noRoute(asked)),
        failed,
      }),
    )
    return (await router)(request)
  }
  const direct = directRoutes(routes)

  async function serve(request: RequestLike): Promise<LocalResponse> {
    const route = direct.get(`${request.method} ${pathOf(request.url)}`)
    if (route === undefined) return dispatch(request)
    try {
      return await answer(route, request, principalOf, none)
    } catch (error) {
      return failed(error)
    }
  }
  async function fetchWeb(request: Request): Promise<Response> {
    return (await dispatch(request)).toResponse()
  }
  function fetch(request: LocalRequest): Promise<LocalResponse>
  function fetch(request: Request): Promise<Response>
  function fetch(request: LocalRequest | Request): Promise<LocalResponse | Response> {
    return request instanceof LocalRequest ? serve(request) : fetchWeb(request)
  }
  return { fetch, serve }
}

const none: ParamOf = () => undefined

function answer(
  route: Route,
  request: RequestLike,
  principalOf: AppOptions['principalOf'],
  paramOf: ParamOf,
): LocalResponse | Promise<LocalResponse> {
  const given = (principal: Principal | undefined): LocalResponse | Promise<LocalResponse> => {
    if (principal === undefined) {
      throw new CloudException('This request carries no valid key.', { code: 'unauthorized' })
    }
    const { scope = 'any' } = route
    if (scope !== 'any' && !scopesOf(principal).includes(scope)) throw lacking(principal, scope)
    return route.handle({ request, principal, param: name => paramOf(name) ?? '' })
  }
  if (route.open) return given({ kind: 'owner' })
  const principal = principalOf(request)
  return principal instanceof Promise ? principal.then(given) : given(principal)
}

function lacking({ kind }: Principal, scope: Scope): CloudException {
  return kind === 'job'
    ? new CloudException(`This takes the scope ${scope}, which jobs do not have.`, {
        code: 'forbidden',
        hint: 'Do it from outside, or give the job a key for that and let it connect with it.',
      })
    : new CloudException(`This takes the scope ${scope}, which this key does not have.`, { code: 'forbidden' })
}

/** Routes without a parameter, by method and path: requests of one process, which are many and small, find theirs here. */
function directRoutes(routes: readonly Route[]): ReadonlyMap<string, Route> {
  const plain = routes.filter(({ path }) => !path.includes(':'))
  return new Map(plain.map(route => [`${route.method.toUpperCase()} ${route.path}`, route]))
}

/** Of a whole URL: what stands between its host and its query. */
function pathOf(url: string): string {
  const start = url.indexOf('/', url.indexOf('//') + 2)
  const end = url.indexOf('?', start)
  return end < 0 ? url.slice(start) : url.slice(start, end)
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

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), 'PiCloudServiceError')
}
