import type { AnyNode, BlockStatement, Class } from 'acorn'
import { constructorOf } from './private-members.ts'
import { namesIn } from './quiet-arguments.ts'

/**
 * What of a constructor stands behind `super(…)`, where that is the first that it does and its arguments only use the
 * parameters: called with quiet arguments it runs nothing of the user's up to there. Undefined for all others.
 */
export function behindSuper(node: Class): BlockStatement | undefined {
  const written = constructorOf(node)?.value
  const [first] = written?.body.body ?? []
  if (written == null || first?.type !== 'ExpressionStatement') return undefined
  const { expression, end } = first
  if (expression.type !== 'CallExpression' || expression.callee.type !== 'Super') return undefined
  const names = new Set(namesIn(written.params))
  if (!expression.arguments.every(argument => usesOnly(argument, names))) return undefined
  return { ...written.body, start: end, body: written.body.body.slice(1) }
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
    case 'MemberExpression':
      return !node.computed && usesOnly(node.object, names)
    case 'ChainExpression':
      return usesOnly(node.expression, names)
    case 'TemplateLiteral':
      return all(node.expressions)
    case 'ArrayExpression':
      return all(node.elements)
    case 'ObjectExpression':
      return node.properties.every(it =>
        it.type === 'Property' ? !it.computed && usesOnly(it.value, names) : usesOnly(it.argument, names),
      )
    case 'LogicalExpression':
    case 'BinaryExpression':
      return all([node.left, node.right])
    case 'ConditionalExpression':
      return all([node.test, node.consequent, node.alternate])
    default:
      return false
  }
}
