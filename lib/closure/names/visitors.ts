import type { AnyNode } from 'acorn'
import { importedNames, isMadeRequire, literalOf, requiredBy, wrappedAgain } from './origin.ts'
import { type BindingKind, declare, hoistingScope } from './scope.ts'
import { innerScope, type Place, type Walk } from './walk.ts'

type Of<T extends AnyNode['type']> = Extract<AnyNode, { type: T }>
type Visitors = { readonly [T in AnyNode['type']]?: (walk: Walk, node: Of<T>, place: Place) => void }

/** Constants of other kinds name neither a place beside the file nor a text, and are no function. */
const saying = /^(?:ArrowFunction|Binary|Call|Function|Member|New)Expression$|^(?:Identifier|Literal|TemplateLiteral)$/

/** What each kind of syntax declares and uses. A kind that is not here only has children. */
export const visitors: Visitors = {
  // Names.
  Identifier: (walk, node, place) => walk.use(node.name, node, place),
  MemberExpression(walk, node, place) {
    // With the member, which may have a meaning where the whole has none.
    if (isMetaMember(node)) {
      walk.special('import.meta', node, place.owner)
      return
    }
    const member = node.computed || node.property.type !== 'Identifier' ? undefined : node.property.name
    if (node.object.type === 'Identifier')
      walk.use(node.object.name, node.object, place, { member, memberEnd: member === undefined ? undefined : node.end })
    else walk.visit(node.object, place)
    if (node.computed || node.property.type === 'PrivateIdentifier') walk.visit(node.property, place)
  },
  Property(walk, node, place) {
    if (node.computed) walk.visit(node.key, place)
    if (node.shorthand && node.value.type === 'Identifier') {
      walk.use(node.value.name, node.value, place, { shorthand: true })
    } else if (node.method || node.kind !== 'init') methodInside(walk, node, place)
    else walk.visit(node.value, place)
  },
  LabeledStatement: (walk, node, place) => walk.visit(node.body, place),
  BreakStatement: () => undefined,
  ContinueStatement: () => undefined,

  // What has no name.
  ThisExpression: (walk, node, place) => walk.special('this', node, place.owner),
  Super: (walk, node, place) => walk.special('super', node, place.owner),
  MetaProperty: (walk, node, place) =>
    walk.special(node.meta.name === 'import' ? 'import.meta' : 'new.target', node, place.owner),
  PrivateIdentifier: (walk, node, place) => walk.special('private', node, classDeclaring(node.name, place)),
  ImportExpression(walk, node, place) {
    walk.special('import', node, undefined, place.scope)
    walk.children(node, place)
  },
  WithStatement(walk, node, place) {
    walk.special('with', node, undefined)
    walk.visit(node.object, place)
    const inside = innerScope(place.scope, { start: node.object.end, end: node.end })
    walk.visit(node.body, { ...place, scope: { ...inside, ofWith: true } })
  },
  NewExpression(walk, node, place) {
    for (let at: AnyNode = node.callee; ; at = at.type === 'MemberExpression' ? at.object : at.tag) {
      if (at.type === 'TaggedTemplateExpression') walk.constructed.add(at)
      else if (at.type !== 'MemberExpression') break
    }
    walk.children(node, place)
  },
  TaggedTemplateExpression(walk, node, place) {
    walk.templates.push({ node, constructed: walk.constructed.has(node) })
    walk.children(node, place)
  },
  CallExpression(walk, node, place) {
    if (node.callee.type === 'Identifier' && node.callee.name === 'eval') {
      walk.special('eval', node, place.owner, place.scope)
      for (let at: Place['scope'] | undefined = place.scope; at !== undefined; at = at.parent) walk.evals.add(at)
    }
    const isCall = node.callee.type === 'Identifier' && literalOf(node.arguments) !== undefined
    if (node.callee.type === 'Identifier' && (isCall || node.callee.name === 'require')) {
      walk.calls.push({ name: node.callee.name, scope: place.scope, node })
      if (node.callee.name === '__vite_ssr_dynamic_import__') walk.special('import', node, undefined, place.scope)
    }
    if (isMetaMember(node.callee) && node.arguments.length === 1 && literalOf(node.arguments) !== undefined) {
      walk.special('import.meta', node, place.owner)
      return
    }
    walk.children(node, place)
  },

  // Assignments.
  AssignmentExpression(walk, node, place) {
    const way = wrappedAgain(node)
    if (way !== undefined) walk.wrapped.set(node.left.start, way)
    walk.assign(node.left, place)
    walk.visit(node.right, place)
  },
  UpdateExpression: (walk, node, place) => walk.assign(node.argument, place),

  // Declarations.
  VariableDeclaration(walk, node, place) {
    const kind: BindingKind = node.kind === 'var' ? 'var' : node.kind === 'let' ? 'let' : 'const'
    const scope = kind === 'var' ? hoistingScope(place.scope) : place.scope
    for (const { id, init } of node.declarations) {
      const origin = requiredBy(init)
      walk.pattern(id, place, (name, at) => {
        const path = origin === undefined ? undefined : pathInPattern(id, at)
        const from = origin && path && { ...origin, path: [...origin.path, ...path] }
        const binding = declare(scope, name, kind, from, kind === 'var' && place.looping)
        if (init && binding.origin !== from) binding.origin = undefined
        if (at !== id) return
        if (isMadeRequire(init)) binding.requires = true
        if (init && saying.test(init.type)) binding.init = init
      })
      if (init) walk.visit(init, place)
    }
  },
  ImportDeclaration(_walk, node, place) {
    for (const { name, origin } of importedNames(node)) declare(place.scope, name, 'import', origin)
  },
  ExportNamedDeclaration(walk, node, place) {
    if (node.declaration) {
      const before = new Set(place.scope.bindings.keys())
      walk.visit(node.declaration, place)
      for (const name of place.scope.bindings.keys()) if (!before.has(name)) walk.exports.set(name, { local: name })
    }
    for (const { local, exported } of node.specifiers) {
      const [name, as] = [local, exported].map(each => (each.type === 'Identifier' ? each.name : String(each.value)))
      const meant = node.source ? { from: String(node.source.value), name: name as string } : { local: name as string }
      walk.exports.set(as as string, meant)
    }
  },
  ExportAllDeclaration(walk, node) {
    if (node.exported === null) walk.stars.push(String(node.source.value))
  },
  FunctionDeclaration(walk, node, place) {
    if (node.id) {
      // A sloppy function in a block is a `var` of the function around it too.
      if (!place.scope.hoists && !place.scope.strict)
        declare(hoistingScope(place.scope), node.id.name, 'var', undefined, true)
      declare(place.scope, node.id.name, 'function')
    }
    walk.addFunction('function', node, place)
    walk.functionInside(node, place, node)
  },
  ClassDeclaration(walk, node, place) {
    if (node.id) declare(place.scope, node.id.name, 'class')
    classInside(walk, node, place)
  },

  // Functions.
  FunctionExpression(walk, node, place) {
    walk.addFunction('function', node, place)
    let inner = place
    if (node.id) {
      inner = { ...place, scope: innerScope(place.scope, node) }
      declare(inner.scope, node.id.name, 'own')
    }
    walk.functionInside(node, inner, node)
  },
  ArrowFunctionExpression(walk, node, place) {
    walk.addFunction('arrow', node, place)
    walk.functionInside(node, place, place.owner)
  },
  ClassExpression: (walk, node, place) => classInside(walk, node, place),

  // Blocks.
  BlockStatement: (walk, node, place) => walk.children(node, { ...place, scope: innerScope(place.scope, node) }),
  SwitchStatement(walk, node, place) {
    walk.visit(node.discriminant, place)
    const inner = { ...place, scope: innerScope(place.scope, node) }
    for (const clause of node.cases) walk.visit(clause, inner)
  },
  CatchClause(walk, node, place) {
    const inner = { ...place, scope: innerScope(place.scope, node) }
    if (node.param) walk.pattern(node.param, inner, name => declare(inner.scope, name, 'catch'))
    walk.visit(node.body, inner)
  },
  ForStatement: (walk, node, place) =>
    walk.children(node, { ...place, scope: innerScope(place.scope, node), looping: true }),
  ForInStatement: loopOver,
  ForOfStatement: loopOver,
  WhileStatement: (walk, node, place) => walk.children(node, { ...place, looping: true }),
  DoWhileStatement: (walk, node, place) => walk.children(node, { ...place, looping: true }),
}

function loopOver(walk: Walk, node: Of<'ForInStatement'> | Of<'ForOfStatement'>, place: Place): void {
  const inner = { ...place, scope: innerScope(place.scope, node), looping: true }
  if (node.left.type === 'VariableDeclaration') walk.visit(node.left, inner)
  else walk.assign(node.left, inner)
  walk.visit(node.right, inner)
  walk.visit(node.body, inner)
}

function isMetaMember(node: AnyNode): boolean {
  return (
    node.type === 'MemberExpression' &&
    !node.computed &&
    node.object.type === 'MetaProperty' &&
    node.object.meta.name === 'import'
  )
}

/** From the value that a pattern takes apart to the name in it; undefined when the text alone does not say. */
function pathInPattern(pattern: AnyNode, name: AnyNode): readonly string[] | undefined {
  if (pattern === name) return []
  if (pattern.type !== 'ObjectPattern') return undefined
  for (const item of pattern.properties) {
    if (item.type !== 'Property' || item.computed || item.key.type !== 'Identifier') continue
    const rest = pathInPattern(item.value, name)
    if (rest !== undefined) return [item.key.name, ...rest]
  }
  return undefined
}

function classDeclaring(name: string, place: Place): Place['classes'][number] | undefined {
  return place.classes.findLast(({ privates }) => privates.has(name))
}

function classInside(walk: Walk, node: Of<'ClassDeclaration'> | Of<'ClassExpression'>, place: Place): void {
  walk.addFunction('class', node, place)
  const scope = { ...innerScope(place.scope, node), strict: true }
  if (node.id) declare(scope, node.id.name, 'self')
  const outside: Place = { ...place, scope }
  if (node.superClass) walk.visit(node.superClass, outside)
  const privates = new Set<string>()
  for (const member of node.body.body) {
    if (member.type !== 'StaticBlock' && member.key.type === 'PrivateIdentifier') privates.add(member.key.name)
  }
  const inside: Place = {
    ...outside,
    classes: [...place.classes, { start: node.start, end: node.end, privates }],
    looping: false,
  }
  for (const member of node.body.body) {
    if (member.type === 'StaticBlock') {
      walk.children(member, { ...inside, scope: innerScope(scope, member, true), owner: member })
      continue
    }
    if (member.computed) walk.visit(member.key, outside)
    if (member.type === 'MethodDefinition') methodInside(walk, member, inside)
    else if (member.value)
      walk.visit(member.value, { ...inside, scope: innerScope(scope, member, true), owner: member })
  }
}

function methodInside(walk: Walk, node: Of<'Property'> | Of<'MethodDefinition'>, place: Place): void {
  const fn = node.value as Of<'FunctionExpression'>
  // A constructor is its class: `toString` gives the whole.
  if (node.kind !== 'constructor') {
    walk.addFunction(node.kind === 'get' || node.kind === 'set' ? node.kind : 'method', fn, place, node)
  }
  walk.functionInside(fn, place, fn)
}
