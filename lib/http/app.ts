import { CloudException } from '../protocol/errors.ts'
import type { Principal } from '../protocol/job.ts'
import { LocalRequest, type LocalResponse, type RequestLike } from '../protocol/message.ts'
import { paths } from '../protocol/paths.ts'
import type { Published } from '../protocol/published.ts'
import { scopesOf } from '../protocol/scope.ts'
import { admit } from './admit.ts'
import { json } from './answer.ts'
import { MethodNotAllowed } from './method-not-allowed.ts'
import { problemOf } from './problem.ts'
import type { Route, Service } from './route.ts'
import type { ParamOf, Router } from './router.ts'
import { blobRoutes } from './routes/blobs.ts'
import { functionRoutes } from './routes/functions.ts'
import { jobRoutes } from './routes/jobs.ts'
import type { Heard, Watcher } from './watcher.ts'

export interface AppOptions {
  /** Who makes this request; undefined = nobody we know, which answers 401. May throw with its own code. */
  principalOf(request: RequestLike): Principal | undefined | Promise<Principal | undefined>
  /** Told of errors that are the service's own fault. Default: a process warning. */
  report?(error: unknown): void
  /** Looks on while requests are answered: for logs and metrics. Default: nobody. */
  readonly watcher?: Watcher | undefined
  /** Routes of this way of running alone. Default: none. */
  readonly more?: readonly Route[]
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
export function createApp(engine: Service, { principalOf, report = warn, watcher, more = [] }: AppOptions): App {
  /** What is published, for the document; nothing for those who may not read it. */
  async function readable(request: RequestLike): Promise<readonly Published[]> {
    if (request.headers.get('authorization') === null) return []
    const principal = await principalOf(request)
    if (principal === undefined || !scopesOf(principal).includes('read')) return []
    return (await engine.published.list({})).published
  }
  const jobs: readonly Route[] = [...jobRoutes(engine), ...functionRoutes(engine), ...blobRoutes(engine)]
  const direct = directRoutes(jobs)
  let router: Promise<Router> | undefined
  let overNetwork: Promise<(request: RequestLike) => Promise<LocalResponse>> | undefined

  async function createRouter(): Promise<Router> {
    const [router, { serviceRoutes }, { documentRoutes }] = await Promise.all([
      import('./router.ts'),
      import('./routes/service-routes.ts'),
      import('./documents/documents.ts'),
    ])
    const described = [...jobs, ...serviceRoutes(engine), ...more, healthRoute]
    return router.createRouter([...described, ...documentRoutes(described, readable)])
  }

  /** Requests of one process mostly go without a router: it is loaded for the first that does not. */
  async function find(request: RequestLike): Promise<readonly [Route, ParamOf]> {
    router ??= createRouter()
    const { find, methodsOf } = await router
    const path = pathOf(request.url)
    const found = find(request.method, path)
    if (found === undefined) throw noRoute(request.method, path, methodsOf(path))
    return found
  }

  async function answer(request: RequestLike, heard?: Heard): Promise<LocalResponse> {
    try {
      const plain = direct.get(pathOf(request.url))?.[request.method]
      const [route, paramOf] = plain === undefined ? await find(request) : [plain, none]
      if (heard !== undefined) heard.route = route
      const who = route.open ? owner : principalOf(request)
      const principal = who instanceof Promise ? await who : who
      if (heard !== undefined && principal !== undefined && !route.open) heard.principal = principal
      admit(route, principal)
      return await route.handle({ request, principal, param: name => paramOf(name) ?? '' })
    } catch (error) {
      if (!CloudException.isCloudException(error) || error.code === 'internal') report(error)
      return problemOf(error)
    }
  }

  function serve(request: RequestLike): Promise<LocalResponse> {
    if (request instanceof LocalRequest && watcher === undefined) return answer(request)
    overNetwork ??= import('./over-network.ts').then(made => made.createOverNetwork({ answer, watcher }))
    return overNetwork.then(answerOver => answerOver(request))
  }
  async function fetchWeb(request: Request): Promise<Response> {
    return (await serve(request)).toResponse()
  }
  function fetch(request: LocalRequest): Promise<LocalResponse>
  function fetch(request: Request): Promise<Response>
  function fetch(request: LocalRequest | Request): Promise<LocalResponse | Response> {
    return request instanceof LocalRequest ? serve(request) : fetchWeb(request)
  }
  return { fetch, serve }
}

const owner: Principal = { kind: 'owner' }
const none: ParamOf = () => undefined

/** Routes without a parameter, by path and method: requests of one process, which are many and small, find theirs here. */
function directRoutes(routes: readonly Route[]): ReadonlyMap<string, Readonly<Record<string, Route>>> {
  const plain = routes.filter(({ path }) => !path.includes(':'))
  const byPath = Map.groupBy(plain, ({ path }) => path)
  const byMethod = (same: readonly Route[]) =>
    Object.fromEntries(same.map(route => [route.method.toUpperCase(), route]))
  return new Map([...byPath].map(([path, same]) => [path, byMethod(same)]))
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

function noRoute(method: string, path: string, allowed: readonly string[]): CloudException {
  const shown = path.slice(0, 200)
  if (allowed.length > 0) return new MethodNotAllowed(`${shown} takes no ${method}.`, allowed)
  return new CloudException(`There is no route ${method} ${shown}.`, { code: 'not-found' })
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), 'PiCloudServiceError')
}
