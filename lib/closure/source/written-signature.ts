import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { AnyNode, Pattern } from 'acorn'
import { CaptureError } from '../capture-error.ts'
import type { FunctionCode } from './function-code.ts'
import { placeOf, type Script } from './script.ts'

/** What a signature says of a parameter, for callers of other languages. */
export interface WrittenParameter {
  readonly name: string
  /** Plain types that TypeScript's annotation names; `any` for all others, and where there is none. */
  readonly type: (typeof plainTypes)[number] | 'any'
  /** It has no default, no `?`, and is no rest. */
  readonly required: boolean
  readonly rest: boolean
}

export interface WrittenSignature {
  readonly parameters: readonly WrittenParameter[]
  /** The text of the JSDoc comment before it. */
  readonly description: string | undefined
}

const plainTypes = ['string', 'number', 'boolean', 'string[]', 'number[]', 'boolean[]'] as const

/**
 * The signature as its author wrote it. Node blanks types out and moves nothing, so that the file has at the same place
 * what the script that runs has lost.
 * @throws {CaptureError} for a parameter that has no name, as `({ a })`
 */
export function writtenSignature(code: FunctionCode, name: string): WrittenSignature {
  const { node } = code.syntax
  const params = 'params' in node ? node.params : []
  const text = writtenText(code.script)
  const parameters = params.map((param, index) => parameterOf(param, text, code, name, index))
  return { parameters, description: descriptionOf(code.script.source.slice(0, code.start)) }
}

function parameterOf(param: Pattern, text: string, code: FunctionCode, name: string, index: number): WrittenParameter {
  const rest = param.type === 'RestElement'
  const named: AnyNode = param.type === 'AssignmentPattern' ? param.left : rest ? param.argument : param
  if (named.type !== 'Identifier') {
    throw new CaptureError(`its parameter number ${index + 1} is a pattern, and has no name to pass it by`, {
      path: [name],
      place: placeOf(code.script, named.start),
      hint: 'Take it as a whole, and take it apart inside.',
    })
  }
  const [, optional, annotation = ''] =
    /^\s*(\?)?\s*(?::\s*([\w[\]<> ]+?))?\s*(?=[,)=]|$)/.exec(text.slice(named.end)) ?? []
  const required = param.type === 'Identifier' && optional === undefined
  return { name: named.name, type: typeOf(annotation), required, rest }
}

function typeOf(annotation: string): WrittenParameter['type'] {
  const [, item] = /^(?:Readonly)?Array<(\w+)>$/.exec(annotation) ?? []
  const text = item === undefined ? annotation.replace(/^readonly /, '') : `${item}[]`
  return plainTypes.find(plain => plain === text) ?? 'any'
}

/** The file, where the script is what Node made of it; else the script itself. */
function writtenText({ url: loaded, source }: Script): string {
  // A loader may have given it a query.
  const url = loaded.replace(/[?#].*$/, '')
  if (!url.startsWith('file:') || !/\.[cm]?ts$/.test(url)) return source
  try {
    const text = readFileSync(fileURLToPath(url), 'utf8')
    return isBlankedOut(text, source) ? text : source
  } catch {
    return source
  }
}

/** Whether the script is the text with some of it made blanks. */
function isBlankedOut(text: string, source: string): boolean {
  // Node may say at the end where the script is from.
  if (source.length < text.length || !/^(?:\s*\/\/# source\w+=\S*\s*)?$/.test(source.slice(text.length))) return false
  for (let at = 0; at < text.length; at++) {
    // A blank that had to be more than one is a semicolon.
    if (source[at] !== text[at] && source[at] !== ' ' && source[at] !== ';') return false
  }
  return true
}

/** Of the JSDoc comment that ends where the function, or its declaration, begins. */
function descriptionOf(before: string): string | undefined {
  const declared =
    /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*(?:export\s+)?(?:default\s+)?(?:(?:const|let|var)\s+[\w$]+\s*=\s*)?$/
  const comment = declared.exec(before.slice(-20_000))?.[1]
  if (comment === undefined) return undefined
  const lines = comment.split('\n').map(line => line.replace(/^\s*\* ?/, '').trimEnd())
  const text = lines.join('\n').trim()
  return text === '' ? undefined : text
}
