import type { Principal } from '../protocol/job.ts'
import type { Route } from './route.ts'

/** A request that was answered, for logs and metrics. */
export interface Answered {
  readonly requestId: string
  readonly method: string
  /** The route's pattern, as keys of blobs and the like are nothing for a log; undefined where there is no such route. */
  readonly route: string | undefined
  readonly status: number
  /** Milliseconds until the answer was ready. */
  readonly ms: number
  readonly principal: Principal | undefined
}

/** What is known of a request by and by. */
export interface Heard {
  route?: Route
  principal?: Principal
}

/** Looks on while requests are answered. */
export interface Watcher {
  answered(facts: Answered): void
  /** Runs the answering of a request, so that what is logged meanwhile can name it. */
  within<Result>(requestId: string, run: () => Result): Result
}
