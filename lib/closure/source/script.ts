import { CaptureError, type SourcePlace } from '../capture-error.ts'
import { firstFrom, type Names, namesOf } from '../names/names.ts'
import type { FunctionNode } from '../names/scope.ts'
import { loadOwn } from '../own-files.ts'
import { asUrl } from './as-url.ts'
import { scriptFacts, scriptSource } from './debugged-scripts.ts'
import type { Location } from './inspector.ts'
import { lineStartsOf } from './line-ends.ts'
import type * as Parser from './parser.ts'
import { type Origins, originsOf, type Position } from './source-map.ts'

/** A script as V8 executes it (types and all that a compiler took away are gone), and what its text says of names. */
export interface Script {
  readonly id: string
  /** As V8 knows it: `file:` for modules, a path for CommonJS, made up for evaluated code. */
  readonly url: string
  readonly isModule: boolean
  readonly source: string
  readonly names: Names
  readonly lineStarts: readonly number[]
  /** Where V8 counts the text from. */
  readonly startLine: number
  readonly startColumn: number
}

/** Scripts whose trees are kept, by V8's id, oldest first. A tree weighs some 100 times its text. */
const MAX_SCRIPTS = 200
const scripts = new Map<string, Script>()
let parser: typeof Parser | undefined

/** The script of that id; read and parsed at its first use. Throws CaptureError for one that can't be. */
export function scriptOf(scriptId: string, name: string): Script {
  const known = scripts.get(scriptId)
  if (known !== undefined) return known
  const facts = scriptFacts(scriptId)
  if (facts === undefined) {
    throw new CaptureError('its source is no longer known to V8', { path: [name], hint: 'Define it again.' })
  }
  const source = scriptSource(scriptId)
  const { program, isModule } = parse(source, facts.isModule, facts.url, name)
  const script: Script = {
    id: scriptId,
    url: facts.url,
    isModule,
    source,
    names: namesOf(program, isModule),
    lineStarts: lineStartsOf(source),
    startLine: facts.startLine,
    startColumn: facts.startColumn,
  }
  scripts.set(scriptId, script)
  if (scripts.size > MAX_SCRIPTS) scripts.delete(scripts.keys().next().value as string)
  return script
}

function parse(
  source: string,
  isModule: boolean,
  url: string,
  name: string,
): { program: Parser.Program; isModule: boolean } {
  parser ??= loadOwn('source/parser') as typeof Parser
  const options: Parser.Options = {
    ecmaVersion: 'latest',
    sourceType: isModule ? 'module' : 'script',
    allowReturnOutsideFunction: true,
    allowHashBang: true,
  }
  try {
    return { program: parser.parse(source, options), isModule }
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause)
    throw new CaptureError(`the parser does not understand ${url === '' ? 'its script' : url}: ${why}`, {
      path: [name],
      hint: 'Write it in syntax that ECMAScript has.',
      cause,
    })
  }
}

/** The line and column, from 1, of an offset in the script that runs. */
export function positionOf({ lineStarts, startLine, startColumn }: Script, offset: number): Position {
  const line = firstFrom(lineStarts, offset + 1, start => start)
  const column = offset - (lineStarts[line - 1] ?? 0) + 1 + (line === 1 ? startColumn : 0)
  return { line: line + startLine, column }
}

const origins = new WeakMap<Script, { readonly origins: Origins | undefined }>()

/** Where the script was written, if a compiler made it. Its map is read when it is first asked for. */
export function originsOfScript(script: Script): Origins | undefined {
  const known = origins.get(script)
  if (known !== undefined) return known.origins
  const found = { origins: originsOf(script.url, script.source) }
  origins.set(script, found)
  return found.origins
}

/** Where an offset is in the user's files. */
export function placeOf(script: Script, offset: number): SourcePlace {
  const position = positionOf(script, offset)
  return originsOfScript(script)?.at(position) ?? { url: asUrl(script.url), ...position }
}

/** A function's syntax in its script, and where its text starts there. */
export interface FunctionSyntax {
  readonly script: Script
  readonly syntax: FunctionNode
  readonly start: number
  readonly end: number
}

function offsetOf({ lineStarts, startLine, startColumn }: Script, { lineNumber, columnNumber }: Location): number {
  const line = lineNumber - startLine
  return (lineStarts[line] ?? 0) + columnNumber - (line === 0 ? startColumn : 0)
}

/** The syntax of the function of that text at that place. V8 points at an arrow's start, else at its opening bracket. */
export function syntaxAt(location: Location, text: string, name: string): FunctionSyntax {
  const script = scriptOf(location.scriptId, name)
  const { functions } = script.names
  const offset = offsetOf(script, location)
  for (let index = firstFrom(functions, offset + 1, node => node.start) - 1; index >= 0; index--) {
    const syntax = functions[index] as FunctionNode
    const start = syntax.end - text.length
    if (syntax.end > offset && start >= syntax.start && script.source.startsWith(text, start)) {
      if (start === syntax.start || syntax.isStatic) return { script, syntax, start, end: syntax.end }
    }
  }
  const place = placeOf(script, offset)
  throw new CaptureError('its text is not found in its script', { path: [name], place, hint: 'Define it again.' })
}
