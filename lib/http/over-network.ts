import { LocalRequest, type LocalResponse, type RequestLike } from '../protocol/message.ts'
import { dress, withId } from './dress.ts'
import { REQUEST_ID, requestIdOf } from './request-id.ts'
import type { Heard, Watcher } from './watcher.ts'

export interface OverNetworkParts {
  answer(request: RequestLike, heard: Heard): Promise<LocalResponse>
  readonly watcher: Watcher | undefined
}

/** Requests that come over a network, or that somebody watches: each has an id. Those of one process are answered as they are. */
export function createOverNetwork({ answer, watcher }: OverNetworkParts) {
  return async (request: RequestLike): Promise<LocalResponse> => {
    const requestId = requestIdOf(request.headers.get(REQUEST_ID))
    const begun = performance.now()
    const heard: Heard = {}
    const run = () => answer(request, heard)
    const bare = await (watcher === undefined ? run() : watcher.within(requestId, run))
    const named = withId(bare, requestId)
    const response = request instanceof LocalRequest ? named : await dress(request, named, requestId)
    watcher?.answered({
      requestId,
      method: request.method,
      route: heard.route?.path,
      status: response.status,
      ms: performance.now() - begun,
      principal: heard.principal,
    })
    return response
  }
}
