import { readFileSync } from 'node:fs'
import { findSourceMap, SourceMap } from 'node:module'
import { isAbsolute } from 'node:path'
import { pathToFileURL } from 'node:url'
import { isRevived, originOf } from '../revive/stack.ts'
import { asUrl } from './as-url.ts'
import { mapInVitest } from './vitest-map.ts'

/** A position in a script or a file: lines and columns count from 1. */
export interface Position {
  readonly line: number
  readonly column: number
}

/** Where a script's text was written, before a compiler made it. */
export interface Origins {
  /** The place in the user's file of a position of the script; undefined where the map has none. */
  at(position: Position): (Position & { readonly url: string }) | undefined
}

/**
 * By the source map that the script's last comment names, inline or in a file beside it; else by the one that Vitest keeps,
 * or that Node knows of with `--enable-source-maps`. Undefined for a script that stands as its author wrote it. A map that
 * can't be read is none: positions are then the script's own.
 */
export function originsOf(url: string, source: string): Origins | undefined {
  if (isRevived(url)) return { at: position => originOf(url, position) }
  const found = named(source, url) ?? knownToVitest(url) ?? knownToNode(url)
  if (found === undefined) return undefined
  const { map, base } = found
  return {
    at: ({ line, column }) => {
      const entry = map.findEntry(line - 1, column - 1)
      // Before the first position of a line stand those of the line before.
      if (!('originalSource' in entry) || entry.generatedLine !== line - 1) return undefined
      const { originalSource, originalLine, originalColumn, generatedColumn } = entry
      if (typeof originalSource !== 'string') return undefined
      // Some maps name no more than the start of a statement: what follows it stands as far behind.
      const after = column - 1 - generatedColumn
      return { url: resolved(originalSource, base), line: originalLine + 1, column: originalColumn + after + 1 }
    },
  }
}

interface Found {
  readonly map: SourceMap
  /** What relative sources are relative to. */
  readonly base: string
}

const MARK = /\/\/[#@] sourceMappingURL=(\S+)[^\S\n]*$/gm

/** The last one counts, as the texts of others may stand in strings before. */
function commentOf(source: string): string | undefined {
  const from = source.lastIndexOf('sourceMappingURL=')
  if (from < 0) return undefined
  const line = source.lastIndexOf('\n', from) + 1
  return [...source.slice(line).matchAll(MARK)].at(-1)?.[1]
}

function named(source: string, url: string): Found | undefined {
  const name = commentOf(source)
  if (name === undefined) return undefined
  try {
    const script = asUrl(url)
    const isInline = name.startsWith('data:')
    const at = isInline ? script : new URL(name, script).href
    if (!isInline && !at.startsWith('file:')) return undefined
    return mapAt(at, isInline ? inlined(name) : readFileSync(new URL(at), 'utf8'))
  } catch {
    return undefined
  }
}

function knownToVitest(url: string): Found | undefined {
  const text = mapInVitest(url)
  return text === undefined ? undefined : mapAt(asUrl(url), text)
}

function mapAt(url: string, text: string): Found | undefined {
  try {
    const payload = JSON.parse(text) as ConstructorParameters<typeof SourceMap>[0]
    return { map: new SourceMap(payload), base: baseOf(url, payload.sourceRoot) }
  } catch {
    return undefined
  }
}

function knownToNode(url: string): Found | undefined {
  const map = url === '' ? undefined : findSourceMap(url)
  return map === undefined ? undefined : { map, base: baseOf(asUrl(url), map.payload.sourceRoot) }
}

function inlined(data: string): string {
  const [, type = '', body = ''] = /^data:([^,]*),(.*)$/s.exec(data) ?? []
  return type.endsWith(';base64') ? Buffer.from(body, 'base64').toString() : decodeURIComponent(body)
}

function baseOf(map: string, root: string | undefined): string {
  if (!root) return map
  const folder = root.endsWith('/') ? root : `${root}/`
  return isAbsolute(folder) ? pathToFileURL(folder).href : new URL(folder, map).href
}

function resolved(source: string, base: string): string {
  if (isAbsolute(source)) return pathToFileURL(source).href
  return URL.canParse(source, base) ? new URL(source, base).href : source
}
