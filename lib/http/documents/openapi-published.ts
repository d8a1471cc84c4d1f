import type { Parameter, ParameterType, Published } from '../../protocol/published.ts'

const types: Readonly<Record<ParameterType, object>> = {
  any: {},
  string: { type: 'string' },
  number: { type: 'number' },
  boolean: { type: 'boolean' },
  'string[]': { type: 'array', items: { type: 'string' } },
  'number[]': { type: 'array', items: { type: 'number' } },
  'boolean[]': { type: 'array', items: { type: 'boolean' } },
}

/** The operation of a published function, as the OpenAPI document tells it, by its path. */
export function publishedPaths(published: readonly Published[]): Readonly<Record<string, object>> {
  return Object.fromEntries(published.map(one => [one.url, { post: operationOf(one) }]))
}

function operationOf({ label, parameters, description }: Published): object {
  const required = parameters.filter(parameter => parameter.required).map(({ name }) => name)
  const schema = {
    type: 'object',
    properties: Object.fromEntries(parameters.map(parameter => [parameter.name, schemaOf(parameter)])),
    ...(required.length > 0 && { required }),
    additionalProperties: false,
  }
  return {
    summary: description?.split('\n')[0] ?? `Calls ${label}.`,
    ...(description !== undefined && { description }),
    security: [{ key: ['submit'] }],
    requestBody: { required: required.length > 0, content: { 'application/json': { schema } } },
    responses: {
      200: { description: 'Its result.', content: { 'application/json': { schema: {} } } },
      202: { description: 'It takes longer: where to look for the result.' },
      default: { $ref: '#/components/responses/Problem' },
    },
  }
}

function schemaOf({ type, rest = false }: Parameter): object {
  return rest ? { type: 'array' } : types[type]
}
