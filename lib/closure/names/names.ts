import type { AnyNode, Program } from 'acorn'
import { constantText } from './constant-text.ts'
import type { Way } from './origin.ts'
import { type FunctionNode, type Reference, resolve, type Scope, type Special, type TemplateSite } from './scope.ts'
import { visitors } from './visitors.ts'
import { type Exported, hasUseStrict, innerScope, Walk } from './walk.ts'

/** Who declares which name in a script, and who uses it: from one walk over its syntax tree. */
export interface Names {
  readonly top: Scope
  /** These three in the order of the text. */
  readonly references: readonly Reference[]
  readonly specials: readonly Special[]
  readonly functions: readonly FunctionNode[]
  readonly templates: readonly TemplateSite[]
  /** Of an ES module, by the names that other files use. */
  readonly exports: ReadonlyMap<string, Exported>
  /** Files all of whose exports are exported too, as the text names them. */
  readonly stars: readonly string[]
}

export function namesOf(program: Program, isModule: boolean): Names {
  const walk = new Walk(visitors)
  const whole = { start: -1, end: program.end + 1 }
  const top: Scope = {
    ...innerScope({ strict: isModule || hasUseStrict(program.body) } as Scope, whole, true),
    parent: undefined,
  }
  walk.children(program, { scope: top, owner: undefined, classes: [], looping: false })
  for (const reference of walk.references) settle(reference, walk.wrapped)
  for (const { name, scope, node } of walk.calls) {
    if (requires(scope, name, isModule)) walk.special('require', node, undefined, scope)
  }
  for (const { bindings } of walk.evals) for (const binding of bindings.values()) binding.assigned = true
  for (const special of walk.specials) {
    if (special.scope !== undefined && special.kind !== 'eval') nameModule(special, special.scope)
  }
  const specials = walk.specials.filter(({ kind, specifier }) => kind !== 'require' || specifier !== undefined)
  for (const { local } of walk.exports.values()) {
    const binding = local === undefined ? undefined : top.bindings.get(local)
    if (binding !== undefined) binding.exported = true
  }
  const inOrder = (a: { start: number }, b: { start: number }): number => a.start - b.start
  return {
    top,
    references: walk.references.sort(inOrder),
    specials: specials.sort((a, b) => inOrder(a.node, b.node)),
    functions: walk.functions.sort(inOrder),
    templates: walk.templates,
    exports: walk.exports,
    stars: walk.stars,
  }
}

/** Whether to call a name is to require: also one that only holds `require`. */
function requires(scope: Scope, name: string, isModule: boolean): boolean {
  const binding = resolve(scope, name)
  if (binding === undefined) return name === 'require' && !isModule
  if (binding.requires || binding.kind !== 'const' || binding.init?.type !== 'Identifier') return binding.requires
  return binding.init.name === 'require' && requires(binding.scope, 'require', isModule)
}

function nameModule(special: Special, scope: Scope): void {
  const { source, arguments: [first] = [] } = special.node as { source?: AnyNode; arguments?: readonly AnyNode[] }
  special.specifier = constantText(source ?? first, scope)
}

function settle(reference: Reference, wrapped: ReadonlyMap<number, Way>): void {
  const binding = resolve(reference.scope, reference.name)
  reference.binding = binding
  if (binding === undefined || !reference.write) return
  const way = reference.scope === binding.scope ? wrapped.get(reference.start) : undefined
  const { origin } = binding
  if (way !== undefined && origin?.by === 'require' && origin.path.length === 0) {
    binding.origin = { ...origin, by: way }
    return
  }
  binding.assigned = true
  // Whatever it holds now is not known by where it came from.
  if (binding.kind !== 'import' && binding.kind !== 'const') binding.origin = undefined
}

/** The first of `items`, which stand in the order of the text, that starts at `start` or later. */
export function firstFrom<T>(items: readonly T[], start: number, startOf: (item: T) => number): number {
  let low = 0
  let high = items.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (startOf(items[middle] as T) < start) low = middle + 1
    else high = middle
  }
  return low
}
