/** A JSON schema as a reader wants it: like a type, with its limits. */
export interface JsonSchema {
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly properties?: Readonly<Record<string, JsonSchema>>
  readonly required?: readonly string[]
  readonly items?: JsonSchema
  readonly prefixItems?: readonly JsonSchema[]
  readonly anyOf?: readonly JsonSchema[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly $ref?: string
  readonly format?: string
  readonly [limit: string]: unknown
}

const INDENT = '  '
/** Limits that say nothing: those of every integer. */
const silent: ReadonlySet<unknown> = new Set([Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER])

export function schemaText(schema: JsonSchema, indent = ''): string {
  if (schema.$ref !== undefined) return schema.$ref.split('/').at(-1) ?? ''
  if (schema.const !== undefined) return JSON.stringify(schema.const)
  if (schema.enum !== undefined) return schema.enum.map(one => JSON.stringify(one)).join(' | ')
  if (schema.anyOf !== undefined) return schema.anyOf.map(one => schemaText(one, indent)).join(' | ')
  if (schema.properties !== undefined) return objectText(schema, indent)
  if (schema.prefixItems !== undefined) return `[${schema.prefixItems.map(one => schemaText(one, indent)).join(', ')}]`
  if (schema.items !== undefined) return `(${schemaText(schema.items, indent)})[]${limitsOf(schema)}`
  const { type, format } = schema
  if (format === 'binary') return 'bytes'
  const name = typeof type === 'string' ? type : (type?.join(' | ') ?? 'anything')
  return name + limitsOf(schema)
}

function objectText({ properties = {}, required = [] }: JsonSchema, indent: string): string {
  const inner = indent + INDENT
  const lines = Object.entries(properties).map(
    ([name, schema]) => `${inner}${name}${required.includes(name) ? '' : '?'}: ${schemaText(schema, inner)}`,
  )
  return `{\n${lines.join('\n')}\n${indent}}`
}

function limitsOf(schema: JsonSchema): string {
  const [least, most] = ['min', 'max'].map(end => {
    const found = ['imum', 'Length', 'Items'].map(of => schema[`${end}${of}`]).find(value => value !== undefined)
    return silent.has(found) ? undefined : found
  })
  if (least === undefined && most === undefined) return ''
  return ` ${least ?? ''}…${most ?? ''}`
}
