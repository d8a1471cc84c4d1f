import { expect, test } from 'vitest'
import { createMetrics } from '../../../lib/http/watch/metrics.ts'
import { parseExposition } from './exposition.ts'

const odd = ['"', '\\', '\n', '\\n', 'a"b\\c\nd', '}', '{le="1"}', ' 1', 'é🎈', ''] as const

test('labels that need it are escaped, and read as they were', () => {
  const metrics = createMetrics(() => ({}))
  for (const route of odd) metrics.request({ method: 'GET', route, status: 200, ms: 3 })
  const families = parseExposition(metrics.text())
  const routes = families.get('picloud_http_requests_total')?.samples.map(({ labels }) => labels['route'])
  expect(routes).toEqual(odd)
})

test('each metric has its type and a help, and gauges those that their names tell', () => {
  const metrics = createMetrics(() => ({ some_bytes: 1.5e12, some_seconds_total: 1e-7 }))
  metrics.jobs('done', 3)
  const families = [...parseExposition(metrics.text()).values()]
  expect(families.map(({ name, type }) => [name, type])).toEqual([
    ['picloud_http_requests_total', 'counter'],
    ['picloud_http_request_seconds', 'histogram'],
    ['picloud_jobs_total', 'counter'],
    ['some_bytes', 'gauge'],
    ['some_seconds_total', 'counter'],
  ])
  for (const { help } of families) expect(help).not.toBe('')
  expect(families.slice(2).map(({ samples }) => samples[0]?.value)).toEqual([3, 1.5e12, 1e-7])
})

test('the buckets of a histogram only grow, and the last one has all', () => {
  const metrics = createMetrics(() => ({}))
  // On both sides of the first and the last bound.
  for (const ms of [0, 1, 1.001, 30_000, 30_001]) metrics.request({ method: 'GET', route: '/r', status: 200, ms })
  const samples = parseExposition(metrics.text()).get('picloud_http_request_seconds')?.samples ?? []
  const buckets = samples.filter(({ name }) => name.endsWith('_bucket'))
  const counts = buckets.map(({ labels, value }) => [labels['le'], value])
  expect(counts[0]).toEqual(['0.001', 2])
  expect(counts.at(-2)).toEqual(['30', 4])
  expect(counts.at(-1)).toEqual(['+Inf', 5])
  expect(buckets.map(({ value }) => value)).toEqual(buckets.map(({ value }) => value).toSorted((a, b) => a - b))
  expect(samples.slice(-2).map(({ name, value }) => [name, value])).toEqual([
    ['picloud_http_request_seconds_sum', expect.closeTo(60.003001, 6)],
    ['picloud_http_request_seconds_count', 5],
  ])
})

test.each([
  ['# TYPE a counter\na 1\n', 'No HELP'],
  ['# HELP a b\na 1\n', 'No TYPE'],
  ['# HELP a b\n# TYPE a counter\nb 1\n', 'Not of a'],
  ['# HELP a b\n# TYPE a counter\na{x="\\q"} 1\n', 'An escape'],
  ['# HELP a b\n# TYPE a counter\na{x="1"} one\n', 'No value'],
  ['# HELP a b\n# TYPE a counter\na 1\na 2\n', 'Twice'],
  ['# HELP a b\n# TYPE a counter\na 1', 'no end'],
])('what breaks the grammar is no exposition: %j', (text, why) => {
  expect(() => parseExposition(text)).toThrow(why)
})
