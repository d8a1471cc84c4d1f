import type { AnyNode, Class, Pattern } from 'acorn'
import type { Span } from '../names/scope.ts'
import { makesOnly } from './inert-fields.ts'
import { constructorOf } from './private-members.ts'

/**
 * What of a constructor stands behind `super(…)`, where that is the first that it does and its arguments only use the
 * parameters: called without arguments it runs nothing of the user's up to there. Undefined for all others.
 */
export function behindSuper(node: Class): Span | undefined {
  const written = constructorOf(node)?.value
  const [first] = written?.body.body ?? []
  if (written == null || first?.type !== 'ExpressionStatement') return undefined
  const { expression, end } = first
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'Super') return undefined
  const names = quietNames(written.params)
  if (names === undefined || !expression.arguments.every(argument => usesOnly(argument, names))) return undefined
  return { start: end, end: written.body.end }
}

/** The names of parameters that run nothing of the user's where there are no arguments; undefined where they may. */
export function quietNames(params: readonly Pattern[]): ReadonlySet<string> | undefined {
  const names = new Set<string>()
  for (const param of params) {
    const name = param.type === 'AssignmentPattern' ? param.left : param.type === 'RestElement' ? param.argument : param
    if (name.type !== 'Identifier' || (param.type === 'AssignmentPattern' && !makesOnly(param.right))) return undefined
    names.add(name.name)
  }
  return names
}

function usesOnly(node: AnyNode, names: ReadonlySet<string>): boolean {
  const all = (nodes: readonly (AnyNode | null)[]): boolean => nodes.every(it => it === null || usesOnly(it, names))
  switch (node.type) {
    case 'Identifier':
      return names.has(node.name) || node.name === 'undefined'
    case 'Literal':
      return true
    case 'SpreadElement':
      return node.argument.type === 'Identifier' && names.has(node.argument.name)
    case 'TemplateLiteral':
      return all(node.expressions)
    case 'ArrayExpression':
      return all(node.elements)
    case 'ObjectExpression':
      return node.properties.every(it => it.type === 'Property' && !it.computed && usesOnly(it.value, names))
    case 'LogicalExpression':
    case 'BinaryExpression':
      return all([node.left, node.right])
    case 'ConditionalExpression':
      return all([node.test, node.consequent, node.alternate])
    default:
      return false
  }
}
