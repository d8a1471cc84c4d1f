import { type Lexical, lexicalName } from '../bundle-format.ts'
import { declare, type Special } from '../names/scope.ts'
import { innerScope } from '../names/walk.ts'
import type { Edit, FreeName, TextRefusal } from './function-code.ts'
import type { FunctionSyntax, Script } from './script.ts'

/**
 * `this`, `arguments` and `new.target` of an arrow function are those of the function in which it was written. They
 * become variables, whose values are read from the running program.
 */

/** What is to be done with one of them that the text does not give its meaning. */
export function lexicalEdit(
  kind: 'this' | 'arguments' | 'new.target',
  { node: { start, end }, owner }: Special,
  at: FunctionSyntax,
): Edit | TextRefusal {
  const { syntax, script } = at
  const copy = { hint: 'Copy what it needs into a variable and use that.', start }
  // In a module that is nobody's.
  const isNothing = kind === 'this' && owner === undefined && script.isModule
  if (isNothing && syntax.kind !== 'arrow') return { start, end, text: '(void 0)' }
  // Below a class field or block the name has no function to come from.
  if (syntax.kind !== 'arrow' || (owner === undefined && kind !== 'this')) {
    return { ...copy, why: `it uses the \`${kind}\` of the function around it` }
  }
  const reference = script.names.references.find(each => each.start === start && each.shorthand)
  const name = nameIn(script, isNothing ? 'nothing' : kind)
  return { start, end, text: reference === undefined ? name : `${kind}: ${name}` }
}

/** Variables of the arrow function's own: nobody assigns them, so arrow functions need not share them. */
export function lexicalNames({ syntax, script }: FunctionSyntax, edits: readonly Edit[]): FreeName[] {
  const names: FreeName[] = []
  const scope = innerScope(syntax.scope, syntax)
  for (const lexical of Object.keys(lexicalName) as Lexical[]) {
    const name = nameIn(script, lexical)
    const edit = edits.find(({ text }) => text.endsWith(name))
    if (edit === undefined) continue
    const binding = declare(scope, name, 'const')
    names.push({ name, binding, writes: false, members: undefined, start: edit.start, lexical })
  }
  return names
}

const names = new WeakMap<Script, Map<Lexical, string>>()

/** A name that the script does not use: what a job sends on may have been emitted by us. */
function nameIn(script: Script, kind: Lexical): string {
  const known = names.get(script) ?? new Map<Lexical, string>()
  names.set(script, known)
  let name = known.get(kind) ?? lexicalName[kind]
  if (!known.has(kind)) while (script.source.includes(name)) name += '$'
  known.set(kind, name)
  return name
}
