import type { Callable } from '../../value/captured.ts'
import { outerFirst, type Scope } from '../names/scope.ts'
import type { Script } from '../source/script.ts'

/**
 * Which functions see the same variables. A scope is text; each time it is entered there is another instance of it.
 * The top of a script, and the globals above all scripts, have one instance.
 */
export interface CodeScope {
  /** Undefined for the globals. */
  readonly script: Script | undefined
  readonly scope: Scope | undefined
  /** Names of what was captured of it. */
  readonly slots: string[]
  /** Their places in that list. */
  readonly numbers: Map<string, number>
  /** Of these, those that hold what can't travel, and that only evaluated text may use. */
  readonly absent: Set<string>
}

/** One instance of a scope: the functions that see it see one set of variables. */
export interface Instance {
  readonly of: CodeScope
  /** Those around it that any of its functions sees. */
  readonly outer: Map<CodeScope, Instance>
  /** Of the scope of a class: the class in whose text the functions stand that see it. */
  readonly owner: Callable | undefined
  /** Of the scope of a `with`: its object. */
  readonly withObject: object | undefined
  /** Set when it turned out to be the same as another. */
  into: Instance | undefined
}

export function newInstance(
  of: CodeScope,
  outer: Map<CodeScope, Instance> = new Map(),
  owner?: Callable,
  withObject?: object,
): Instance {
  return { of, outer, owner, withObject, into: undefined }
}

/** The instance that this one turned out to be. */
export function settled(instance: Instance): Instance {
  let at = instance
  while (at.into !== undefined) at = at.into
  return at
}

/** Two instances turned out to be one: then so are those around them. */
export function merge(one: Instance, other: Instance): void {
  let kept = settled(one)
  let gone = settled(other)
  if (kept === gone) return
  if (gone.owner !== undefined) [kept, gone] = [gone, kept]
  gone.into = kept
  for (const [scope, instance] of gone.outer) {
    const here = kept.outer.get(scope)
    if (here === undefined) kept.outer.set(scope, instance)
    else merge(here, instance)
  }
  nest(kept)
}

/** What is around one is around those between them too, though no function sees all three. */
function nest({ outer }: Instance): void {
  const around = [...outer].sort(([{ scope: a }], [{ scope: b }]) => outerFirst(a as Scope, b as Scope))
  for (const [index, [, inner]] of around.entries()) {
    for (const [of, instance] of around.slice(0, index)) place(settled(inner), of, instance)
  }
}

/** Says what is around an instance. */
export function place(instance: Instance, of: CodeScope, around: Instance): void {
  const known = instance.outer.get(of)
  if (known === undefined) instance.outer.set(of, around)
  else merge(known, around)
}

export function slotOf({ slots, numbers }: CodeScope, name: string): number {
  const known = numbers.get(name)
  if (known !== undefined) return known
  numbers.set(name, slots.push(name) - 1)
  return slots.length - 1
}
