import { isAbsolute } from 'node:path'
import { getCallSites } from 'node:util'
import { setFlagsFromString } from 'node:v8'
import { Script } from 'node:vm'
import type { Callable } from '../../value/captured.ts'
import type { ScriptFacts } from './debugged-scripts.ts'
import type { FunctionInside } from './inspector.ts'

/** Callers among whose scripts a function is looked for, as many as Node tells: mostly it is written where it is sent, some twenty calls of ours below. */
const MAX_FRAMES = 200

/**
 * What the debugger would say of a function's script, and its text, without the debugger: when that is enabled for the
 * first time, V8 hashes all scripts that it holds, which takes longer than all else of a first capture. Undefined where
 * it can't be known for certain; then the debugger is to be asked.
 */
export function scriptOnStack(
  fn: Callable,
  { location, scopes }: FunctionInside,
): (ScriptFacts & { readonly source: string }) | undefined {
  if (location === undefined) return undefined
  const { scriptId } = location
  const url = getCallSites(MAX_FRAMES, { sourceMap: false }).find(site => site.scriptId === scriptId)?.scriptName
  if (url === undefined) return undefined
  const isModule = scopes.some(({ description }) => description === 'Module')
  // Evaluated code may have any name.
  if (isModule ? !url.startsWith('file:') : !isAbsolute(url)) return undefined
  const source = sourceOf(fn)
  const facts = { scriptId, url, isModule, startLine: 0, startColumn: 0 }
  return source === undefined || isRenamed(source, url) ? undefined : { ...facts, source }
}

/** A comment may give a script another name, which the debugger knows it by. Node names TypeScript so as it was named. */
function isRenamed(source: string, url: string): boolean {
  return source.split('sourceURL=').some((rest, index) => index > 0 && /^\S*/.exec(rest)?.[0] !== url)
}

/** The text of the script that a function is part of, as V8 executes it. */
function sourceOf(fn: Callable): string | undefined {
  try {
    // In a process that was started with natives' syntax they stay on.
    return readSource(fn)
  } catch {
    setFlagsFromString('--allow-natives-syntax')
  }
  try {
    return readSource(fn)
  } catch {
    // A V8 without this function leaves us to the debugger.
    return undefined
  } finally {
    setFlagsFromString('--no-allow-natives-syntax')
  }
}

// One of V8's own functions, whose names are syntax for this moment only: compiled anew each time, as V8 may compile
// what it keeps again later.
function readSource(fn: Callable): string | undefined {
  const read = new Script('(fn => %FunctionGetScriptSource(fn))').runInThisContext() as (fn: Callable) => unknown
  const source = read(fn)
  return typeof source === 'string' ? source : undefined
}
