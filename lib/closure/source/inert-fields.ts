import type { AnyNode, Class } from 'acorn'

/** Whether the initialisers of a class's fields do nothing but make values: to run them is not seen by anybody. */
export function isInert(node: Class): boolean {
  return node.body.body.every(member => {
    return member.type !== 'PropertyDefinition' || member.static || !member.value || makesOnly(member.value)
  })
}

/** Built-in classes whose constructors call nothing when they get nothing. */
const quiet = new Set(['Map', 'Set', 'WeakMap', 'WeakSet', 'Array', 'Object'])

/** Whether to evaluate it does nothing but make a value. */
export function makesOnly(node: AnyNode): boolean {
  switch (node.type) {
    case 'Literal':
    case 'ThisExpression':
    case 'ArrowFunctionExpression':
    case 'FunctionExpression':
      return true
    case 'Identifier':
      return node.name === 'undefined' || node.name === 'NaN' || node.name === 'Infinity'
    case 'UnaryExpression':
      return node.argument.type === 'Literal'
    case 'TemplateLiteral':
      return node.expressions.length === 0
    case 'ArrayExpression':
      return node.elements.every(item => item === null || makesOnly(item))
    case 'ObjectExpression':
      return node.properties.every(item => item.type === 'Property' && !item.computed && makesOnly(item.value))
    case 'NewExpression':
      return node.callee.type === 'Identifier' && quiet.has(node.callee.name) && node.arguments.length === 0
    default:
      return false
  }
}
