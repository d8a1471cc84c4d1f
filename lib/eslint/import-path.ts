import type { Scope, SourceCode } from 'eslint'
import type { Expression, Node, Pattern } from 'estree'

/** From a module to what is read of it: `['picloud', 'default', 'mp', 'call']`. A call on the way is `()`. */
export type ImportPath = readonly string[]

/** Follows names to what they were declared with. */
export class ImportPaths {
  readonly #source: SourceCode
  readonly #known = new Map<Scope.Variable, ImportPath | undefined>()

  constructor(source: SourceCode) {
    this.#source = source
  }

  /** Where an expression's value was imported from; undefined where that is not certain. */
  of(given: Node): ImportPath | undefined {
    const node = bare(given)
    switch (node.type) {
      case 'Identifier': {
        const variable = this.variableOf(node)
        return variable === undefined ? undefined : this.#ofVariable(variable)
      }
      case 'MemberExpression': {
        const path = this.of(node.object)
        const name = memberName(node)
        return path === undefined || name === undefined ? undefined : [...path, name]
      }
      case 'CallExpression': {
        if (isRequire(node, this)) return [moduleName(String((node.arguments[0] as { value?: unknown }).value))]
        const path = this.of(node.callee)
        return path === undefined ? undefined : [...path, '()']
      }
      default:
        return undefined
    }
  }

  /** What a name means where it stands; undefined for globals, and what is declared nowhere. */
  variableOf(node: Node & { type: 'Identifier' }): Scope.Variable | undefined {
    for (let scope: Scope.Scope | null = this.#source.getScope(node); scope !== null; scope = scope.upper) {
      const found = scope.set.get(node.name)
      if (found !== undefined) return found.defs.length === 0 ? undefined : found
    }
    return undefined
  }

  #ofVariable(variable: Scope.Variable): ImportPath | undefined {
    if (this.#known.has(variable)) return this.#known.get(variable)
    // Until it is known: a variable may be declared by itself.
    this.#known.set(variable, undefined)
    const path = this.#find(variable)
    this.#known.set(variable, path)
    return path
  }

  #find(variable: Scope.Variable): ImportPath | undefined {
    const [def] = variable.defs
    if (def?.type === 'ImportBinding') {
      const module = moduleName(String((def.parent as { source?: { value?: unknown } }).source?.value))
      const { node } = def
      if (node.type === 'ImportNamespaceSpecifier') return [module]
      if (node.type === 'ImportDefaultSpecifier') return [module, 'default']
      return [module, node.imported.type === 'Identifier' ? node.imported.name : String(node.imported.value)]
    }
    const init = initialiserOf(variable)
    if (init === undefined) return undefined
    const path = this.of(init.value)
    const within = pathIn(init.target, variable.name)
    return path === undefined || within === undefined ? undefined : [...path, ...within]
  }
}

/** What a variable holds for good: it is declared once, with that, and never assigned. */
export function initialiserOf(
  variable: Scope.Variable,
): { readonly target: Pattern; readonly value: Expression } | undefined {
  const [def, ...others] = variable.defs
  if (def?.type !== 'Variable' || others.length > 0 || def.node.init == null) return undefined
  if (variable.references.some(reference => reference.isWrite() && reference.init !== true)) return undefined
  return { target: def.node.id, value: def.node.init }
}

/** From a value to the part of it that a pattern puts into a name. */
function pathIn(pattern: Pattern, name: string): readonly string[] | undefined {
  if (pattern.type === 'Identifier') return pattern.name === name ? [] : undefined
  if (pattern.type !== 'ObjectPattern') return undefined
  for (const property of pattern.properties) {
    if (property.type !== 'Property' || property.computed) continue
    const within = pathIn(property.value, name)
    const key = property.key.type === 'Identifier' ? property.key.name : undefined
    if (within !== undefined && key !== undefined) return [key, ...within]
  }
  return undefined
}

/** Without what TypeScript, optional chaining and `await` put around a value. */
export function bare(given: Node): Node {
  const node = given as Node & { readonly expression?: Node; readonly argument?: Node }
  const wraps = /^(?:TSAsExpression|TSNonNullExpression|TSSatisfiesExpression|TSTypeAssertion|ChainExpression)$/
  if (wraps.test(node.type) && node.expression !== undefined) return bare(node.expression)
  return node.type === 'AwaitExpression' ? bare(node.argument) : node
}

function memberName({ computed, property }: Node & { type: 'MemberExpression' }): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined
}

function isRequire({ callee, arguments: given }: Node & { type: 'CallExpression' }, paths: ImportPaths): boolean {
  const [first] = given
  if (callee.type !== 'Identifier' || callee.name !== 'require' || first?.type !== 'Literal') return false
  return paths.variableOf(callee) === undefined
}

/** Node’s own modules without their prefix. */
function moduleName(specifier: string): string {
  return specifier.replace(/^node:/, '')
}
