import { relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { ExplainedPart, Explanation } from '../../client/cloud-api.ts'
import { readableBytes } from './readable-bytes.ts'

/** An explanation as lines for people: the verdict, the tree, imports, sizes, and what takes the most. */
export function printExplanation({ root, refusal, imports, packages, assets, bytes, largest }: Explanation): string {
  const lines = [refusal === undefined ? `${root.name} can be sent` : `${root.name} can’t be sent`]
  if (refusal !== undefined) lines.push(`  ${refusal.message}`)
  lines.push('', ...treeOf(root))
  if (imports.length > 0) lines.push('', 'imports', ...columns(imports.map(importOf)))
  if (packages.length > 0) {
    lines.push('', 'packages', ...columns(packages.map(each => [each.name, readableBytes(each.bytes)])))
  }
  if (assets.length > 0) {
    lines.push(
      '',
      'files',
      ...columns(assets.map(({ path, bytes: size }) => [relative(process.cwd(), path), readableBytes(size)])),
    )
  }
  if (bytes !== undefined) {
    const { code, data, packages: bundled, assets: files, total } = bytes
    const parts = [`code ${readableBytes(code)}`, `data ${readableBytes(data)}`]
    if (bundled > 0) parts.push(`packages ${readableBytes(bundled)}`)
    if (files > 0) parts.push(`files ${readableBytes(files)}`)
    lines.push('', `${readableBytes(total)} in all: ${parts.join(', ')}`)
  }
  const most = largest.map(({ what, bytes: size }) => `${what} ${readableBytes(size)}`)
  if (most.length > 0) lines.push(`the most: ${most.join(', ')}`)
  return `${lines.join('\n')}\n`
}

function treeOf(root: ExplainedPart): readonly string[] {
  const rows: (readonly string[])[] = []
  // A stack of its own, as functions may see functions to any depth.
  const open: [part: ExplainedPart, before: string, isLast: boolean][] = [[root, '', true]]
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const [part, before, isLast] = next
    const branch = part === root ? '' : `${before}${isLast ? '└─ ' : '├─ '}`
    rows.push([`${branch}${part.name}`, part.kind, noteOf(part)])
    const inner = part === root ? '' : `${before}${isLast ? '   ' : '│  '}`
    const last = part.parts.length - 1
    for (let at = last; at >= 0; at--) open.push([part.parts[at] as ExplainedPart, inner, at === last])
  }
  return columns(rows, '')
}

function noteOf({ refusal, sameAs, travels, reference, bytes, place }: ExplainedPart): string {
  if (refusal !== undefined) return `can’t be sent: ${refusal.reason}`
  if (sameAs !== undefined) return `the same as ${sameAs.join(' → ')}`
  if (reference !== undefined) return `${travels}: ${reference}`
  const at = place === undefined ? '' : ` at ${shown(place.url)}:${place.line}`
  return `${readableBytes(bytes)}${at}`
}

function importOf({ specifier, names, travels, bytes }: Explanation['imports'][number]): readonly string[] {
  return [specifier, bytes > 0 ? `${travels}, ${readableBytes(bytes)}` : travels, names.join(', ')]
}

function columns(rows: readonly (readonly string[])[], indent = '  '): readonly string[] {
  const widths: number[] = []
  for (const row of rows) for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length)
  return rows.map(
    row =>
      indent +
      row
        .map((cell, at) => cell.padEnd(widths[at] as number))
        .join('  ')
        .trimEnd(),
  )
}

function shown(url: string): string {
  return url.startsWith('file:') ? relative(process.cwd(), fileURLToPath(url)) : url
}
