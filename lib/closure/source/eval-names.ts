import type { AnyNode } from 'acorn'
import { OWN_NAMES } from '../bundle-format.ts'
import { firstFrom } from '../names/names.ts'
import type { Binding, Scope } from '../names/scope.ts'
import type { FreeName } from './function-code.ts'
import { standsForModule } from './module-call.ts'
import type { FunctionSyntax } from './script.ts'

/**
 * A function that calls `eval` by its name may use whatever it sees. All of it travels that can; what can't, and is not
 * named in the text, is left uninitialised: evaluated text that uses it throws.
 */
export function namesForEval({ syntax, script, start, end }: FunctionSyntax, named: readonly FreeName[]): FreeName[] {
  const { specials } = script.names
  const first = firstFrom(specials, start, special => special.node.start)
  const calls = specials.slice(first).filter(({ kind, node }) => kind === 'eval' && node.start < end)
  if (calls.length === 0) return []
  const isInSight = (name: string): boolean => calls.some(call => !isShadowed(name, call.scope, syntax.scope))
  const seen = new Set(named.map(({ name }) => name))
  const names: FreeName[] = []
  for (let scope: Scope | undefined = syntax.scope; scope !== undefined; scope = scope.parent) {
    for (const [name, binding] of scope.bindings) {
      if (seen.has(name) || standsForModule(name) || name.startsWith(OWN_NAMES) || !isInSight(name)) continue
      seen.add(name)
      names.push({ name, binding, writes: isAssignable(binding), members: undefined, start, perhaps: true })
    }
  }
  return names
}

/** Whether a scope inside of the function declares the name too: evaluated text means that one. */
function isShadowed(name: string, from: Scope | undefined, outside: Scope): boolean {
  for (let scope = from; scope !== undefined && scope !== outside; scope = scope.parent) {
    if (scope.bindings.has(name)) return true
  }
  return false
}

function isAssignable({ kind }: Binding): boolean {
  return kind !== 'const' && kind !== 'import' && kind !== 'self' && kind !== 'own'
}

/** Whether a call of `eval` has a text that uses nothing but names. */
export function usesNamesOnly(call: AnyNode): boolean {
  const [text] = (call as { arguments?: readonly AnyNode[] }).arguments ?? []
  return text?.type === 'Literal' && !/\b(?:this|arguments|super|new)\b/.test(String(text.value))
}

export const evalOfArrow = [
  'it calls `eval`, whose text may use the `this` of the function around it, which can’t be read then',
  'Write it as a `function`, or use `(0, eval)(text)`.',
] as const
