import { Validator } from '@seriousme/openapi-schema-validator'
import { describe, expect, test } from 'vitest'
import { createApp } from '../../../lib/http/app.ts'
import { createMetrics } from '../../../lib/http/watch/metrics.ts'
import { metricsRoute } from '../../../lib/http/watch/watch.ts'
import { paths } from '../../../lib/protocol/paths.ts'
import { FakeEngine } from '../../client/fake-engine.ts'

interface Operation {
  readonly operationId: string
  readonly summary: string
  readonly security: readonly object[]
  readonly parameters?: readonly { readonly name: string; readonly in: string }[]
  readonly requestBody?: { readonly content: Record<string, { readonly schema: Record<string, unknown> }> }
  readonly responses: Record<string, unknown>
}

async function openApi(): Promise<{ openapi: string; paths: Record<string, Record<string, Operation>> }> {
  const more = [metricsRoute(createMetrics(() => ({})))]
  const app = createApp(new FakeEngine(), { principalOf: () => undefined, more })
  const response = await app.fetch(new Request('http://test/openapi.json'))
  return (await response.json()) as Awaited<ReturnType<typeof openApi>>
}

describe('the OpenAPI document', () => {
  test('is of version 3.1 and has every path', async () => {
    const document = await openApi()
    expect(document.openapi).toBe('3.1.0')
    const expected = Object.values(paths).map(path => path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}'))
    expect(Object.keys(document.paths).sort()).toEqual([...new Set(expected)].sort())
  })

  test('is one, by the schema of such documents', async () => {
    const { valid, errors } = await new Validator().validate(await openApi())
    expect(errors).toBeUndefined()
    expect(valid).toBe(true)
  })

  test('tells who may do what, and what is answered to others', async () => {
    const { paths: described } = await openApi()
    const keys = described['/v1/keys']?.['post']
    expect(keys?.security).toEqual([{ key: ['admin'] }])
    expect(Object.keys(keys?.responses ?? {})).toEqual([
      '201',
      '400',
      '401',
      '403',
      '409',
      '413',
      '415',
      '429',
      '500',
      '503',
      'default',
    ])
    expect(described['/v1/account']?.['get']?.security).toEqual([{ key: [] }])
    const open = Object.entries(described).flatMap(([path, methods]) =>
      Object.values(methods).flatMap(({ security }) => (security.length === 0 ? [path] : [])),
    )
    expect(open.toSorted()).toEqual(['/docs', '/healthz', '/openapi.json'])
    expect(Object.keys(described['/v1/jobs']?.['get']?.responses ?? {})).toContain('304')
  })

  test('names each operation once, and points at nothing that is not there', async () => {
    const document = await openApi()
    const ids = Object.values(document.paths).flatMap(methods => Object.values(methods).map(one => one.operationId))
    expect(new Set(ids).size).toBe(ids.length)
    for (const [, name = ''] of JSON.stringify(document).matchAll(/"\$ref":"#\/([^"]+)"/g)) {
      const found = name.split('/').reduce<unknown>((at, key) => (at as Record<string, unknown>)?.[key], document)
      expect(found, name).toBeDefined()
    }
  })

  test('tells bodies by the schemas that check them', async () => {
    const { paths: described } = await openApi()
    const lease = described['/v1/jids']?.['post']?.requestBody?.content['application/json']?.schema
    expect(lease).toMatchObject({
      type: 'object',
      properties: { count: { type: 'integer', minimum: 1, maximum: 100_000 } },
      required: ['count'],
      additionalProperties: false,
    })
    const submit = described['/v1/jobs']?.['post']?.requestBody?.content['application/vnd.picloud.frame']?.schema
    expect(submit?.['x-frame-header']).toMatchObject({ required: ['submissions'] })
    expect(described['/v1/jobs']?.['get']?.parameters?.map(({ name }) => name)).toContain('label')
    expect(described['/v1/blobs/{key}']?.['put']?.parameters).toContainEqual(
      expect.objectContaining({ name: 'key', in: 'path' }),
    )
  })

  test('each operation has a sentence and tells how it fails', async () => {
    const { paths: described } = await openApi()
    for (const operation of Object.values(described).flatMap(path => Object.values(path))) {
      expect(operation.summary).toMatch(/\.$/)
      expect(operation.responses).toHaveProperty('default')
    }
  })
})
