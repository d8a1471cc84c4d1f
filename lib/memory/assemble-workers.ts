import type { Launcher } from '../engine/ports/launcher.ts'
import type { Principal } from '../protocol/job.ts'
import type { LocalRequest, LocalResponse } from '../protocol/message.ts'
import type { Serve } from '../worker/asks.ts'
import { createPool } from '../worker/create-pool.ts'
import { type Ahead, processOptions } from './assemble-ahead.ts'
import { createBlobs, type MemoryBlobs } from './blobs.ts'

/** Milliseconds for which children that were started ahead wait for somebody to use them. */
const AHEAD_MS = 1_000

/** The half of `cloud.mp` that is started first: its children, and what they read. */
export interface Workers {
  readonly blobs: MemoryBlobs
  readonly launcher: Launcher
  /** Says who answers the requests of jobs: before the first job. */
  answerBy(serve: Serve): void
  close(): Promise<void>
}

let ahead: { readonly workers: Workers; readonly timer: NodeJS.Timeout } | undefined

/**
 * Takes the first child in while its parent still loads the rest and captures; given up when nobody takes it over soon.
 * @public (default-cloud.ts requires it when it is needed)
 */
export function startAhead(spawned: Ahead): void {
  const workers = startWorkers(undefined, spawned)
  const timer = setTimeout(() => {
    ahead = undefined
    void workers.close()
  }, AHEAD_MS)
  ahead = { workers, timer: timer.unref() }
}

/** Those that were started ahead, if their number is the default one; else new ones. */
export function takeWorkers(count?: number): Workers {
  if (ahead === undefined || count !== undefined) return startWorkers(count)
  const { workers, timer } = ahead
  clearTimeout(timer)
  ahead = undefined
  return workers
}

function startWorkers(count?: number, spawned?: Ahead): Workers {
  const blobs = createBlobs(spawned?.folder)
  let answer: Serve | undefined
  const serve = (request: LocalRequest, principal: Principal): Promise<LocalResponse> =>
    (answer as Serve)(request, principal)
  const launcher = createPool({
    ...processOptions,
    ...(count !== undefined && { workers: count }),
    blobs,
    serve,
    first: spawned?.child,
  })
  return {
    blobs,
    launcher,
    answerBy(serve) {
      answer = serve
    },
    async close() {
      await launcher.close()
      blobs.close()
    },
  }
}
