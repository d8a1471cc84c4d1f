import type { Callable } from '../../value/captured.ts'
import type { Lexical } from '../bundle-format.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { type LiveScope, levelOf } from '../source/inspector.ts'
import { lexicalValue } from '../source/lexical-value.ts'

/** The `this`, `arguments` or `new.target` that an arrow function sees; undefined where it can't be read. */
export function readLexical(
  kind: Lexical,
  fn: Callable,
  code: FunctionCode,
  scopes: readonly LiveScope[],
): { readonly value: unknown } | undefined {
  if (kind === 'nothing') return { value: undefined }
  if (kind !== 'arguments') return lexicalValue(fn, code, kind)
  const scope = scopes[levelOf(scopes, kind)]
  return scope === undefined ? undefined : { value: scope.object[kind] }
}
