import { statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import type { Span } from '../names/scope.ts'
import type { TextRefusal } from './function-code.ts'
import type { Script } from './script.ts'

const text = String.raw`(['"\x60])((?:(?!\1)[^\\$])*)\1`
const isUrl = /^\s*\.\s*url\s*\)/
const beforeUrl = new RegExp(String.raw`\bnew\s+URL\s*\(\s*${text}\s*,\s*$`)
const resolved = new RegExp(String.raw`^\s*\.\s*resolve\s*\(\s*${text}\s*\)`)
const beforeJoined = /\b(?:join|resolve)\)?\s*\(\s*$/
const nextPart = new RegExp(String.raw`^\s*,\s*${text}`)
const added = new RegExp(String.raw`^\s*\+\s*${text}`)
const inTemplate = /^\s*\}([^`$\\]*)`/
/** Characters around a name in which its file may stand. */
const REACH = 500

/** Whether a name may stand for `import.meta`, also as compilers call it, or for the folder of a file. */
export function namesPlace(name: string): boolean {
  return name === '__dirname' || name.includes('import_meta')
}

/**
 * A file beside the user's that a function names by the place of its own, as in `new URL('./x.txt', import.meta.url)`.
 * It does not travel: in a job it would be missing.
 * @param at where `import.meta` or `__dirname` stands
 * @returns undefined where the text names none, or none that is there
 */
export function namedFileRefusal({ source, url }: Script, { start, end }: Span): TextRefusal | undefined {
  const here = url.startsWith('/') ? url : url.startsWith('file:') ? fileURLToPath(url) : undefined
  if (here === undefined) return undefined
  const before = source.slice(Math.max(0, start - REACH), start)
  const after = source.slice(end, end + REACH)
  const path = nameByUrl(before, after, here) ?? nameByFolder(before, after, here)
  if (path === undefined || here.startsWith(path)) return undefined
  if (statSync(path, { throwIfNoEntry: false }) === undefined) return undefined
  return {
    why: `it names ${path}, a file of yours that does not travel`,
    hint: 'Read it at the top of the file and use what that gives, or put it into cloud.files.',
    start,
  }
}

function nameByUrl(before: string, after: string, here: string): string | undefined {
  const specifier = (isUrl.test(after) ? beforeUrl.exec(before) : resolved.exec(after))?.[2]
  if (specifier === undefined || !/^\.{0,2}\/|^[^:]*$/.test(specifier)) return undefined
  const found = new URL(specifier, pathToFileURL(here))
  return found.protocol === 'file:' ? fileURLToPath(found) : undefined
}

function nameByFolder(before: string, text: string, here: string): string | undefined {
  const after = text.replace(/^\s*\.\s*dirname\b/, '')
  const more = added.exec(after)?.[2] ?? (before.endsWith('${') ? inTemplate.exec(after)?.[1] : undefined)
  if (more !== undefined) return join(dirname(here) + more)
  if (!beforeJoined.test(before)) return undefined
  const parts: string[] = []
  let rest = after
  for (let part = nextPart.exec(rest); part !== null; part = nextPart.exec(rest)) {
    parts.push(part[2] as string)
    rest = rest.slice(part[0].length)
  }
  return parts.length > 0 && /^\s*,?\s*\)/.test(rest) ? join(dirname(here), ...parts) : undefined
}
