import * as fc from 'fast-check'

/** A request as it goes onto the wire. */
export interface Hostile {
  readonly method: string
  /** As it is: nothing here resolves dots or escapes. */
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Buffer
  /** What is wrong with it. */
  readonly why: string
}

type Schema = Readonly<Record<string, unknown>>
interface Operation {
  readonly parameters: readonly { readonly name?: string; readonly in?: string; readonly schema?: Schema }[]
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> }
  readonly responses: Readonly<Record<string, unknown>>
}
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const junkValues: readonly unknown[] = [
  ...[null, true, -1, 0, 1.5, 1e308, -1e308, 2 ** 53, 2 ** 31, 1e-320, '', ' ', '\u0000', 'x'.repeat(100_000)],
  ...['../../../etc/passwd', '%2e%2e%2f', '1; DROP TABLE runs', '{{7*7}}', '\u202e', '𝒳', 'constructor', '__proto__'],
  ...[{}, [], [[[[[]]]]], { length: -1 }, { toString: 1 }, JSON.parse('{"__proto__":{"polluted":1},"constructor":{}}')],
  Array(5_000).fill(0),
]
const junk = fc.oneof(fc.constantFrom(...junkValues), fc.jsonValue(), fc.double(), fc.string({ unit: 'binary' }))

/** Values that mostly fit the schema: patterns and formats are not looked at. */
function fitting(schema: Schema, depth = 0): fc.Arbitrary<unknown> {
  const { type, const: only, enum: some, anyOf, properties, required = [], items, prefixItems } = schema
  const { minimum = -1_000, maximum = 1_000, minItems = 0 } = schema as Record<string, number>
  if ('const' in schema) return fc.constant(only)
  if (Array.isArray(some)) return fc.constantFrom(...some)
  if (Array.isArray(anyOf)) return fc.oneof(...anyOf.map(one => fitting(one as Schema, depth + 1)))
  if (Array.isArray(prefixItems)) return fc.tuple(...prefixItems.map(one => fitting(one as Schema, depth + 1)))
  if (properties !== undefined) {
    const values = Object.entries(properties as Record<string, Schema>).map(([name, of]) => [
      name,
      fitting(of, depth + 1),
    ])
    return fc.record(Object.fromEntries(values), { requiredKeys: required as never[] })
  }
  if (items !== undefined)
    return fc.array(fitting(items as Schema, depth + 1), { minLength: minItems, maxLength: minItems + 3 })
  if (type === 'integer' || type === 'number') {
    const least = Math.max(minimum, -1e6)
    return fc.integer({ min: least, max: Math.max(least, Math.min(maximum, least + 1e6)) })
  }
  if (type === 'boolean') return fc.boolean()
  return type === 'string' ? fc.string({ maxLength: 80 }) : fc.jsonValue()
}

/** The value with something else in one place of it. */
function spoiled(value: unknown, picks: readonly number[], by: unknown): unknown {
  const [pick = 0, ...rest] = picks
  const keys = typeof value === 'object' && value !== null ? Object.keys(value) : []
  const key = keys[pick % Math.max(1, keys.length)]
  if (key === undefined || rest.length === 0) return by
  const copy = Array.isArray(value) ? [...value] : Object.assign({}, value)
  ;(copy as Record<string, unknown>)[key] = spoiled((value as Record<string, unknown>)[key], rest, by)
  return copy
}

/** Names of what is not there: the service has key 1 and job 1. */
const pathJunk = fc
  .oneof(
    fc.constantFrom(
      '..',
      '../..',
      '%2e%2e/%2e%2e',
      '%00',
      '%',
      '%zz',
      '%ff%fe',
      '..%2f..%2f..%2fetc%2fpasswd',
      '-1',
      '1e9',
      '0',
    ),
    fc.constantFrom(
      '99999999999999999999',
      '%F0%9F%98%80',
      `${'a'.repeat(3_000)}`,
      '//',
      './.',
      '?',
      ';a=b',
      '%3Cscript%3E',
      '~',
      '*',
    ),
    fc.string({ unit: 'grapheme-ascii', maxLength: 30 }).map(encodeURIComponent),
    fc.integer({ min: 1_000_000 }).map(String),
  )
  .filter(text => text !== '1')

/** An object gets what no schema has: a spoiled one may fit after all, as a schema sees it. */
function refusedJson(body: unknown): string | undefined {
  const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
  return JSON.stringify(isObject ? Object.assign({ hostile: 1 }, body) : body)
}

type Broken = Pick<Hostile, 'body' | 'why'> & { readonly type?: string; readonly encoding?: string }

const broken = fc.constantFrom<((text: string) => Broken)[]>(
  text => ({ body: Buffer.from(text), why: 'does not fit its schema' }),
  text => ({ body: Buffer.from(text), why: 'does not fit its schema' }),
  text => ({ body: Buffer.from(text), why: 'does not fit its schema' }),
  text => ({ body: Buffer.from(text.slice(0, -1)), why: 'is cut off' }),
  text => ({ body: Buffer.from(`${text}${text}`), why: 'comes twice' }),
  text => ({ body: Buffer.from(text), type: 'text/plain', why: 'is of another type' }),
  text => ({ body: Buffer.from(text), encoding: 'gzip', why: 'is no gzip' }),
  text => ({ body: Buffer.from(text, 'utf16le'), why: 'is UTF-16' }),
  () => ({ body: Buffer.alloc(0), why: 'is empty' }),
  () => ({ body: Buffer.from('['.repeat(100_000)), why: 'is deep' }),
  () => ({ body: Buffer.alloc(300_000, 0x20), why: 'is large' }),
  () => ({ body: Buffer.from([0xff, 0xfe, 0x00, 0x80]), why: 'is no text' }),
)

/** Requests made of the document, each with something wrong. */
export function hostileRequests(document: Document): fc.Arbitrary<Hostile> {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), ...operation })),
  )
  return fc.constantFrom(...operations).chain(({ path, method, parameters, requestBody }) => {
    const query = parameters.filter(one => one.in === 'query')
    const queries = fc.array(fc.tuple(fc.constantFrom(...query.map(one => one.name ?? ''), 'hostile'), junk), {
      maxLength: 4,
    })
    const [type, content] = Object.entries(requestBody?.content ?? {})[0] ?? []
    const schema = (content?.schema['x-frame-header'] ?? content?.schema ?? {}) as Schema
    return fc
      .record({
        params: fc.array(pathJunk, { minLength: 5, maxLength: 5 }),
        queries,
        value: fitting(schema),
        picks: fc.array(fc.nat(20), { minLength: 1, maxLength: 6 }),
        by: junk,
        spoil: broken,
        other: fc.integer({ min: 0, max: 19 }),
      })
      .map(({ params, queries, value, picks, by, spoil, other }): Hostile => {
        const filled = path.replace(/\{\w+\}/g, () => params[other % params.length] ?? '')
        const search = queries.map(
          ([name, of]) => `${name}=${encodeURIComponent(String(JSON.stringify(of)).toWellFormed()).slice(0, 2_000)}`,
        )
        const target = search.length === 0 ? filled : `${filled}?${search.join('&')}`
        if (type === undefined)
          return { method, path: target, headers: {}, body: Buffer.alloc(0), why: 'odd path or query' }
        const isJson = type === 'application/json'
        const odd = spoiled(value, picks, by)
        const text = isJson ? refusedJson(odd) : JSON.stringify(odd)
        const { body, why, type: given = type, encoding } = spoil(text ?? 'null')
        const headers = { 'content-type': given, ...(encoding && { 'content-encoding': encoding }) }
        if (other === 19) return { method: 'POST', path: `${filled}/x`, headers, body, why: 'no such route' }
        return { method, path: target, headers, body, why: `its body ${why}` }
      })
  })
}
