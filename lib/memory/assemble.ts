import { randomBytes } from 'node:crypto'
import { createEngine } from '../engine/engine.ts'
import { uploadKey } from '../engine/ports/blob-keys.ts'
import { createApp } from '../http/app.ts'
import type { Principal } from '../protocol/job.ts'
import type { Fetch, RequestLike } from '../protocol/message.ts'
import { sha256 } from '../value/sha256.ts'
import type { Serve } from '../worker/asks.ts'
import { takeWorkers } from './assemble-workers.ts'
import { systemClock } from './clock.ts'
import { createJobStore } from './job-store.ts'
import { createQueue } from './queue.ts'
import { createTimers } from './timers.ts'

export interface AssembleOptions {
  /** Child processes that run jobs. Default: one a core. */
  readonly workers?: number
}

export interface LocalService {
  readonly fetch: Fetch
  /** Keeps a large payload as it is now, and returns its key: an upload without a copy in between. */
  stage(parts: readonly Uint8Array[]): string
  /** Ends the child processes and forgets all jobs. */
  close(): Promise<void>
}

const owner: Principal = { kind: 'owner' }

/** All of `cloud.mp`: the engine over memory, the HTTP app as a `fetch`, and a pool of child processes. */
export function assemble({ workers }: AssembleOptions = {}): LocalService {
  const clock = systemClock
  const timers = createTimers(clock)
  const crew = takeWorkers(workers)
  const { blobs, launcher } = crew
  const asking = new WeakMap<RequestLike, Principal>()
  const serve: Serve = (request, principal) => {
    asking.set(request, principal)
    return app.fetch(request)
  }
  const engine = createEngine(
    {
      store: createJobStore(),
      jobs: createQueue({ clock, timers }),
      control: createQueue({ clock, timers }),
      blobs,
      timers,
      clock,
      digest: sha256,
      launcher,
    },
    { onError: warn },
  )
  const app = createApp(engine, { principalOf: request => asking.get(request) ?? owner })
  crew.answerBy(serve)
  engine.start()
  return {
    fetch: request => app.fetch(request),
    stage(parts) {
      const key = uploadKey(randomBytes(20).toString('hex'))
      blobs.stage({ key, parts })
      return key
    },
    async close() {
      await engine.close()
      await crew.close()
    },
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), 'PiCloudServiceError')
}
