import type { AnyNode, Expression, Property } from 'acorn'
import type { Way } from './origin.ts'
import {
  declare,
  type FunctionNode,
  type Reference,
  type Scope,
  type Span,
  type Special,
  type TemplateSite,
} from './scope.ts'

/** What the walk knows of the place that it is at. */
export interface Place {
  readonly scope: Scope
  /** Gives `this`, `arguments`, `super` and `new.target` their meaning. */
  readonly owner: Span | undefined
  /** Around the place, outermost first, with the private names that each declares. */
  readonly classes: readonly (Span & { readonly privates: ReadonlySet<string> })[]
  readonly looping: boolean
}

type FunctionSyntax = Extract<
  AnyNode,
  { type: 'FunctionExpression' | 'FunctionDeclaration' | 'ArrowFunctionExpression' }
>
type Keyed = Extract<AnyNode, { type: 'Property' | 'MethodDefinition' }>

export function innerScope(parent: Scope, { start, end }: Span, hoists = false): Scope {
  return { parent, start, end, strict: parent.strict, hoists, bindings: new Map() }
}

export function hasUseStrict(body: readonly AnyNode[]): boolean {
  for (const statement of body) {
    if (statement.type !== 'ExpressionStatement' || typeof statement.directive !== 'string') return false
    if (statement.directive === 'use strict') return true
  }
  return false
}

/** How a name is used. */
type How = Pick<Reference, 'write' | 'member' | 'memberEnd' | 'shorthand'>

/** What an export means: a name of the script, or what another file exports under a name. */
export type Exported =
  | { readonly local: string; readonly from?: never }
  | { readonly from: string; readonly name: string; readonly local?: never }

/** One pass over a syntax tree that notes who declares and who uses each name. `visit` says what each kind of syntax does. */
export class Walk {
  readonly references: Reference[] = []
  readonly specials: Special[] = []
  readonly functions: FunctionNode[] = []
  readonly exports = new Map<string, Exported>()
  /** Files all of whose exports are exported, as the text names them. */
  readonly stars: string[] = []
  /** Calls with a text as the only argument, as `require('x')` is one. */
  readonly calls: { readonly name: string; readonly scope: Scope; readonly node: AnyNode }[] = []
  readonly templates: TemplateSite[] = []
  /** By where the variable stands that is assigned: it holds the same module as before, as a namespace. */
  readonly wrapped = new Map<number, Way>()
  /** Of these, those that `new` is called on, or on a member of: brackets have to hold them together. */
  readonly constructed = new Set<AnyNode>()
  /** Scopes that a direct eval sees, and may assign in. */
  readonly evals = new Set<Scope>()
  readonly #visitors: Readonly<Record<string, unknown>>

  constructor(visitors: Readonly<Record<string, unknown>>) {
    this.#visitors = visitors
  }

  visit(node: AnyNode, place: Place): void {
    const visit = this.#visitors[node.type] as ((walk: Walk, node: AnyNode, place: Place) => void) | undefined
    if (visit === undefined) this.children(node, place)
    else visit(this, node, place)
  }

  children(node: AnyNode, place: Place): void {
    for (const value of Object.values(node)) {
      if (Array.isArray(value)) for (const item of value) this.#maybe(item, place)
      else this.#maybe(value, place)
    }
  }

  #maybe(value: unknown, place: Place): void {
    if (typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string') {
      this.visit(value as AnyNode, place)
    }
  }

  use(name: string, node: AnyNode, { scope, owner }: Place, how: Partial<How> = {}): void {
    const { start, end } = node
    const { write = false, member, memberEnd, shorthand = false } = how
    this.references.push({ name, start, end, scope, write, member, memberEnd, shorthand, binding: undefined })
    if (name === 'arguments') this.special('arguments', node, owner)
  }

  special(kind: Special['kind'], node: AnyNode, owner: Span | undefined, scope?: Scope): void {
    this.specials.push({ kind, node, owner, scope, specifier: undefined })
  }

  /** Every name in a pattern; defaults and computed keys in it are ordinary code. */
  pattern(
    node: AnyNode | null,
    place: Place,
    take: (name: string, node: AnyNode, shorthand: boolean) => void,
    shorthand = false,
  ): void {
    if (node === null) return
    switch (node.type) {
      case 'Identifier':
        take(node.name, node, shorthand)
        break
      case 'AssignmentPattern':
        this.pattern(node.left, place, take, shorthand)
        this.visit(node.right, place)
        break
      case 'RestElement':
        this.pattern(node.argument, place, take)
        break
      case 'ArrayPattern':
        for (const item of node.elements) this.pattern(item, place, take)
        break
      case 'ObjectPattern':
        for (const item of node.properties) {
          if (item.type === 'Property' && item.computed) this.visit(item.key, place)
          const isShort = item.type === 'Property' && item.shorthand
          this.pattern(item.type === 'Property' ? item.value : item.argument, place, take, isShort)
        }
        break
      default:
        this.visit(node, place)
    }
  }

  /** The target of an assignment: names in it are written to, not declared. */
  assign(node: AnyNode, place: Place): void {
    this.pattern(node, place, (name, at, shorthand) => this.use(name, at, place, { write: true, shorthand }))
  }

  /** Parameters, then the body, which shares their scope unless parameters hold code. */
  functionInside(fn: FunctionSyntax, place: Place, owner: Span | undefined): void {
    const strict = place.scope.strict || strictBody(fn)
    const scope: Scope = { ...innerScope(place.scope, fn, true), strict }
    const inner: Place = { ...place, scope, owner, looping: false }
    const simple = fn.params.every(param => param.type === 'Identifier')
    for (const param of fn.params) this.pattern(param, inner, name => declare(scope, name, 'param'))
    if (fn.body.type !== 'BlockStatement') this.visit(fn.body, inner)
    else if (simple) this.children(fn.body, inner)
    else this.children(fn.body, { ...inner, scope: innerScope(scope, fn.body, true) })
  }

  /** `keyed` is what holds a method: its text starts at the key or what stands before it, but for `static`. */
  addFunction(kind: FunctionNode['kind'], fn: AnyNode, place: Place, keyed?: Keyed): void {
    const strict = place.scope.strict || kind === 'class' || strictBody(fn)
    const ofClass = keyed?.type === 'MethodDefinition'
    const { start, end } = keyed ?? fn
    this.functions.push({
      start,
      end,
      kind,
      node: fn,
      key: keyed?.key as Expression | undefined,
      computed: keyed?.computed === true,
      strict,
      scope: place.scope,
      ofClass,
      isStatic: ofClass && keyed.static,
      once: place.scope.parent === undefined && !place.looping,
    })
  }
}

function strictBody(fn: AnyNode): boolean {
  const body = (fn as Partial<Property> & { body?: AnyNode }).body
  return body?.type === 'BlockStatement' && hasUseStrict(body.body)
}
