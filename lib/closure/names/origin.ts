import type { AnyNode, AssignmentExpression, CallExpression, Expression, ImportDeclaration } from 'acorn'

/**
 * `interop` is what compilers to CommonJS make of an import: a required module as a namespace. `interop-node` never
 * takes it for a compiled module. The two with brackets are calls inside of a function: what they name is loaded when
 * they run. The last two are what a file of a package keeps to itself, of an ES module and of CommonJS.
 */
export type Way =
  | 'import'
  | 'require'
  | 'interop'
  | 'interop-node'
  | 'import()'
  | 'require()'
  | 'inside'
  | 'inside-required'

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

/** What compilers to CommonJS wrap a required module in, to make of it what `import` would give. */
const wraps: ReadonlySet<string> = new Set([
  '__toESM',
  '__importDefault',
  '__importStar',
  '_interop_require_default',
  '_interop_require_wildcard',
  '_interopRequireDefault',
  '_interopRequireWildcard',
])

/**
 * `require('x')`, `require('x').a.b`, the same in what a compiler wraps it in, and the `await` of Vite’s import.
 * Undefined for anything else.
 */
export function requiredBy(init: Expression | null | undefined): Origin | undefined {
  const path: string[] = []
  let at: AnyNode | null | undefined = init
  while (at?.type === 'MemberExpression' && !at.computed && at.property.type === 'Identifier') {
    path.unshift(at.property.name)
    at = at.object
  }
  if (at?.type === 'AwaitExpression') return importedByVite(at.argument, path)
  if (at?.type !== 'CallExpression') return undefined
  const [first] = at.arguments
  const wrap = helperName(at.callee)
  if (wrap !== undefined && wraps.has(wrap) && first?.type === 'CallExpression') {
    const specifier = literalRequire(first)
    if (specifier === undefined) return undefined
    return { specifier, path, by: interopBy(wrap, at), attributed: false }
  }
  const specifier = literalRequire(at)
  return specifier === undefined ? undefined : { specifier, path, by: 'require', attributed: false }
}

function interopBy(wrap: string, call: CallExpression): Way {
  return wrap === '__toESM' && call.arguments.length > 1 ? 'interop-node' : 'interop'
}

/** Of `x = __toESM(x)`, as rolldown writes it below `let x = require('x')`: what the variable holds from then on. */
export function wrappedAgain({ left, operator, right }: AssignmentExpression): Way | undefined {
  if (operator !== '=' || left.type !== 'Identifier' || right.type !== 'CallExpression') return undefined
  const [first] = right.arguments
  const wrap = helperName(right.callee)
  if (wrap === undefined || !wraps.has(wrap) || first?.type !== 'Identifier' || first.name !== left.name)
    return undefined
  return interopBy(wrap, right)
}

/** The second where a test mocks modules, as then an import has to wait for that. */
const ofVite: ReadonlySet<string> = new Set(['__vite_ssr_import__', '__vite_ssr_dynamic_import__'])

function importedByVite(call: Expression, path: readonly string[]): Origin | undefined {
  if (call.type !== 'CallExpression' || !ofVite.has(calledName(call.callee) ?? '')) return undefined
  const specifier = textOf(call.arguments[0])
  return specifier === undefined ? undefined : { specifier, path, by: 'import', attributed: false }
}

/** The argument of `require('x')`. */
export function literalRequire({ callee, arguments: args }: CallExpression): string | undefined {
  return callee.type === 'Identifier' && callee.name === 'require' ? textOf(args[0]) : undefined
}

/** `createRequire(import.meta.url)`, and what compilers make of it: requires as the file would. */
export function isMadeRequire(init: Expression | null | undefined): boolean {
  if (init?.type !== 'CallExpression' || calledName(init.callee) !== 'createRequire') return false
  const [where] = init.arguments
  if (where?.type === 'Identifier') return where.name === '__filename'
  if (where?.type !== 'MemberExpression' || where.property.type !== 'Identifier') return false
  const { object, property } = where
  const isMeta = object.type === 'MetaProperty' || (object.type === 'Identifier' && /import_meta/.test(object.name))
  return isMeta && (property.name === 'url' || property.name === 'filename')
}

/** A helper may lie in a file of its own, which exports it as `_`. */
function helperName(callee: AnyNode): string | undefined {
  const name = calledName(callee)
  return name === '_' && callee.type === 'MemberExpression' ? calledName(callee.object) : name
}

/** `f`, `m.f` and `(0, m.f)` call `f`. */
export function calledName(callee: AnyNode): string | undefined {
  if (callee.type === 'Identifier') return callee.name
  if (callee.type === 'SequenceExpression') return calledName(callee.expressions.at(-1) as AnyNode)
  if (callee.type === 'MemberExpression') return calledName(callee.property)
  return undefined
}

/** The text that is the first of some arguments. */
export function literalOf(args: readonly AnyNode[]): string | undefined {
  return textOf(args[0])
}

/** Of a literal, also of a template without values. */
export function textOf(node: AnyNode | undefined): string | undefined {
  if (node?.type === 'Literal') return typeof node.value === 'string' ? node.value : undefined
  if (node?.type !== 'TemplateLiteral' || node.expressions.length > 0) return undefined
  return node.quasis[0]?.value.cooked ?? undefined
}
