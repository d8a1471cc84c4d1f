import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { createTold, type Later } from '../engine/dispatch/told.ts'
import { createEngine } from '../engine/engine.ts'
import type { ChunkMessage, ControlMessage } from '../engine/ports/queue.ts'
import type { Settings } from '../engine/ports/settings.ts'
import type { Beginning } from '../engine/service/accounts.ts'
import { createApp } from '../http/app.ts'
import { problemOf } from '../http/problem.ts'
import { createLog, type LogOptions } from '../http/watch/log.ts'
import { createMetrics } from '../http/watch/metrics.ts'
import { secrets } from '../http/watch/secrets.ts'
import { createWatch, metricsRoute } from '../http/watch/watch.ts'
import { systemClock } from '../memory/clock.ts'
import type { Principal } from '../protocol/job.ts'
import type { RequestLike } from '../protocol/message.ts'
import { ownPlatform } from '../worker/code/own-platform.ts'
import { createPool } from '../worker/create-pool.ts'
import { attentive } from './attention.ts'
import { createBlobs } from './blobs.ts'
import { createCronAlarms } from './cron-alarms.ts'
import { endClaims } from './end-claims.ts'
import { createJobStore } from './job-store.ts'
import { openDatabase } from './open-database.ts'
import { createQueue } from './queue.ts'
import { createRegistry } from './registry.ts'
import { listen } from './server.ts'
import { createTimers } from './timers.ts'

export interface LocalOptions {
  /** Where everything is kept: made where it is missing. */
  readonly folder: string
  /** The address of this machine to listen at: `127.0.0.1` for programs of this machine alone. */
  readonly host: string
  /** 0: any that is free. */
  readonly port: number
  /** Child processes that run jobs. Default: one a core. */
  readonly workers?: number
  /** See `OpenOptions.fullSync`. */
  readonly fullSync?: boolean
  /** Up to which level lines of JSON are written, and where to: a line a request, and one whenever jobs change their status. */
  readonly log: LogOptions
}

export interface LocalService {
  /** `http://HOST:PORT`. */
  readonly url: string
  /** The admin user and the first key, made by this start, as there was none: nobody sees their secrets again. */
  readonly beginning: Beginning | undefined
  /**
   * Stops. Jobs that run have so many milliseconds to end; what then still runs is cut off, and runs anew at the next start, or
   * ends as `lost` where it may not run twice. New jobs are taken in until the end, and wait for the next start.
   */
  stop(grace: number): Promise<void>
}

/** Milliseconds that answers under way may take when the service stops. */
const ANSWERS_MS = 1_000

/**
 * A job is hardly ever what ends a service, as it runs in a process of its own whose memory is watched. And on a busy machine a
 * service may be killed several times before a job that it claimed has begun.
 */
const settings: Partial<Settings> = { maxLosses: 100 }

/**
 * The local service: the engine over SQLite and a folder, the HTTP app behind a server, and a pool of child processes.
 * @throws {CloudException} `in-use` when the folder or the port is taken, `incompatible` for a folder of a newer version
 */
export async function assemble(options: LocalOptions): Promise<LocalService> {
  const { folder, host, port, workers, fullSync = false } = options
  const clock = systemClock
  const log = createLog(options.log)
  process.once('exit', log.flush)
  const metrics = createMetrics(gauges)
  const watch = createWatch(log, metrics)
  const onError = watch.failed
  const database = openDatabase({ folder, fullSync })
  await endClaims(database)
  const timers = createTimers({ database, now: clock.now, onError })
  const blobs = createBlobs({ folder, fullSync })
  const asking = new WeakMap<RequestLike, Principal>()
  const launcher = createPool({
    ...(workers !== undefined && { workers }),
    blobs,
    serve(request, principal) {
      asking.set(request, principal)
      return app.fetch(request)
    },
    environments: join(folder, 'environments'),
    hostModules: { picloud: moduleUrl('index'), 'picloud/mp': moduleUrl('mp') },
  })
  const registry = createRegistry(database)
  const alarms = createCronAlarms({ registry, timers, now: clock.now, onError })
  const told = createTold(watch.jobs)
  const store = createJobStore(database)
  const jobs = createQueue<ChunkMessage>({ database, name: 'jobs', clock, timers })
  // A job begins ahead of the commit that takes it in. Where that fails there is nothing to tell. What it ends with may be
  // kept before it is told.
  const afterwards: Later = tell => database.afterwards(tell)
  const engine = createEngine(
    {
      store: told.store(store),
      jobs,
      ahead: {
        store: told.ahead(store.ahead, afterwards),
        jobs: jobs.ahead,
        begin: () => database.begin(),
      },
      control: createQueue<ControlMessage>({ database, name: 'control', clock, timers }),
      blobs,
      files: blobs,
      timers,
      clock,
      digest: bytes => createHash('sha256').update(bytes).digest('hex'),
      registry,
      alarms,
      keyring: registry,
      secrets,
      launcher: told.launcher(attentive(launcher), afterwards),
    },
    { ...settings, platform: ownPlatform(), onError },
  )
  const app = createApp(engine, {
    principalOf(request) {
      const { from = '', headers } = request
      return asking.get(request) ?? engine.accounts.principalOf({ authorization: headers.get('authorization'), from })
    },
    report: onError,
    watcher: watch,
    more: [metricsRoute(metrics)],
  })

  async function closePorts(): Promise<void> {
    alarms.close()
    timers.close()
    await launcher.close()
    database.close()
  }

  const server = await listen({ serve: app.serve, refusal: problemOf, host, port }).catch(async (error: unknown) => {
    await closePorts()
    throw error
  })
  const beginning = await engine.accounts.begin()
  engine.start()
  return {
    url: server.origin,
    beginning,
    async stop(grace) {
      alarms.close()
      await engine.drain(clock.now() + grace)
      await engine.close()
      await server.close(ANSWERS_MS)
      await closePorts()
      log.flush()
      process.off('exit', log.flush)
    },
  }
}

/** What Prometheus calls such things everywhere. */
function gauges(): Readonly<Record<string, number>> {
  const { user, system } = process.cpuUsage()
  return {
    process_resident_memory_bytes: process.memoryUsage.rss(),
    process_cpu_seconds_total: (user + system) / 1e6,
    process_start_time_seconds: Math.round(performance.timeOrigin / 1_000),
  }
}

/** Beside this folder, as source or as built. */
function moduleUrl(name: string): string {
  const { href } = new URL(`../${name}`, import.meta.url)
  return `${href}${import.meta.url.endsWith('.ts') ? '.ts' : '.js'}`
}
