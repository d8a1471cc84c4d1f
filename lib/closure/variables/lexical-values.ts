import type { Callable } from '../../value/captured.ts'
import { lexicalName } from '../bundle-format.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { hiddenVariable } from '../source/heap-contexts.ts'
import { type LiveScope, levelOf } from '../source/inspector.ts'
import { lexicalValue } from './pause.ts'

const kinds = Object.keys(lexicalName) as (keyof typeof lexicalName)[]

/** `this` for the variable that stands for it; undefined for any other. */
export function lexicalKind(name: string): keyof typeof lexicalName | undefined {
  return kinds.find(kind => lexicalName[kind] === name)
}

/** The `this`, `arguments` or `new.target` that an arrow function sees; undefined where it can't be read. */
export function readLexical(
  kind: keyof typeof lexicalName,
  fn: Callable,
  code: FunctionCode,
  scopes: readonly LiveScope[],
): { readonly value: unknown } | undefined {
  if (kind !== 'arguments') return lexicalValue(fn, code, kind) ?? inHeap(fn, kind)
  const scope = scopes[levelOf(scopes, kind)]
  return scope === undefined ? undefined : { value: scope.object[kind] }
}

const hidden = {
  this: new WeakMap<Callable, { readonly value: unknown }>(),
  'new.target': new WeakMap<Callable, { readonly value: unknown }>(),
}

/** Of functions that can't be stopped before they run. */
function inHeap(fn: Callable, kind: 'this' | 'new.target'): { readonly value: unknown } | undefined {
  const known = hidden[kind].get(fn)
  if (known !== undefined) return known
  const found = hiddenVariable(fn, kind === 'this' ? kind : '.new.target')
  if (found !== undefined) hidden[kind].set(fn, found)
  return found
}
