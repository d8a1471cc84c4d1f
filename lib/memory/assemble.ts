import { createHash } from 'node:crypto'
import { createEngine } from '../engine/engine.ts'
import { createApp } from '../http/app.ts'
import type { Principal } from '../protocol/job.ts'
import type { Fetch, RequestLike } from '../protocol/message.ts'
import type { Serve } from '../worker/asks.ts'
import { createPool } from '../worker/create-pool.ts'
import { createBlobs } from './blobs.ts'
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
  /** Ends the child processes and forgets all jobs. */
  close(): Promise<void>
}

const owner: Principal = { kind: 'owner' }

/** All of `cloud.mp`: the engine over memory, the HTTP app as a `fetch`, and a pool of child processes. */
export function assemble({ workers }: AssembleOptions = {}): LocalService {
  const clock = systemClock
  const timers = createTimers(clock)
  const blobs = createBlobs()
  const asking = new WeakMap<RequestLike, Principal>()
  const serve: Serve = (request, principal) => {
    asking.set(request, principal)
    return app.fetch(request)
  }
  const launcher = createPool({
    ...(workers !== undefined && { workers }),
    blobs,
    serve,
    hostModules: { picloud: moduleUrl('index'), 'picloud/mp': moduleUrl('mp') },
    keepCredentials: true,
  })
  const engine = createEngine(
    {
      store: createJobStore(),
      jobs: createQueue({ clock, timers }),
      control: createQueue({ clock, timers }),
      blobs,
      timers,
      clock,
      digest: bytes => createHash('sha256').update(bytes).digest('hex'),
      launcher,
    },
    { onError: warn },
  )
  const app = createApp(engine, { principalOf: request => asking.get(request) ?? owner })
  engine.start()
  return {
    fetch: request => app.fetch(request),
    async close() {
      await engine.close()
      await launcher.close()
      blobs.close()
    },
  }
}

/** Beside this file, as source or as built. */
function moduleUrl(name: string): string {
  const { href } = new URL(`../${name}`, import.meta.url)
  return `${href}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : String(error), 'PiCloudServiceError')
}
