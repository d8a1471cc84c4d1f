import type { AnyNode, ExportNamedDeclaration, Identifier, ImportDeclaration, Literal } from 'acorn'
import { loadOwn } from '../own-files.ts'
import type * as Parser from '../source/parser.ts'

let parser: typeof Parser | undefined

/**
 * A bundle of packages of which one awaits at its top level is an ES module, as esbuild makes it. The worker runs
 * scripts: this one's exports are a promise of the module's.
 */
export function awaitingScript(module: string): string {
  const imports: string[] = []
  const exported: string[] = []
  let body = ''
  let at = 0
  parser ??= loadOwn('source/parser') as typeof Parser
  for (const node of parser.parse(module, { ecmaVersion: 'latest', sourceType: 'module' }).body) {
    if (node.type === 'ImportDeclaration') imports.push(importText(node))
    else if (node.type === 'ExportNamedDeclaration') exported.push(...exportTexts(node))
    else continue
    body += module.slice(at, node.start)
    at = node.end
  }
  body += module.slice(at)
  // Imports are there before anything runs.
  return `${importedText}
module.exports = (async () => {
${imports.join('\n')}
${body}
return { ${exported.join(', ')} }
})()
`
}

/** What esbuild leaves to the host: the default export of what is no ES module is all that it exports. */
const importedText = `const picloudImported = name => {
const it = require(name)
return name === 'picloud' || it[Symbol.toStringTag] === 'Module' ? it : Object.assign(Object.create(null), it, { default: it })
}`

function importText({ specifiers, source }: ImportDeclaration): string {
  const imported = `picloudImported(${JSON.stringify(source.value)})`
  if (specifiers.length === 0) return `${imported};`
  const names = specifiers.map(specifier => {
    const { name } = specifier.local
    if (specifier.type === 'ImportNamespaceSpecifier') return `${name} = ${imported}`
    const from = specifier.type === 'ImportSpecifier' ? nameOf(specifier.imported) : 'default'
    return `{ ${JSON.stringify(from)}: ${name} } = ${imported}`
  })
  return `const ${names.join(', ')};`
}

function exportTexts({ specifiers }: ExportNamedDeclaration): string[] {
  return specifiers.map(
    ({ local, exported }) => `get ${JSON.stringify(nameOf(exported))}() { return ${nameOf(local)} }`,
  )
}

function nameOf(node: AnyNode): string {
  return node.type === 'Identifier' ? (node as Identifier).name : String((node as Literal).value)
}
