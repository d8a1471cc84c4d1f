import { describe, expect, test } from 'vitest'
import { createApp } from '../../../lib/http/app.ts'
import { docsPage } from '../../../lib/http/documents/docs-page.ts'
import { schemaText } from '../../../lib/http/documents/schema-text.ts'
import { problemType } from '../../../lib/http/problem.ts'
import { createMetrics } from '../../../lib/http/watch/metrics.ts'
import { metricsRoute } from '../../../lib/http/watch/watch.ts'
import { type ErrorCode, errorCodes } from '../../../lib/protocol/errors.ts'
import { paths } from '../../../lib/protocol/paths.ts'
import { FakeEngine } from '../../client/fake-engine.ts'

const get = (path: string) =>
  createApp(new FakeEngine(), { principalOf: () => undefined, more: [metricsRoute(createMetrics(() => ({})))] }).fetch(
    new Request(`http://test${path}`),
  )

describe('the page of all routes', () => {
  test('has every route of the document, and loads nothing from elsewhere', async () => {
    const answer = await get('/docs')
    expect([answer.status, answer.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
    const page = await answer.text()
    for (const path of Object.values(paths)) expect(page).toContain(path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}'))
    expect(page).toContain('count: integer 1…100000')
    expect(page).toContain('Scope: admin.')
    for (const [, target = ''] of page.matchAll(/(?:href|src)="([^"]*)"/g))
      expect(target).toMatch(/^(?:#|\/openapi\.json$)/)
    expect(page).not.toMatch(/<script|<link|@import|url\(/)
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id)
    for (const [, target] of page.matchAll(/href="#([^"]+)"/g)) expect(ids).toContain(target)
  })

  test('is where the type of each problem leads', async () => {
    const { type } = (await (await get('/v1/nothing')).json()) as { type: string }
    const { pathname, hash } = new URL(type, 'http://test')
    expect([pathname, hash]).toEqual(['/docs', '#problem-not-found'])
    const page = await (await get(pathname)).text()
    for (const code of Object.keys(errorCodes)) {
      expect(page).toContain(`<tr id="${problemType(code as ErrorCode).split('#')[1]}"><td><code>${code}</code>`)
    }
  })

  test('what stands in the document is text there', () => {
    const operation = { operationId: 'o', tags: ['t'], summary: '<b>&"', parameters: [], security: [], responses: {} }
    const page = docsPage({
      info: { description: '<i>' },
      components: { schemas: { Problem: {} } },
      paths: { '/<p>': { get: operation } },
    })
    expect(page).toContain('&lt;b&gt;&amp;&quot;')
    for (const raw of ['<b>', '<i>', '/<p>']) expect(page).not.toContain(raw)
  })
})

test.each([
  [{ type: 'string' }, 'string'],
  [{ type: 'string', maxLength: 5 }, 'string …5'],
  [{ type: 'integer', minimum: 0, maximum: Number.MAX_SAFE_INTEGER }, 'integer 0…'],
  [{ type: 'integer', minimum: Number.MIN_SAFE_INTEGER, maximum: Number.MAX_SAFE_INTEGER }, 'integer'],
  [{ type: ['string', 'null'] }, 'string | null'],
  [{ enum: ['a', 1] }, '"a" | 1'],
  [{ const: 0 }, '0'],
  [{ anyOf: [{ type: 'string' }, { type: 'null' }] }, 'string | null'],
  [{ type: 'array', items: { type: 'string' }, minItems: 1 }, '(string)[] 1…'],
  [{ type: 'array', prefixItems: [{ type: 'string' }, { type: 'number' }] }, '[string, number]'],
  [{ type: 'string', format: 'binary' }, 'bytes'],
  [{ $ref: '#/components/schemas/Problem' }, 'Problem'],
  [{}, 'anything'],
  [
    { properties: { a: { type: 'string' }, b: { properties: { c: {} } } }, required: ['a'] },
    '{\n  a: string\n  b?: {\n    c?: anything\n  }\n}',
  ],
])('%j reads %s', (schema, text) => {
  expect(schemaText(schema)).toBe(text)
})
