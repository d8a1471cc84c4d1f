import type { CodeHeader } from '../bundle-format.ts'

/** Emitted scripts whose frames can still be told from each other; of older ones they name the script. */
const KEPT_SCRIPTS = 1_000
const PER_STRETCH = 6

type Stretch = [first: number, start: number, lines: number, file: number, fromLine: number, fromColumn: number]
type Positions = Pick<CodeHeader, 'files' | 'positions'>

/** By name, those that were used last at the end. */
const scripts = new Map<string, Positions>()
let latest: Positions | undefined

const PREFIX = 'picloud:'

/** What an emitted script is called in stack traces. */
export function scriptName(name: string): string {
  return PREFIX + name
}

/** Whether that is the name of such a script: a job may send its functions on. */
export function isRevived(url: string): boolean {
  return url.startsWith(PREFIX)
}

/** Takes in where the text of an emitted script came from; also whenever it is used again. */
export function noteScript(filename: string, header: Positions): void {
  // Most jobs are of the same code as the one before.
  if (header === latest) return
  latest = header
  scripts.delete(filename)
  scripts.set(filename, header)
  if (scripts.size > KEPT_SCRIPTS) scripts.delete(scripts.keys().next().value as string)
}

/** Puts the user's files and lines into a stack trace. */
export function mapStack(stack: string): string {
  return stack.replace(/(picloud:[\w-]+):(\d+):(\d+)/g, (text, filename: string, line, column) => {
    const at = originOf(filename, { line: Number(line), column: Number(column) })
    return at === undefined ? text : `${at.url}:${at.line}:${at.column}`
  })
}

/**
 * Makes every stack that is read in this process name the user's files: also those that a job prints or keeps. A program's
 * own `Error.prepareStackTrace` goes before it; what it gives is mapped when the job fails with it.
 */
export function mapStacks(): void {
  const format = Error.prepareStackTrace as NonNullable<typeof Error.prepareStackTrace>
  Error.prepareStackTrace = function prepareStackTrace(error, trace) {
    return mapStack(String(format(error, trace)))
  }
}

interface Place {
  readonly line: number
  readonly column: number
}

/** Where a position of an emitted script was written; undefined for what was made around it. */
export function originOf(filename: string, { line, column }: Place): (Place & { readonly url: string }) | undefined {
  const script = scripts.get(filename)
  if (script === undefined) return undefined
  const { files, positions } = script
  let found: (Place & { readonly url: string }) | undefined
  // The last that starts before it: stretches stand in the order of the text.
  for (let at = 0; at < positions.length; at += PER_STRETCH) {
    const [first, start, lines, file, fromLine, fromColumn] = positions.slice(at, at + PER_STRETCH) as Stretch
    if (line < first || (line === first && column < start)) break
    if (line >= first + lines) continue
    const onFirst = line === first
    found = {
      url: files[file] as string,
      line: fromLine + line - first,
      column: onFirst ? column - start + fromColumn : column,
    }
  }
  return found
}
