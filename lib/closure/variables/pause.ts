import type { Callable } from '../../value/captured.ts'
import { type LiveScope, levelOf, lookInside } from '../source/inspector.ts'
import { answerFromPause, canPause } from '../source/paused-frame.ts'
import type { FunctionSyntax } from '../source/script.ts'

/**
 * The functions of `others` that see the same variable `name` as `fn`: while a mark stands in it, they see the mark.
 * Undefined when the function could not be stopped.
 */
export function whoSees(fn: Callable, name: string, others: readonly Callable[]): ReadonlySet<Callable> | undefined {
  return answerFromPause(fn, frame => {
    const mark = {}
    const before = frame.exchange(name, mark)
    if (before === undefined) return undefined
    try {
      return new Set(others.filter(other => valueIn(lookInside(other).scopes, name) === mark))
    } finally {
      frame.exchange(name, before.value)
    }
  })
}

type Lexical = 'this' | 'new.target'
const seen = {
  this: new WeakMap<Callable, { readonly value: unknown }>(),
  'new.target': new WeakMap<Callable, { readonly value: unknown }>(),
}

/** What an arrow function took from where it was written; undefined when that can't be found out. */
export function lexicalValue(
  fn: Callable,
  syntax: FunctionSyntax,
  what: Lexical,
): { readonly value: unknown } | undefined {
  const known = seen[what].get(fn)
  if (known !== undefined || !canPause(syntax)) return known
  const found = answerFromPause(fn, frame => frame.read(what))
  if (found !== undefined) seen[what].set(fn, found)
  return found
}

function valueIn(scopes: readonly LiveScope[], name: string): unknown {
  return scopes[levelOf(scopes, name)]?.object[name]
}
