import { type ErrorCode, factsOf } from '../../protocol/errors.ts'
import { paths } from '../../protocol/paths.ts'
import { problemWords } from './problem-words.ts'
import { type JsonSchema, schemaText } from './schema-text.ts'

interface Parameter {
  readonly name?: string
  readonly in?: string
  readonly required?: boolean
  readonly schema?: JsonSchema
}
type Content = Readonly<Record<string, { readonly schema: JsonSchema }>>
interface Operation {
  readonly operationId: string
  readonly tags: readonly string[]
  readonly summary: string
  readonly parameters: readonly Parameter[]
  readonly requestBody?: { readonly content: Content }
  readonly security: readonly { readonly key: readonly string[] }[]
  readonly responses: Readonly<Record<string, { readonly content?: Content }>>
}
interface Document {
  readonly info: { readonly description: string }
  readonly components: { readonly schemas: { readonly Problem: JsonSchema } }
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>
}

const style = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
code,pre{font-family:ui-monospace,monospace;font-size:.9em}pre{overflow:auto;padding:.7rem;background:#8882;border-radius:.3rem}
table{border-collapse:collapse}td,th{text-align:left;padding:.2rem 1rem .2rem 0;vertical-align:top}
article{border-top:1px solid #8886;margin-top:1.5rem}h2{text-transform:capitalize;margin-top:2.5rem}
.method{display:inline-block;min-width:4rem;font-weight:bold}`

/** The routes as a page to read, made of the OpenAPI document: it can't tell anything else. It loads nothing from elsewhere. */
export function docsPage(document: object): string {
  const { info, components, paths: described } = document as Document
  const operations = Object.entries(described).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ method: method.toUpperCase(), path, ...operation })),
  )
  const groups = [...new Set(operations.map(({ tags: [tag = ''] }) => tag))]
  const contents = operations.map(
    ({ method, path, summary, operationId }) =>
      `<tr><td><code class="method">${method}</code><a href="#${operationId}"><code>${htmlOf(path)}</code></a><td>${htmlOf(summary)}`,
  )
  const parts = groups.map(
    group =>
      `<h2>${htmlOf(group)}</h2>${operations
        .filter(({ tags }) => tags[0] === group)
        .map(operationPart)
        .join('\n')}`,
  )
  const codes = Object.entries(problemWords).map(
    ([code, words]) =>
      `<tr id="problem-${code}"><td><code>${code}</code><td>${factsOf(code as ErrorCode).http}<td>${htmlOf(words)}`,
  )
  return `<!doctype html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>PiCloud: HTTP</title>
<style>${style}</style>
<h1>PiCloud: HTTP</h1>
<p>${htmlOf(info.description)}
<p>The same for programs: <a href="${paths.openapi}">${paths.openapi}</a>. Try: <code>curl -u KEY:SECRET …${paths.jobs}</code>
<table>${contents.join('\n')}</table>
${parts.join('\n')}
<h2>Problems</h2>
<p>What is refused answers with a problem document:
<pre>${htmlOf(schemaText(components.schemas.Problem))}</pre>
<p>Its <code>type</code> leads to the code’s row here:
<table>${codes.join('\n')}</table>
</html>
`
}

function operationPart({ method, path, ...operation }: Operation & { method: string; path: string }): string {
  const { operationId, summary, parameters, requestBody, security, responses } = operation
  const [needs] = security
  const scope = needs === undefined ? 'No key is needed.' : `Scope: ${needs.key[0] ?? 'any'}.`
  const named = parameters.filter(one => one.name !== undefined)
  const rows = named.map(
    one =>
      `<tr><td><code>${htmlOf(one.name ?? '')}</code><td>${one.in}${one.required ? '' : ', optional'}<td><code>${htmlOf(schemaText(one.schema ?? {}))}</code>`,
  )
  const answers = Object.entries(responses)
    .filter(([status]) => status.startsWith('2'))
    .map(
      ([status, { content }]) =>
        `<p>Answers ${status}${content === undefined ? ', without a body' : ''}.${bodyPart(content)}`,
    )
  return `<article id="${operationId}"><h3><code>${method} ${htmlOf(path)}</code></h3><p>${htmlOf(summary)} ${scope}
${rows.length > 0 ? `<table>${rows.join('\n')}</table>` : ''}${requestBody ? `<p>Takes:${bodyPart(requestBody.content)}` : ''}
${answers.join('\n')}</article>`
}

function bodyPart(content: Content = {}): string {
  return Object.entries(content)
    .map(([type, { schema }]) => {
      const header = schema['x-frame-header'] as JsonSchema | undefined
      return ` <code>${type}</code>${header ? ', its header:' : ''}<pre>${htmlOf(schemaText(header ?? schema))}</pre>`
    })
    .join('')
}

function htmlOf(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;')
}
