import { lexicalName } from '../bundle-format.ts'
import { declare, type FunctionNode, type Special } from '../names/scope.ts'
import { innerScope } from '../names/walk.ts'
import type { Edit, FreeName, TextRefusal } from './function-code.ts'
import type { FunctionSyntax } from './script.ts'

/**
 * `this`, `arguments` and `new.target` of an arrow function are those of the function in which it was written. They
 * become variables, whose values are read from the running program.
 */

type Kind = keyof typeof lexicalName

/** What is to be done with one of them that the text does not give its meaning. */
export function lexicalEdit(
  kind: Kind,
  { node: { start, end }, owner }: Special,
  at: FunctionSyntax,
): Edit | TextRefusal {
  const { syntax, script } = at
  const copy = { hint: 'Copy what it needs into a variable and use that.', start }
  // In a module that is nobody's.
  if (kind === 'this' && owner === undefined && script.isModule) return { start, end, text: '(void 0)' }
  // Below a class field or block the name has no function to come from.
  if (syntax.kind !== 'arrow' || (owner === undefined && kind !== 'this')) {
    return { ...copy, why: `it uses the \`${kind}\` of the function around it` }
  }
  const reference = script.names.references.find(each => each.start === start && each.shorthand)
  return { start, end, text: reference === undefined ? lexicalName[kind] : `${kind}: ${lexicalName[kind]}` }
}

/** Variables of the arrow function's own: nobody assigns them, so arrow functions need not share them. */
export function lexicalNames(syntax: FunctionNode, edits: readonly Edit[]): FreeName[] {
  const names: FreeName[] = []
  const scope = innerScope(syntax.scope, syntax)
  for (const [lexical, name] of Object.entries(lexicalName) as [Kind, string][]) {
    const edit = edits.find(({ text }) => text.endsWith(name))
    if (edit === undefined) continue
    const binding = declare(scope, name, 'const')
    names.push({ name, binding, writes: false, members: undefined, start: edit.start, lexical })
  }
  return names
}
