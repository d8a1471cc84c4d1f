import type { Callable } from '../../value/captured.ts'
import { outerFirst, type Scope } from '../names/scope.ts'
import type { FunctionCode } from '../source/function-code.ts'
import type { Script } from '../source/script.ts'
import { type CodeScope, type Instance, merge, newInstance, place, settled } from './instances.ts'

/** The instances of scopes around functions: a chain each, innermost first. */
export type Chain = Map<Scope, Instance>

/**
 * Makes the chains. Each function gets instances of its own, which may turn out to be others'. A function that uses
 * private names stands inside of the class that declares them: the scope of a class has one instance for each class, and
 * what is around that is what is around the class.
 */
export class Chains {
  readonly scopes = new Map<Scope, CodeScope>()
  readonly #tops = new Map<CodeScope, Instance>()
  readonly #ofClasses = new Map<Callable, { readonly code: FunctionCode; readonly chain: Chain }>()
  readonly #bodies = new Map<Callable, Instance>()

  /**
   * @param owners of `code.within`: the classes, which were entered before
   * @param withs the objects of the `with` blocks around it
   */
  enter(
    fn: Callable,
    code: FunctionCode,
    owners: readonly Callable[],
    withs: ReadonlyMap<Scope, object> = new Map(),
  ): Chain {
    const bodies = new Map(code.within.map((node, at) => [scopeOfClass(code, node), owners[at] as Callable]))
    const inner = new Set<Scope>([...bodies.keys(), ...withs.keys()])
    for (const { binding } of code.free) if (binding?.scope.parent !== undefined) inner.add(binding.scope)
    const outer = new Map<CodeScope, Instance>()
    const made: [Scope, Instance][] = []
    for (const scope of [...inner].sort(outerFirst)) {
      const of = this.scopeOf(scope)
      const owner = bodies.get(scope)
      const instance =
        owner === undefined
          ? newInstance(of, new Map(outer), undefined, withs.get(scope))
          : this.#bodyOf(owner, of, outer)
      outer.set(of, instance)
      made.unshift([scope, instance])
    }
    const chain = new Map(made)
    for (const [scope, owner] of bodies) this.#widen(owner, scope, chain)
    if (code.syntax.kind === 'class') this.#ofClasses.set(fn, { code, chain })
    return chain
  }

  /** Where a class's text stands: in the innermost scope that it, or a function inside of it, captured of. */
  homeOf(owner: Callable): Instance | undefined {
    const known = this.#ofClasses.get(owner)
    if (known === undefined) return undefined
    const [innermost] = [...known.chain.keys()].sort(outerFirst).reverse()
    return (innermost && known.chain.get(innermost)) ?? this.topOf(known.code.script)
  }

  scopeOf(scope: Scope, script?: Script): CodeScope {
    const known = this.scopes.get(scope)
    if (known !== undefined) return known
    const made: CodeScope = { script, scope, slots: [], numbers: new Map(), absent: new Set() }
    this.scopes.set(scope, made)
    return made
  }

  /** The instance of a script's top, where some function sees it. */
  topInstance(of: CodeScope): Instance | undefined {
    return this.#tops.get(of)
  }

  topOf(script: Script): Instance {
    const of = this.scopeOf(script.names.top, script)
    const known = this.#tops.get(of)
    if (known !== undefined) return known
    const made = newInstance(of)
    this.#tops.set(of, made)
    return made
  }

  #bodyOf(owner: Callable, of: CodeScope, outer: ReadonlyMap<CodeScope, Instance>): Instance {
    const known = this.#bodies.get(owner)
    const body = known ?? newInstance(of, new Map(), owner)
    this.#bodies.set(owner, body)
    for (const [around, instance] of outer) place(body, around, instance)
    return body
  }

  /** What a function inside of a class sees around the class, the class sees too. */
  #widen(owner: Callable, { start, end }: Scope, chain: Chain): void {
    const ofOwner = this.#ofClasses.get(owner)?.chain
    if (ofOwner === undefined) return
    for (const [scope, instance] of chain) {
      if (scope.start > start || scope.end < end || (scope.start === start && scope.end === end)) continue
      const theirs = ofOwner.get(scope)
      if (theirs !== undefined) merge(theirs, instance)
      else ofOwner.set(scope, instance)
      for (const [other, inside] of ofOwner) {
        if (outerFirst(scope, other) < 0) place(settled(inside), instance.of, instance)
        else if (other !== scope) place(settled(instance), inside.of, inside)
      }
    }
  }
}

function scopeOfClass({ syntax }: FunctionCode, { start, end }: { start: number; end: number }): Scope {
  let at: Scope | undefined = syntax.scope
  while (at !== undefined && (at.start !== start || at.end !== end)) at = at.parent
  return at as Scope
}
