import * as z from 'zod'
import { FRAME_TYPE } from '../../protocol/frame.ts'
import * as schemas from '../../protocol/routes.ts'
import type { SchemaName } from '../request/late-reader.ts'
import type { BodyKind, Route, RouteSchema } from '../route.ts'
import { answersOf, headers, problemAnswer } from './openapi-answers.ts'

const named: Readonly<Record<SchemaName, z.ZodType>> = schemas

const about = `Jobs, and what belongs to them. Bodies are JSON, or frames: JSON and sections of bytes in one. Each operation names the
scope that it takes; docs/http.md of the package tells the rest.`

export interface OpenApi {
  readonly openapi: '3.1.0'
  readonly paths: Readonly<Record<string, object>>
  readonly [member: string]: unknown
}

/** The OpenAPI 3.1 document of these routes, made of the schemas that check them. */
export function openApiOf(routes: readonly Route[]): OpenApi {
  const described: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = pathOf(route)
    described[path] = { ...described[path], [route.method]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'PiCloud', version: '1', description: about.replaceAll('\n', ' ') },
    servers: [{ url: '/' }],
    components: {
      schemas: { Problem: schemaOf('problemSchema', 'output') },
      responses: { Problem: problemAnswer },
      headers,
      parameters: {
        RequestId: {
          name: 'x-request-id',
          in: 'header',
          description: 'Names the request in its answer and in the log. Default: a fresh one.',
          schema: { type: 'string', pattern: '^[A-Za-z0-9._:-]{1,128}$' },
        },
      },
      securitySchemes: {
        key: {
          type: 'http',
          scheme: 'basic',
          description: 'A key’s id and secret, or the admin user’s name and password.',
        },
      },
    },
    security: [{ key: [] }],
    paths: described,
  }
}

function pathOf({ path }: Pick<Route, 'path'>): string {
  return path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')
}

function operationOf(route: Route): object {
  const { method, summary, body, asks, open, scope } = route
  const parameters = [
    { $ref: '#/components/parameters/RequestId' },
    ...pathParameters(route),
    ...(body === 'none' && asks ? queryParameters(asks) : []),
  ]
  const segments = pathOf(route).split('/').filter(Boolean)
  return {
    operationId: method + segments.map(part => `-${part.replace(/[^a-z0-9]/gi, '')}`).join(''),
    tags: [segments[0] === 'v1' ? segments[1] : 'service'],
    summary,
    parameters,
    ...(body !== 'none' && { requestBody: { required: true, content: contentOf(body, asks, 'input') } }),
    security: open ? [] : [{ key: scope === undefined || scope === 'any' ? [] : [scope] }],
    responses: answersOf(route, contentOf(route.answers, route.answer, 'output')),
  }
}

function contentOf(kind: BodyKind, schema: RouteSchema | undefined, io: 'input' | 'output'): object {
  if (kind === 'none') return {}
  if (kind === 'json') return { 'application/json': { schema: schema === undefined ? {} : schemaOf(schema, io) } }
  if (kind === 'html') return { 'text/html': { schema: { type: 'string' } } }
  if (kind === 'text') return { 'text/plain': { schema: { type: 'string' } } }
  const binary = { type: 'string', format: 'binary' }
  if (kind === 'bytes') return { 'application/octet-stream': { schema: binary } }
  // A frame's header has no place of its own in OpenAPI: its schema stands beside the body's.
  return { [FRAME_TYPE]: { schema: { ...binary, ...(schema && { 'x-frame-header': schemaOf(schema, io) }) } } }
}

function pathParameters({ path, params = {} }: Route): object[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => {
    const { [name]: schema } = params
    return {
      name,
      in: 'path',
      required: true,
      schema: schema === undefined ? { type: 'string' } : schemaOf(schema, 'input'),
    }
  })
}

function queryParameters(schema: RouteSchema): object[] {
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, object>
    required?: string[]
  }
  return Object.entries(properties).map(([name, property]) => ({
    name,
    in: 'query',
    required: required.includes(name),
    schema: property,
  }))
}

function schemaOf(given: RouteSchema, io: 'input' | 'output'): object {
  const schema = typeof given === 'string' ? named[given] : given
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
