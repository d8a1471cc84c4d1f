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
        if (isRequire(node, this)) return [moduleName(textOf(node.arguments[0] as Node))]
        const path = this.of(node.callee)
        return path === undefined ? undefined : [...path, '()']
      }
      case 'ImportExpression':
        return node.source.type === 'Literal' ? [moduleName(textOf(node.source))] : undefined
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
    if (def?.type === 'ImportBinding') return importedBy(def)
    const given = initialiserOf(variable) ?? onlyAssignmentOf(variable) ?? awaitedInThen(variable)
    if (given === undefined) return undefined
    const path = this.of(given.value)
    const within = pathIn(given.target, variable.name)
    return path === undefined || within === undefined ? undefined : [...path, ...within]
  }
}

interface Given {
  readonly target: Pattern
  readonly value: Expression
}

function importedBy({ node, parent }: Scope.Definition & { type: 'ImportBinding' }): ImportPath | undefined {
  const module = moduleName(textOf((parent as { source?: Node } | null)?.source))
  switch (node.type) {
    case 'ImportNamespaceSpecifier':
      return [module]
    case 'ImportDefaultSpecifier':
      return [module, 'default']
    case 'ImportSpecifier':
      return [module, node.imported.type === 'Identifier' ? node.imported.name : textOf(node.imported)]
    default: {
      // TypeScript's `import cloud = require('picloud')`.
      const { moduleReference } = node as { moduleReference?: { expression?: Node } }
      const named = moduleReference?.expression
      return named?.type === 'Literal' ? [moduleName(textOf(named))] : undefined
    }
  }
}

/** What a variable holds for good: it is declared once, with that, and never assigned. */
export function initialiserOf(variable: Scope.Variable): Given | undefined {
  const [def, ...others] = variable.defs
  if (def?.type !== 'Variable' || others.length > 0 || def.node.init == null) return undefined
  if (variable.references.some(reference => reference.isWrite() && reference.init !== true)) return undefined
  return { target: def.node.id, value: def.node.init }
}

/** What a variable is given once, after it was declared with nothing: it holds that where it holds anything. */
function onlyAssignmentOf({ defs: [def, ...others], references }: Scope.Variable): Given | undefined {
  if (def?.type !== 'Variable' || others.length > 0 || def.node.init != null) return undefined
  const [write, ...more] = references.filter(reference => reference.isWrite())
  const { parent } = (write?.identifier ?? {}) as { parent?: Node }
  if (more.length > 0 || parent?.type !== 'AssignmentExpression' || parent.operator !== '=') return undefined
  return parent.left === write?.identifier ? { target: parent.left as Pattern, value: parent.right } : undefined
}

/** What a parameter gets in `import('picloud').then(({ mp }) => …)`. */
function awaitedInThen({ defs: [def] }: Scope.Variable): Given | undefined {
  if (def?.type !== 'Parameter') return undefined
  const { params, parent } = def.node as { params: readonly Pattern[]; parent?: Node }
  if (parent?.type !== 'CallExpression' || parent.arguments[0] !== def.node) return undefined
  const { callee } = parent
  if (callee.type !== 'MemberExpression' || memberName(callee) !== 'then') return undefined
  const [target] = params
  return callee.object.type === 'ImportExpression' && target !== undefined
    ? { target, value: callee.object }
    : undefined
}

/** From a value to the part of it that a pattern puts into a name. */
function pathIn(pattern: Pattern, name: string): readonly string[] | undefined {
  if (pattern.type === 'Identifier') return pattern.name === name ? [] : undefined
  // A default is for what is not there, and what is imported is there.
  if (pattern.type === 'AssignmentPattern') return pathIn(pattern.left, name)
  if (pattern.type !== 'ObjectPattern') return undefined
  for (const property of pattern.properties) {
    if (property.type !== 'Property' || property.computed) continue
    const within = pathIn(property.value, name)
    const key = property.key.type === 'Identifier' ? property.key.name : textOf(property.key)
    if (within !== undefined) return [key, ...within]
  }
  return undefined
}

/** Without what TypeScript, optional chaining, `await` and `(0, …)` put around a value. */
export function bare(given: Node): Node {
  const node = given as Node & { readonly expression?: Node; readonly argument?: Node }
  const wraps = /^(?:TSAsExpression|TSNonNullExpression|TSSatisfiesExpression|TSTypeAssertion|ChainExpression)$/
  if (wraps.test(node.type) && node.expression !== undefined) return bare(node.expression)
  if (node.type === 'SequenceExpression') return bare(node.expressions.at(-1) as Node)
  return node.type === 'AwaitExpression' ? bare(node.argument) : node
}

/** Of a literal. */
function textOf(literal: Node | undefined): string {
  return String((literal as { value?: unknown } | undefined)?.value)
}

function memberName({ computed, property }: Node & { type: 'MemberExpression' }): string | undefined {
  if (!computed) return property.type === 'Identifier' ? property.name : undefined
  return property.type === 'Literal' && typeof property.value === 'string' ? property.value : undefined
}

function isRequire({ callee, arguments: given }: Node & { type: 'CallExpression' }, paths: ImportPaths): boolean {
  const [first] = given
  if (first?.type !== 'Literal') return false
  if (callee.type === 'Identifier' && paths.variableOf(callee) === undefined) return callee.name === 'require'
  return paths.of(callee)?.join(' ') === 'module createRequire ()'
}

/** Node’s own modules without their prefix. */
function moduleName(specifier: string): string {
  return specifier.replace(/^node:/, '')
}
