import { TrieRouter } from 'hono/router/trie-router'
import { CloudException } from '../protocol/errors.ts'
import type { Route } from './route.ts'

/** The value of a parameter of the path, by its name. */
export type ParamOf = (name: string) => string | undefined
/** Methods as an `Allow` header lists them. */
const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE'] as const

export interface Router {
  /** The route of a method and a path, and what the path says; undefined: there is none. Throws `invalid-request` for a path that is none. */
  find(method: string, path: string): readonly [Route, ParamOf] | undefined
  /** The methods that a path takes; none: there is nothing there. */
  methodsOf(path: string): readonly string[]
}

/** Knows paths with parameters too. */
export function createRouter(routes: readonly Route[]): Router {
  const router = new TrieRouter<Route>()
  for (const route of routes) router.add(route.method.toUpperCase(), route.path, route)
  return {
    find(method, path) {
      const [found] = router.match(method, path)
      const first = found[0]
      if (first === undefined) return undefined
      const [route, params] = first as readonly [Route, Readonly<Record<string, string>>]
      return [route, name => decoded(params[name])]
    },
    // HEAD is answered as GET.
    methodsOf: path => METHODS.filter(method => router.match(method === 'HEAD' ? 'GET' : method, path)[0].length > 0),
  }
}

function decoded(text: string | undefined): string | undefined {
  try {
    return text === undefined ? undefined : decodeURIComponent(text)
  } catch (cause) {
    throw new CloudException(`The path can’t be read at “${text?.slice(0, 100)}”.`, { code: 'invalid-request', cause })
  }
}
