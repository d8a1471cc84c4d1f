import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import type { FreeName, FunctionCode } from '../source/function-code.ts'
import { hiddenVariable } from '../source/heap-contexts.ts'
import { type LiveScope, levelOf } from '../source/inspector.ts'
import { variableRefusal } from './variable-refusal.ts'

/**
 * What a variable holds that a function sees, and which of its scopes has it, innermost 0: -1 for none that V8 lists.
 * @throws {CaptureError} for one that can't be read, or not yet
 */
export function readVariable(
  fn: Callable,
  free: FreeName,
  code: FunctionCode,
  scopes: readonly LiveScope[],
): { readonly value: unknown; readonly level: number } {
  // One of the same name further out is another variable.
  const isOwn = free.binding?.kind === 'own'
  const level = isOwn ? -1 : levelOf(scopes, free.name)
  if (level < 0) {
    const own = isOwn ? readOwnName(fn, free.name) : undefined
    if (own !== undefined) return { value: own.value, level }
    throw variableRefusal(fn, free, code, 'its value can’t be read', 'Pass it as an argument.')
  }
  try {
    const value: unknown = scopes[level]?.object[free.name]
    return { value: isCompilersCache(value, free, code) ? null : value, level }
  } catch (cause) {
    const hint = 'Send the function after the line that declares it.'
    throw variableRefusal(fn, free, code, 'it is not initialised yet', hint, cause)
  }
}

/**
 * Compilers' helpers for namespaces of CommonJS modules, which keep those that they made where there is a WeakMap. Minified they
 * are known by what they do: they ask for that, make it, and put another function in their own place.
 */
const MAX_HELPER_START = 300
const named = /^function (?:_getRequireWildcardCache|_interopRequireWildcard|_interop_require_wildcard)\b/
const minified =
  /^function ([\w$]+)\([\w$, ]*\)\s*\{\s*if\s*\("function"\s*[!=]==?\s*typeof WeakMap\)[^{}]*return\s*\(\1\s*=\s*function/

/** Whether a helper of a compiler remembers in it what it made, and does without where there is none. */
function isCompilersCache(value: unknown, { binding }: FreeName, { script, start }: FunctionCode): boolean {
  if (!types.isWeakMap(value) || binding === undefined) return false
  return [start, binding.scope.start].some(from => {
    const text = script.source.slice(from, from + MAX_HELPER_START)
    return named.test(text) || minified.test(text)
  })
}

const ownNames = new Map<string, WeakMap<Callable, { readonly value: unknown }>>()

/** The name that a function expression around gave itself: V8 lists it in no scope. */
function readOwnName(fn: Callable, name: string): { readonly value: unknown } | undefined {
  const known = ownNames.get(name) ?? new WeakMap<Callable, { readonly value: unknown }>()
  ownNames.set(name, known)
  const found = known.get(fn) ?? hiddenVariable(fn, name)
  if (found !== undefined) known.set(fn, found)
  return found
}
