import { TrieRouter } from 'hono/router/trie-router'
import { CloudException } from '../protocol/errors.ts'
import type { Route } from './route.ts'

/** The value of a parameter of the path, by its name. */
export type ParamOf = (name: string) => string | undefined
/** The route of a method and a path, and what the path says; undefined: there is none. Throws `invalid-request` for a path that is none. */
export type Router = (method: string, path: string) => readonly [Route, ParamOf] | undefined

/** Knows paths with parameters too. */
export function createRouter(routes: readonly Route[]): Router {
  const router = new TrieRouter<Route>()
  for (const route of routes) router.add(route.method.toUpperCase(), route.path, route)
  return (method, path) => {
    const [found] = router.match(method, path)
    const first = found[0]
    if (first === undefined) return undefined
    const [route, params] = first as readonly [Route, Readonly<Record<string, string>>]
    return [route, name => decoded(params[name])]
  }
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch (cause) {
    throw new CloudException(`The path can’t be read at “${text?.slice(0, 100)}”.`, { code: 'invalid-request', cause })
  }
}
