import * as z from 'zod'
import { errorCodes } from '../protocol/errors.ts'
import { FRAME_TYPE } from '../protocol/frame.ts'
import { PROBLEM_TYPE } from '../protocol/message.ts'
import { paths } from '../protocol/paths.ts'
import { problemSchema } from '../protocol/routes.ts'
import { json } from './answer.ts'
import type { BodyKind, Route } from './route.ts'

/** The OpenAPI 3.1 document of these routes, made of the schemas that check them. */
export function openApiOf(routes: readonly Route[]): object {
  const described: Record<string, Record<string, object>> = {}
  for (const route of routes) {
    const path = route.path.replace(/:(\w+)(\{[^}]*\})?/g, '{$1}')
    described[path] = { ...described[path], [route.method]: operationOf(route) }
  }
  return {
    openapi: '3.1.0',
    info: { title: 'PiCloud', version: '1' },
    components: {
      schemas: { Problem: schemaOf(problemSchema, 'output') },
      securitySchemes: { key: { type: 'http', scheme: 'basic' } },
    },
    security: [{ key: [] }],
    paths: described,
  }
}

export function openApiRoute(routes: readonly Route[]): Route {
  let document: object | undefined
  const own: Route = {
    method: 'get',
    path: paths.openapi,
    summary: 'This document.',
    body: 'none',
    answers: 'json',
    open: true,
    handle() {
      document ??= openApiOf([...routes])
      return json(document)
    },
  }
  return own
}

function operationOf(route: Route): object {
  const { summary, body, asks, answers, answer, status = 200, open, scope } = route
  const parameters = [...pathParameters(route.path), ...(body === 'none' && asks ? queryParameters(asks) : [])]
  return {
    summary,
    ...(parameters.length > 0 && { parameters }),
    ...(body !== 'none' && { requestBody: { required: true, content: contentOf(body, asks, 'input') } }),
    ...(open ? { security: [] } : { 'x-scope': scope }),
    responses: {
      [status]: { description: 'Done.', ...(answers !== 'none' && { content: contentOf(answers, answer, 'output') }) },
      default: {
        description: `A problem document; its code is one of: ${Object.keys(errorCodes).join(', ')}.`,
        content: { [PROBLEM_TYPE]: { schema: { $ref: '#/components/schemas/Problem' } } },
      },
    },
  }
}

function contentOf(kind: BodyKind, schema: z.ZodType | undefined, io: 'input' | 'output'): object {
  if (kind === 'json') return { 'application/json': { schema: schema === undefined ? {} : schemaOf(schema, io) } }
  const binary = { type: 'string', format: 'binary' }
  if (kind === 'bytes') return { 'application/octet-stream': { schema: binary } }
  // A frame's header has no place of its own in OpenAPI: its schema stands beside the body's.
  return { [FRAME_TYPE]: { schema: { ...binary, ...(schema && { 'x-frame-header': schemaOf(schema, io) }) } } }
}

function pathParameters(path: string): object[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: { type: 'string' },
  }))
}

function queryParameters(schema: z.ZodType): object[] {
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

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): object {
  const { $schema, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' })
  return rest
}
