import type { Callable } from '../../value/captured.ts'
import { hiddenVariable, hiddenVariableAtHand } from './heap-contexts.ts'
import { answerFrom } from './paused-frame.ts'
import type { FunctionSyntax } from './script.ts'

type Lexical = 'this' | 'new.target'
const seen = {
  this: new WeakMap<Callable, { readonly value: unknown }>(),
  'new.target': new WeakMap<Callable, { readonly value: unknown }>(),
}

/**
 * What an arrow function took from where it was written; undefined when that can't be found out. Of functions that can't
 * be stopped before they run a snapshot of the heap tells.
 */
export function lexicalValue(
  fn: Callable,
  syntax: FunctionSyntax,
  what: Lexical,
): { readonly value: unknown } | undefined {
  const known = seen[what].get(fn)
  if (known !== undefined) return known
  const name = what === 'this' ? what : '.new.target'
  const found =
    hiddenVariableAtHand(fn, name) ?? answerFrom(fn, syntax, frame => frame.read(what)) ?? hiddenVariable(fn, name)
  if (found !== undefined) seen[what].set(fn, found)
  return found
}
