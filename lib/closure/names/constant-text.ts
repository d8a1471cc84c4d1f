import type { AnyNode } from 'acorn'
import { textOf } from './origin.ts'
import { resolve, type Scope } from './scope.ts'

/** Constants that lead to one another end here. */
const MAX_STEPS = 20

/**
 * What an expression of literals, templates, `+` and constants gives, as the text alone says; undefined for any other.
 * To be asked once it is known which names are assigned.
 */
export function constantText(node: AnyNode | undefined, scope: Scope, left = MAX_STEPS): string | undefined {
  const text = textOf(node)
  if (node === undefined || text !== undefined || left === 0) return text
  const part = (each: AnyNode): string | undefined => constantText(each, scope, left - 1)
  switch (node.type) {
    case 'TemplateLiteral':
      return joined(
        node.quasis.flatMap(({ value: { cooked } }, at) => [
          cooked ?? undefined,
          ...node.expressions.slice(at, at + 1).map(part),
        ]),
      )
    case 'BinaryExpression':
      return node.operator === '+' ? joined([part(node.left), part(node.right)]) : undefined
    case 'Identifier': {
      const binding = resolve(scope, node.name)
      if (binding?.kind !== 'const' || binding.assigned) return undefined
      return constantText(binding.init, binding.scope, left - 1)
    }
    default:
      return undefined
  }
}

/** How the text that an expression gives starts, whatever follows. */
export function startOfText(node: AnyNode): string {
  if (node.type === 'BinaryExpression') return startOfText(node.left)
  return (node.type === 'TemplateLiteral' ? node.quasis[0]?.value.cooked : textOf(node)) ?? ''
}

function joined(parts: readonly (string | undefined)[]): string | undefined {
  return parts.includes(undefined) ? undefined : parts.join('')
}
