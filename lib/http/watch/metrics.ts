import type { Status } from '../../protocol/job.ts'

/** Upper bounds of the buckets of durations, in seconds: a wait may hang for 25. */
const BUCKETS = [0.001, 0.005, 0.025, 0.1, 0.5, 2.5, 10, 30] as const

/** Requests of one method and route. */
interface Requests {
  readonly method: string
  readonly route: string
  readonly statuses: Map<number, number>
  /** How many took no longer than a bound, and longer than the one before. */
  readonly buckets: number[]
  sum: number
  count: number
}

/** Counts since this process began, as Prometheus reads them. */
export interface Metrics {
  request(facts: {
    readonly method: string
    readonly route: string
    readonly status: number
    readonly ms: number
  }): void
  jobs(status: Status, count: number): void
  /** In Prometheus's text format, 0.0.4. */
  text(): string
}

/** @param gauges what is measured when somebody asks: value by name, which tells its unit */
export function createMetrics(gauges: () => Readonly<Record<string, number>>): Metrics {
  const requests = new Map<string, Requests>()
  const jobs = new Map<Status, number>()
  return {
    request({ method, route, status, ms }) {
      const name = `${method} ${route}`
      let known = requests.get(name)
      if (known === undefined) {
        known = { method, route, statuses: new Map(), buckets: BUCKETS.map(() => 0), sum: 0, count: 0 }
        requests.set(name, known)
      }
      count(known.statuses, status, 1)
      const bucket = BUCKETS.findIndex(bound => ms / 1_000 <= bound)
      if (bucket >= 0) known.buckets[bucket] = (known.buckets[bucket] as number) + 1
      known.sum += ms / 1_000
      known.count++
    },
    jobs(status, many) {
      count(jobs, status, many)
    },
    text() {
      const lines: string[] = []
      const family = (name: string, type: string, help: string): void => {
        lines.push(`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`)
      }
      family('picloud_http_requests_total', 'counter', 'Requests that were answered.')
      for (const { method, route, statuses } of requests.values()) {
        for (const [status, value] of statuses) {
          lines.push(`picloud_http_requests_total${labels({ method, route, status: String(status) })} ${value}`)
        }
      }
      family('picloud_http_request_seconds', 'histogram', 'Time until the answer was ready; waits hang.')
      for (const { method, route, buckets, sum, count } of requests.values()) {
        const of = labels({ method, route })
        const inner = of.slice(1, -1)
        let upTo = 0
        for (const [index, bound] of BUCKETS.entries()) {
          upTo += buckets[index] as number
          lines.push(`picloud_http_request_seconds_bucket{${inner},le="${bound}"} ${upTo}`)
        }
        lines.push(`picloud_http_request_seconds_bucket{${inner},le="+Inf"} ${count}`)
        lines.push(`picloud_http_request_seconds_sum${of} ${sum}`, `picloud_http_request_seconds_count${of} ${count}`)
      }
      family('picloud_jobs_total', 'counter', 'Jobs that came to a status, each time that they did.')
      for (const [status, value] of jobs) lines.push(`picloud_jobs_total{status="${status}"} ${value}`)
      for (const [name, value] of Object.entries(gauges())) {
        family(name, name.endsWith('_total') ? 'counter' : 'gauge', `${name.replaceAll('_', ' ')}.`)
        lines.push(`${name} ${value}`)
      }
      return `${lines.join('\n')}\n`
    },
  }
}

function count<Key>(counts: Map<Key, number>, key: Key, many: number): void {
  counts.set(key, (counts.get(key) ?? 0) + many)
}

function labels(of: Readonly<Record<string, string>>): string {
  const escaped = (text: string): string => text.replace(/[\\"\n]/g, found => (found === '\n' ? '\\n' : `\\${found}`))
  return `{${Object.entries(of)
    .map(([name, value]) => `${name}="${escaped(value)}"`)
    .join(',')}}`
}
