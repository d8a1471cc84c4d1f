import { AsyncLocalStorage } from 'node:async_hooks'
import type { Later, Transition } from '../../engine/dispatch/told.ts'
import type { Principal, Range } from '../../protocol/job.ts'
import { paths } from '../../protocol/paths.ts'
import { text } from '../answer.ts'
import type { Route } from '../route.ts'
import type { Answered, Watcher } from '../watcher.ts'
import type { Level, Log } from './log.ts'
import type { Metrics } from './metrics.ts'

/** Ranges of one line of the log; the rest is counted. */
const MAX_RANGES = 20

export interface Watch extends Watcher {
  /** Told of jobs in a new status. */
  jobs(transition: Transition, later?: Later): void
  /** Told of what failed by the service's own fault. */
  failed(error: unknown): void
}

/** Writes what happens to the log, a line a request and a line a transition, and counts it. What jobs print is no part of it. */
export function createWatch(log: Log, metrics: Metrics): Watch {
  const asked = new AsyncLocalStorage<string>()
  const line = (level: Level, what: string, facts: Readonly<Record<string, unknown>>): void =>
    log.line(level, what, { requestId: asked.getStore(), ...facts })
  return {
    within: (requestId, run) => asked.run(requestId, run),
    answered({ requestId, method, route, status, ms, principal }) {
      const known = route ?? 'none'
      metrics.request({ method: methods.has(method) ? method : 'other', route: known, status, ms })
      const facts = { method, route: known, status, ms: Math.round(ms * 100) / 100, ...whoOf(principal) }
      log.line(levelOf({ route, status }), 'request', { requestId, ...facts })
    },
    jobs({ status, ranges, ...facts }, later = now) {
      const requestId = asked.getStore()
      later(() => {
        const jobs = ranges.reduce((sum, [, count]) => sum + count, 0)
        metrics.jobs(status, jobs)
        log.line('info', 'jobs', { requestId, status, jids: jidsOf(ranges), jobs, ...facts })
      })
    },
    failed(error) {
      line('error', 'failure', { error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
    },
  }
}

const now: Later = callback => callback()
const methods: ReadonlySet<string> = new Set(['GET', 'POST', 'PUT', 'PATCH', 'DELETE'])

function levelOf({ route, status }: Pick<Answered, 'route' | 'status'>): Level {
  if (status >= 500) return 'error'
  if (status === 401 || status === 403 || status === 429) return 'warn'
  return route === paths.health || route === paths.metrics ? 'debug' : 'info'
}

function whoOf(principal: Principal | undefined): Readonly<Record<string, unknown>> {
  if (principal?.kind === 'key') return { key: principal.key }
  return principal?.kind === 'job' ? { jid: principal.jid, key: principal.key } : { by: principal?.kind }
}

/** As the command line takes them: `1-100,150`. */
function jidsOf(ranges: readonly Range[]): string {
  const shown = ranges
    .slice(0, MAX_RANGES)
    .map(([first, count]) => (count === 1 ? `${first}` : `${first}-${first + count - 1}`))
  return shown.join(',') + (ranges.length > MAX_RANGES ? ',…' : '')
}

/** What Prometheus reads. It takes a key with the scope `read`, wherever it comes from: a proxy makes everybody local. */
export function metricsRoute(metrics: Metrics): Route {
  return {
    method: 'get',
    path: paths.metrics,
    scope: 'read',
    summary: 'Counts since this process began, as Prometheus reads them.',
    body: 'none',
    answers: 'text',
    handle: () => text(metrics.text()),
  }
}
