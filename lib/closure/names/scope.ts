import type { AnyNode, TaggedTemplateExpression } from 'acorn'
import type { Origin } from './origin.ts'

/** A stretch of a script's text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/**
 * How a name came to be: decides whether it can be assigned, and where its value is found. `self` is the name that a class
 * has inside of itself, `own` that of a function expression.
 */
export type BindingKind = 'const' | 'let' | 'var' | 'function' | 'class' | 'param' | 'catch' | 'import' | 'self' | 'own'

/** A declared name of a script. */
export interface Binding {
  readonly name: string
  readonly kind: BindingKind
  readonly scope: Scope
  /** Assigned anywhere but where it is declared: its value may differ from one capture to the next. */
  assigned: boolean
  /** The module that it was imported or required from, and still is. */
  origin: Origin | undefined
  /** Other files may import it. */
  exported: boolean
  /** A `require` that `createRequire` made for the file. */
  requires: boolean
  /** Where it is declared, what it is made from, where that may name a place or a text, or is a function. */
  init: AnyNode | undefined
}

/** A stretch of a script in which names are declared. */
export interface Scope extends Span {
  readonly parent: Scope | undefined
  readonly strict: boolean
  /** `var` and the functions of a body land here. */
  readonly hoists: boolean
  /** Of a `with`: its names are the properties that its object has when they are asked for. It declares none. */
  readonly ofWith?: true
  readonly bindings: Map<string, Binding>
}

/** A place where a name is used. */
export interface Reference extends Span {
  readonly name: string
  readonly scope: Scope
  readonly write: boolean
  /** `x.member` with a name that is known from the text. */
  readonly member: string | undefined
  /** Where that ends. */
  readonly memberEnd: number | undefined
  /** `{ x }` stands for `{ x: x }`. */
  readonly shorthand: boolean
  binding: Binding | undefined
}

/** Uses of what has no name: each needs something of the place where the function was written. */
export type SpecialKind =
  | 'this'
  | 'arguments'
  | 'super'
  | 'new.target'
  | 'import.meta'
  | 'import'
  | 'require'
  | 'eval'
  | 'private'
  | 'with'

export interface Special {
  readonly kind: SpecialKind
  readonly node: AnyNode
  /** The function, field or class that gives it its meaning: inside of it the text is complete. */
  readonly owner: Span | undefined
  /** Of `import()`, `require()` and `eval()`: where it stands. */
  readonly scope: Scope | undefined
  /** Of the first two: the module that it names, as far as the text says. */
  specifier: string | undefined
}

/** A place at which a function is called with a template: whenever that runs, it gets the same object. */
export interface TemplateSite {
  readonly node: TaggedTemplateExpression
  /** `new` is called on what it gives, or on a member of that. */
  readonly constructed: boolean
}

/** A function, method or class of a script, by the text that `toString` gives for it. */
export interface FunctionNode extends Span {
  readonly kind: 'arrow' | 'function' | 'method' | 'get' | 'set' | 'class'
  readonly node: AnyNode
  /** Of a method: where its key stands. */
  readonly key: AnyNode | undefined
  readonly computed: boolean
  readonly strict: boolean
  /** The scope in which it was written. */
  readonly scope: Scope
  /** A method of a class, not of an object literal. */
  readonly ofClass: boolean
  readonly isStatic: boolean
  /** It stands at the top of the script, in no loop: one run of the script makes one. */
  readonly once: boolean
}

/** Declares a name, or finds it declared: `var` may repeat itself. */
export function declare(scope: Scope, name: string, kind: BindingKind, origin?: Origin, assigned = false): Binding {
  const known = scope.bindings.get(name)
  if (known !== undefined) {
    // A second declaration is a second value.
    if (kind !== 'self' && kind !== 'own') known.assigned = true
    return known
  }
  const binding: Binding = { name, kind, scope, assigned, origin, exported: false, requires: false, init: undefined }
  scope.bindings.set(name, binding)
  return binding
}

export function hoistingScope(scope: Scope): Scope {
  let at = scope
  while (!at.hoists && at.parent !== undefined) at = at.parent
  return at
}

/** The scopes of `with` around a place, innermost first. */
export function withsAround(scope: Scope): readonly Scope[] {
  const found: Scope[] = []
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) if (at.ofWith) found.push(at)
  return found
}

/** What a name means from inside a scope. */
export function resolve(scope: Scope, name: string): Binding | undefined {
  for (let at: Scope | undefined = scope; at !== undefined; at = at.parent) {
    const found = at.bindings.get(name)
    if (found !== undefined) return found
  }
  return undefined
}

/** Of scopes that lie in one another: those around the others first. Some span the same text, as a function's own name and its parameters. */
export function outerFirst(a: Scope, b: Scope): number {
  return a.start - b.start || b.end - a.end || depthOf(a) - depthOf(b)
}

function depthOf(scope: Scope): number {
  let depth = 0
  for (let at = scope.parent; at !== undefined; at = at.parent) depth++
  return depth
}
