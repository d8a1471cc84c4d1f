import type { AnyNode, CallExpression, Expression, ImportDeclaration } from 'acorn'

/**
 * `interop` is what compilers to CommonJS make of an import: a required module as a namespace. `interop-node` never
 * takes it for a compiled module.
 */
export type Way = 'import' | 'require' | 'interop' | 'interop-node'

/** The module that a name was imported or required from, as the text says it. */
export interface Origin {
  readonly specifier: string
  /** From the module's namespace (`import`) or its exports (`require`) to the value. */
  readonly path: readonly string[]
  readonly by: Way
  /** Of JSON and the like: `with { type: 'json' }`. */
  readonly attributed: boolean
}

/** What each name of an import declaration stands for. */
export function importedNames(node: ImportDeclaration): readonly { name: string; origin: Origin }[] {
  const specifier = String(node.source.value)
  const attributed = node.attributes.length > 0
  return node.specifiers.map(part => {
    let path: string[] = []
    if (part.type === 'ImportDefaultSpecifier') path = ['default']
    else if (part.type === 'ImportSpecifier') {
      path = [part.imported.type === 'Identifier' ? part.imported.name : String(part.imported.value)]
    }
    return { name: part.local.name, origin: { specifier, path, by: 'import' as const, attributed } }
  })
}

/** `require('x')`, `require('x').a.b`, and the same through esbuild's `__toESM`: undefined for anything else. */
export function requiredBy(init: Expression | null | undefined): Origin | undefined {
  const path: string[] = []
  let at: AnyNode | null | undefined = init
  while (at?.type === 'MemberExpression' && !at.computed && at.property.type === 'Identifier') {
    path.unshift(at.property.name)
    at = at.object
  }
  if (at?.type !== 'CallExpression') return undefined
  const [first] = at.arguments
  // Compilers to CommonJS wrap what they require into what `import * as` would give.
  if (at.callee.type === 'Identifier' && at.callee.name === '__toESM' && first?.type === 'CallExpression') {
    const specifier = literalRequire(first)
    return specifier === undefined
      ? undefined
      : { specifier, path, by: at.arguments.length > 1 ? 'interop-node' : 'interop', attributed: false }
  }
  const specifier = literalRequire(at)
  return specifier === undefined ? undefined : { specifier, path, by: 'require', attributed: false }
}

/** The argument of `require('x')`. */
export function literalRequire(call: CallExpression): string | undefined {
  const [first] = call.arguments
  if (call.callee.type !== 'Identifier' || call.callee.name !== 'require') return undefined
  return first?.type === 'Literal' && typeof first.value === 'string' ? first.value : undefined
}
