import type { Scope, SourceCode } from 'eslint'
import type { ArrowFunctionExpression, FunctionDeclaration, FunctionExpression, Node } from 'estree'
import { textWords, type Words } from '../closure/words.ts'
import { certainRefusal } from './certain-refusal.ts'
import { bare, type ImportPaths, initialiserOf } from './import-path.ts'

type Fn = ArrowFunctionExpression | FunctionDeclaration | FunctionExpression

/** Something in a function, or in one that it calls, that certainly can't travel. */
export interface Finding {
  readonly node: Node
  /** From the function to it: names of functions and variables. */
  readonly path: readonly string[]
  readonly words: Words
}

/** What certainly keeps a function from travelling: all that it captures of this file, through the functions that it uses. */
export function findingsIn(handed: Node, source: SourceCode, paths: ImportPaths): readonly Finding[] {
  const first = functionOf(handed, paths)
  if (first === undefined) return []
  const found: Finding[] = []
  const seen = new Set<Fn>([first.fn])
  const open = [{ fn: first.fn, path: [first.name] }]
  for (const { fn, path } of open) {
    found.push(...ofText(fn, path, source))
    for (const { identifier, resolved } of source.getScope(fn).through) {
      if (resolved === null || isInside(resolved, fn) || isType(identifier)) continue
      const name = resolved.name
      const init = initialiserOf(resolved)
      const words = init?.target.type === 'Identifier' ? certainRefusal(init.value, paths) : undefined
      if (words !== undefined) found.push({ node: identifier as Node, path: [...path, name], words })
      const inner = functionOf(identifier as Node, paths)
      if (inner === undefined || seen.has(inner.fn)) continue
      seen.add(inner.fn)
      open.push({ fn: inner.fn, path: [...path, name] })
    }
  }
  return found
}

/** A function that an expression certainly is. */
function functionOf(given: Node, paths: ImportPaths): { readonly fn: Fn; readonly name: string } | undefined {
  const node = bare(given)
  if (isFunction(node)) return { fn: node, name: ('id' in node ? node.id?.name : undefined) ?? '(anonymous)' }
  const variable = node.type === 'Identifier' ? paths.variableOf(node) : undefined
  if (variable === undefined) return undefined
  const [def, ...others] = variable.defs
  if (def?.type === 'FunctionName' && others.length === 0 && isFunction(def.node)) {
    const isAssigned = variable.references.some(reference => reference.isWrite())
    return isAssigned ? undefined : { fn: def.node, name: variable.name }
  }
  const init = initialiserOf(variable)
  const value = init?.target.type === 'Identifier' ? bare(init.value) : undefined
  return value !== undefined && isFunction(value) ? { fn: value, name: variable.name } : undefined
}

/** `super()` of the constructor around the function. */
function ofText(fn: Fn, path: readonly string[], source: SourceCode): readonly Finding[] {
  const found: Finding[] = []
  const visit = (node: Node): void => {
    if (isMethod(node)) return
    if (node.type === 'CallExpression' && node.callee.type === 'Super') {
      found.push({ node: node.callee, path, words: textWords.superCall })
    }
    for (const child of childrenOf(node, source)) visit(child)
  }
  visit(fn)
  return found
}

function childrenOf(node: Node, { visitorKeys }: SourceCode): readonly Node[] {
  const parts = node as unknown as Readonly<Record<string, Node | readonly (Node | null)[] | null | undefined>>
  return (visitorKeys[node.type] ?? [])
    .flatMap(key => parts[key] as Node | readonly Node[] | null | undefined)
    .filter(child => child != null)
}

/** What has a `super` of its own; arrow functions and plain functions have not. */
function isMethod(node: Node): boolean {
  if (node.type === 'Property') return node.method || node.kind !== 'init'
  return node.type === 'MethodDefinition' || node.type === 'PropertyDefinition' || node.type === 'StaticBlock'
}

function isFunction(node: Node): node is Fn {
  return /^(?:ArrowFunctionExpression|FunctionDeclaration|FunctionExpression)$/.test(node.type)
}

function isInside({ scope }: Scope.Variable, { range }: Fn): boolean {
  const [start, end] = scope.block.range ?? [0, 0]
  return range !== undefined && start >= range[0] && end <= range[1]
}

/** A name in a type of TypeScript’s leaves no trace at run time. */
function isType(identifier: Scope.Reference['identifier']): boolean {
  const { parent } = identifier as { parent?: { type: string } }
  return parent !== undefined && /^TS(?:TypeReference|TypeQuery|QualifiedName|ClassImplements)$/.test(parent.type)
}
