import { describe, expect, test } from 'vitest'
import { createApp } from '../../../lib/http/app.ts'
import { createLog, type LogOptions } from '../../../lib/http/watch/log.ts'
import { createMetrics } from '../../../lib/http/watch/metrics.ts'
import { createWatch, metricsRoute } from '../../../lib/http/watch/watch.ts'
import { LocalRequest } from '../../../lib/protocol/message.ts'
import { FakeEngine } from '../../client/fake-engine.ts'
import { parseExposition } from './exposition.ts'

/** An app whose log and metrics are at hand. */
function watched({ level = 'debug' as LogOptions['level'], engine = new FakeEngine() } = {}) {
  let text = ''
  const log = createLog({
    level,
    write: lines => {
      text += lines
    },
    now: () => 1_000,
  })
  const metrics = createMetrics(() => ({ process_resident_memory_bytes: 5 }))
  const watch = createWatch(log, metrics)
  const job = { kind: 'job', jid: 7, attempt: 1, depth: 0, key: 3 } as const
  const app = createApp(engine, {
    principalOf: request => {
      const given = request.headers.get('authorization')
      if (request instanceof LocalRequest) return job
      return given === null ? undefined : { kind: 'key', key: 3, scopes: given === 'read' ? ['read'] : ['submit'] }
    },
    report: watch.failed,
    watcher: watch,
    more: [metricsRoute(metrics)],
  })
  const ask = (path: string, init: RequestInit = {}, authorization = 'read') =>
    app.fetch(
      new Request(`http://test${path}`, {
        ...init,
        headers: { 'x-request-id': 'mine', authorization, 'content-type': 'application/json' },
      }),
    )
  const lines = (): Record<string, unknown>[] => {
    log.flush()
    return text.split('\n').flatMap(line => (line === '' ? [] : [JSON.parse(line)]))
  }
  return { app, ask, lines, watch, engine }
}

test.each([0, 7, 999, 1_000, 1_764_000_000_123, 1_764_000_000_999.6])('a line of %d has its time', moment => {
  let text = ''
  const write = (lines: string): void => {
    text += lines
  }
  const log = createLog({ level: 'info', write, now: () => moment })
  log.line('info', 'nothing', {})
  log.line('info', 'something', { left: undefined, word: 'a "b"' })
  log.flush()
  const time = new Date(moment).toISOString()
  expect(
    text
      .trim()
      .split('\n')
      .map(line => JSON.parse(line)),
  ).toEqual([
    { time, level: 'info', what: 'nothing' },
    { time, level: 'info', what: 'something', word: 'a "b"' },
  ])
})

/** A log whose lines are written as they are in a service: by its timer alone. */
function unflushed() {
  let text = ''
  const log = createLog({
    level: 'info',
    write: lines => {
      text += lines
    },
  })
  return { log, count: () => text.split('\n').length - 1 }
}

test('a line is written though no other follows and the machine was busy', async () => {
  const { log, count } = unflushed()
  await new Promise<void>(resolve =>
    setImmediate(() => {
      log.line('info', 'end', {})
      for (const end = performance.now() + 200; performance.now() < end; );
      resolve()
    }),
  )
  await expect.poll(count).toBe(1)
})

test('lines of one moment that are too long to be gathered are all written', async () => {
  const { log, count } = unflushed()
  for (let nth = 0; nth < 1_000; nth++) log.line('info', 'end', { text: 'x'.repeat(100) })
  await expect.poll(count).toBe(1_000)
})

describe('the log', () => {
  test('has a line a request, with its id, who asked, and no secret of its path', async () => {
    const { ask, lines } = watched()
    await ask('/v1/jobs?label=private')
    await ask('/v1/blobs/uploads/secret')
    await ask('/v1/nowhere/secret')
    const fixed = { time: '1970-01-01T00:00:01.000Z', what: 'request', requestId: 'mine', ms: expect.any(Number) }
    expect(lines()).toEqual([
      { ...fixed, level: 'info', method: 'GET', route: '/v1/jobs', status: 200, key: 3 },
      { ...fixed, level: 'info', method: 'GET', route: '/v1/blobs/:key{.+}', status: 404, key: 3 },
      { ...fixed, level: 'info', method: 'GET', route: 'none', status: 404 },
    ])
    expect(JSON.stringify(lines())).not.toMatch(/secret|private/)
  })

  test('has what a job asked by its jid', async () => {
    const { app, lines } = watched()
    await app.fetch(new LocalRequest({ method: 'GET', url: 'http://test/v1/jobs' }))
    expect(lines()).toMatchObject([{ jid: 7, key: 3, status: 200, requestId: expect.any(String) }])
  })

  test('has a line whenever jobs change their status, with the request that made them', async () => {
    const engine = new FakeEngine()
    const { ask, lines, watch } = watched({ engine })
    engine.lease = async () => {
      watch.jobs({
        status: 'queued',
        ranges: [
          [1, 100],
          [150, 1],
        ],
        submission: 1,
        function: 'f',
      })
      return { first: 1, count: 100, expires: 1 }
    }
    await ask('/v1/jids', { method: 'POST', body: '{"count":1}' }, 'submit')
    watch.jobs({
      status: 'done',
      ranges: Array.from({ length: 30 }, (_, nth) => [2 * nth + 1, 1] as const),
      submission: 1,
    })
    const [first, , later] = lines()
    const about = { what: 'jobs', level: 'info', submission: 1 }
    expect(first).toMatchObject({ ...about, requestId: 'mine', status: 'queued', jids: '1-100,150', jobs: 101 })
    expect(later).toMatchObject({ ...about, jobs: 30, jids: expect.stringMatching(/^1,3,.*,39,…$/) })
    expect(later).not.toHaveProperty('requestId')
  })

  test('has a failure of the service, with its stack and the request; the caller gets neither', async () => {
    const { ask, lines, engine } = watched()
    engine.list = async () => {
      throw new Error('disk on fire')
    }
    const answer = await ask('/v1/jobs')
    expect([answer.status, await answer.text()]).toEqual([500, expect.not.stringContaining('fire')])
    expect(lines()).toMatchObject([
      { level: 'error', what: 'failure', requestId: 'mine', error: expect.stringContaining('disk on fire') },
      { level: 'error', what: 'request', status: 500 },
    ])
  })

  test.each([
    ['silent', []],
    ['error', [500]],
    ['warn', [403, 500]],
    ['info', [200, 403, 500]],
    ['debug', [200, 200, 403, 500]],
  ] as const)('%s says %j', async (level, expected) => {
    const { ask, lines, engine } = watched({ level })
    await ask('/healthz')
    await ask('/v1/account')
    await ask('/v1/keys')
    engine.list = () => Promise.reject(new Error('x'))
    await ask('/v1/jobs')
    const requests = lines().filter(line => line['what'] === 'request')
    expect(requests.map(line => line['status'])).toEqual(expected)
  })
})

describe('metrics', () => {
  test('count requests and jobs, in Prometheus’s format', async () => {
    const { ask, watch } = watched()
    for (let nth = 0; nth < 3; nth++) await ask('/v1/jobs')
    await ask('/no"where\\')
    watch.jobs({ status: 'done', ranges: [[1, 50]], submission: 1 })
    watch.jobs({ status: 'done', ranges: [[51, 2]], submission: 1 })
    const answer = await ask('/metrics')
    expect(answer.headers.get('content-type')).toContain('version=0.0.4')
    const text = await answer.text()
    expect(text).toContain('picloud_http_requests_total{method="GET",route="/v1/jobs",status="200"} 3\n')
    expect(text).toContain('picloud_http_requests_total{method="GET",route="none",status="404"} 1\n')
    expect(text).toContain('picloud_jobs_total{status="done"} 52\n')
    expect(text).toContain('picloud_http_request_seconds_count{method="GET",route="/v1/jobs"} 3\n')
    expect(text).toContain('process_resident_memory_bytes 5\n')
    expect(parseExposition(text).size).toBe(4)
    const buckets = [...text.matchAll(/route="\/v1\/jobs",le="([^"]+)"\} (\d+)/g)].map(([, , value]) => Number(value))
    expect(buckets).toEqual(buckets.toSorted((one, other) => one - other))
    expect(buckets.at(-1)).toBe(3)
  })

  test('take the scope read', async () => {
    expect((await watched().ask('/metrics', {}, 'submit')).status).toBe(403)
  })

  test('names that anybody may choose make no more of them', async () => {
    const { ask } = watched()
    for (let nth = 0; nth < 5; nth++) await ask(`/nowhere/${nth}`, { method: `M${nth}` })
    const text = await (await ask('/metrics')).text()
    expect(text.match(/requests_total\{/g)).toHaveLength(1)
    expect(text).toContain('picloud_http_requests_total{method="other",route="none",status="404"} 5\n')
  })
})
