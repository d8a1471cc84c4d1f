import { Hono } from 'hono'
import type { LocalResponse, RequestLike } from '../protocol/message.ts'
import type { Route } from './route.ts'

/** The value of a parameter of the path, by its name. */
export type ParamOf = (name: string) => string | undefined

export interface RouterParts {
  readonly routes: readonly Route[]
  answer(route: Route, request: RequestLike, paramOf: ParamOf): LocalResponse | Promise<LocalResponse>
  /** What a request is told that fits no route. */
  none(request: RequestLike): LocalResponse
  failed(error: unknown): LocalResponse
}

/** Finds the route of a request, paths with parameters included. */
export function createRouter({
  routes,
  answer,
  none,
  failed,
}: RouterParts): (request: RequestLike) => LocalResponse | Promise<LocalResponse> {
  const hono = new Hono()
  for (const route of routes) {
    hono.on(route.method.toUpperCase(), route.path, async ({ req }) => {
      return asWeb(await answer(route, req.raw, name => req.param(name)))
    })
  }
  hono.notFound(context => asWeb(none(context.req.raw)))
  hono.onError(error => asWeb(failed(error)))
  return hono.fetch as unknown as (request: RequestLike) => LocalResponse | Promise<LocalResponse>
}

/** Hono hands on what its handlers return; only `createApp` needs to know that it is not yet a web Response. */
function asWeb(answer: LocalResponse): Response {
  return answer as unknown as Response
}
