import type { AnyNode, CallExpression } from 'acorn'

/**
 * Whether a function's text only reads what its `arguments` hold. Whatever else has the object may assign to its
 * elements, and so to the parameters of a sloppy function.
 * @param owner the function; arrow functions in it have the same `arguments`
 */
export function onlyReadsArguments(owner: AnyNode): boolean {
  const { params, body } = owner as unknown as { params: readonly AnyNode[]; body: AnyNode }
  return [...params, body].every(node => reads(node, [owner]))
}

/** @param above the nodes around it, innermost first */
function reads(node: AnyNode, above: readonly AnyNode[]): boolean {
  if (node.type === 'Identifier' && node.name === 'arguments') return isRead(node, above)
  if (node.type === 'FunctionExpression' || node.type === 'FunctionDeclaration') return true
  if (node.type === 'PropertyDefinition' || node.type === 'StaticBlock') return true
  // Its text may say anything.
  if (node.type === 'CallExpression' && isNamed(node.callee, 'eval')) return false
  const around = [node, ...above]
  return Object.values(node).every((part: unknown) =>
    (Array.isArray(part) ? part : [part]).every(each => !isNode(each) || reads(each, around)),
  )
}

function isRead(node: AnyNode, [parent, ...above]: readonly AnyNode[]): boolean {
  switch (parent?.type) {
    // A property's name.
    case 'Property':
      return parent.key === node && !parent.computed && !parent.shorthand
    case 'MemberExpression':
      return parent.property === node && !parent.computed ? true : !isTarget(parent, above)
    case 'SpreadElement':
      return true
    case 'ForOfStatement':
    case 'ForInStatement':
      return parent.right === node
    case 'UnaryExpression':
    case 'BinaryExpression':
      return true
    case 'CallExpression':
      return parent.callee !== node && onlyReads(parent, node)
    default:
      return false
  }
}

/** Whether a member is assigned, deleted, or called as a method. */
function isTarget(member: AnyNode, [parent, grand]: readonly AnyNode[]): boolean {
  switch (parent?.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForOfStatement':
    case 'ForInStatement':
      return parent.left === member
    case 'UpdateExpression':
    case 'RestElement':
    case 'ArrayPattern':
      return true
    case 'Property':
      return parent.value === member && grand?.type === 'ObjectPattern'
    case 'UnaryExpression':
      return parent.operator === 'delete'
    case 'CallExpression':
      return parent.callee === member
    case 'TaggedTemplateExpression':
      return parent.tag === member
    default:
      return false
  }
}

/** `f.apply(x, arguments)`, `Reflect.apply(f, x, arguments)`, `slice.call(arguments)`, `Array.from(arguments)`. */
function onlyReads({ callee, arguments: given }: CallExpression, node: AnyNode): boolean {
  if (callee.type !== 'MemberExpression' || callee.computed || callee.property.type !== 'Identifier') return false
  const { object, property } = callee
  const index = given.indexOf(node as never)
  if (property.name === 'apply') return index === (isNamed(object, 'Reflect') ? 2 : 1)
  if (property.name === 'call')
    return index === 0 && object.type === 'MemberExpression' && isNamed(object.property, 'slice')
  return property.name === 'from' && index === 0 && isNamed(object, 'Array')
}

function isNamed(node: AnyNode, name: string): boolean {
  return node.type === 'Identifier' && node.name === name
}

function isNode(value: unknown): value is AnyNode {
  return typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string'
}
