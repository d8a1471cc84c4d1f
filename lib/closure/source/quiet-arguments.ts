import type { Pattern } from 'acorn'

/** Elements that a pattern finds where it goes through a list. */
const MAX_ELEMENTS = 100

/** It has every property, each of which is the same again, is a list of itself, and where a number is wanted, one. */
const anything: unknown = new Proxy(Object.create(null) as object, {
  get: (_, key) => (key === Symbol.iterator ? list : key === Symbol.toPrimitive ? number : anything),
})

function list(): Iterator<unknown> {
  let left = MAX_ELEMENTS
  return { next: () => (left-- > 0 ? { value: anything, done: false } : { value: undefined, done: true }) }
}

const number = (): number => 1

/**
 * Arguments that a function takes without anything of the user's running: no default is needed, and each pattern finds
 * what it looks for. Undefined where a parameter has a key to be computed.
 */
export function quietArguments(params: readonly Pattern[]): readonly unknown[] | undefined {
  return params.every(isQuiet) ? params.map(() => anything) : undefined
}

function isQuiet(param: Pattern): boolean {
  switch (param.type) {
    case 'Identifier':
      return true
    case 'AssignmentPattern':
      return isQuiet(param.left)
    // What is left over may be nothing, where the next pattern would need defaults.
    case 'RestElement':
      return param.argument.type === 'Identifier'
    case 'ArrayPattern':
      return param.elements.length <= MAX_ELEMENTS && param.elements.every(item => item === null || isQuiet(item))
    case 'ObjectPattern':
      return param.properties.every(item =>
        item.type === 'RestElement' ? isQuiet(item) : !item.computed && isQuiet(item.value),
      )
    case 'MemberExpression':
      return false
  }
}

/** The names that parameters declare. */
export function namesIn(params: readonly (Pattern | null)[]): string[] {
  return params.flatMap(param => {
    switch (param?.type) {
      case 'Identifier':
        return [param.name]
      case 'AssignmentPattern':
        return namesIn([param.left])
      case 'RestElement':
        return namesIn([param.argument])
      case 'ArrayPattern':
        return namesIn(param.elements)
      case 'ObjectPattern':
        return namesIn(param.properties.map(item => (item.type === 'RestElement' ? item : item.value)))
      default:
        return []
    }
  })
}
