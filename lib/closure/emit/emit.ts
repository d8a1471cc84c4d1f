import { BUNDLE_VERSION, type BundleHeader, type CodeHeader, partName, type WireFunction } from '../bundle-format.ts'
import type { CapturedFunction } from '../graph/captured-function.ts'
import type { MemberPlace } from '../graph/class-members.ts'
import type { Graph } from '../graph/graph.ts'
import { nameOf, writtenName } from '../nodes/function-name.ts'
import { ByReference } from '../nodes/reference-table.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { type CodeScope, type Instance, newInstance, settled } from '../variables/instances.ts'
import { LiveBindings } from './live-bindings.ts'
import { type Factory, type Member, ScriptWriter } from './script-writer.ts'
import { TemplateSites } from './template-sites.ts'

/** The script that makes the functions again, and who sees which instance of which scope. */
export interface Emitted {
  readonly text: string
  readonly code: CodeHeader
  readonly bundle: Omit<BundleHeader, 'code'>
}

export function emit(graph: Graph): Emitted {
  const live = new LiveBindings(graph.environments)
  const factories = factoriesOf(graph)
  const sites = new TemplateSites(graph.functions.flatMap(({ member, code }) => (member === undefined ? [code] : [])))
  const members = graph.functions.map(it =>
    it.member === undefined ? memberOf(it, factories, code => live.share(sites.share(code))) : fromClass(it.member),
  )
  const { numberOf, instances } = numberInstances(graph, factories)
  const functions = graph.functions.map((captured, index): WireFunction => {
    const { member, name } = members[index] as { member: number; name: string }
    const actual = captured.name
    const place = captured.member
    return {
      instance: numberOf(captured.home),
      member,
      ...(place === undefined ? {} : { of: place.of, part: place.part }),
      ...(actual === undefined || actual === name ? {} : { name: actual }),
      ...(captured.base === undefined ? {} : { base: captured.base }),
      cells: captured.cells.flatMap(cell => {
        const { instance, slot } = live.placeOf(cell, captured.code)
        return [numberOf(instance), slot]
      }),
    }
  })
  const root = factories.get(graph.environments.globals) as Factory
  const writer = new ScriptWriter()
  writer.factory(root, sites.declarations)
  return {
    text: writer.text,
    code: {
      version: BUNDLE_VERSION,
      modules: [],
      references: graph.references.all,
      scopes: [...factories.values()].map(({ parent }) => parent?.number ?? -1),
      files: writer.positions.files,
      positions: writer.positions.table,
    },
    bundle: {
      version: BUNDLE_VERSION,
      instances,
      functions,
      known: graph.known,
      carried: [],
      constant: isConstant(graph),
    },
  }
}

/** The scopes of the message in the order of the tree: outer ones first, then as they stand in their scripts. */
function factoriesOf({ environments }: Graph): Map<CodeScope, Factory> {
  const factories = new Map<CodeScope, Factory>()
  const add = (of: CodeScope, parent: Factory | undefined): void => {
    const factory: Factory = { of, number: factories.size, parent, children: [], members: new Map() }
    factories.set(of, factory)
    parent?.children.push(factory)
  }
  add(environments.globals, undefined)
  const inner: CodeScope[] = []
  for (const of of environments.scopes.values()) {
    if (of.scope?.parent === undefined) add(of, factories.get(environments.globals))
    else inner.push(of)
  }
  inner.sort((a, b) => (a.scope?.start ?? 0) - (b.scope?.start ?? 0) || (b.scope?.end ?? 0) - (a.scope?.end ?? 0))
  for (const of of inner) {
    let above = of.scope?.parent
    while (above !== undefined && !environments.scopes.has(above)) above = above.parent
    add(of, factories.get(above === undefined ? environments.globals : (environments.scopes.get(above) as CodeScope)))
  }
  return factories
}

function memberOf(
  { code, home, fn }: CapturedFunction,
  factories: ReadonlyMap<CodeScope, Factory>,
  share: (code: FunctionCode) => FunctionCode,
): Member {
  const { members } = factories.get(settled(home).of) as Factory
  const known = members.get(code.syntax)
  if (known !== undefined) return known
  const name = writtenName(code) ?? nameOf(fn) ?? ''
  const made = { member: members.size, code: share(code), name }
  members.set(code.syntax, made)
  return made
}

/** A function that a class's text makes, and the name that it gets there. */
function fromClass({ key, part }: MemberPlace): { member: number; name: string } {
  const kind = partName(part)
  const name = typeof key === 'string' ? key : key.description === undefined ? '' : `[${key.description}]`
  return { member: 0, name: kind === 'value' ? name : `${kind} ${name}` }
}

/** Numbers the instances, outer ones first, and makes those between them that nobody captured of. */
function numberInstances(
  graph: Graph,
  factories: ReadonlyMap<CodeScope, Factory>,
): {
  numberOf: (instance: Instance) => number
  instances: number[]
} {
  const numbers = new Map<Instance, number>()
  const instances: number[] = []
  const tops = new Map<CodeScope, Instance>([[graph.environments.globals, graph.environments.globalInstance]])
  const numberOf = (given: Instance): number => {
    const instance = settled(given)
    const known = numbers.get(instance)
    if (known !== undefined) return known
    const { parent, number } = factories.get(instance.of) as Factory
    const above = parent === undefined ? -1 : numberOf(aroundOf(instance, parent, graph, tops))
    numbers.set(instance, instances.length / 2)
    return instances.push(number, above) / 2 - 1
  }
  numberOf(graph.environments.globalInstance)
  return { numberOf, instances }
}

function aroundOf(instance: Instance, parent: Factory, graph: Graph, tops: Map<CodeScope, Instance>): Instance {
  if (parent.of.scope?.parent === undefined) {
    const top = graph.environments.topInstance(parent.of) ?? tops.get(parent.of)
    if (top !== undefined) return top
    const made = newInstance(parent.of)
    tops.set(parent.of, made)
    return made
  }
  const known = instance.outer.get(parent.of)
  if (known !== undefined) return known
  const made = newInstance(parent.of, new Map(instance.outer))
  instance.outer.set(parent.of, made)
  return made
}

/** One function, which sees nothing but primitives that it does not assign, and not itself. */
function isConstant({ functions, root, known, references }: Graph): boolean {
  const [only] = functions
  if (only === undefined || functions.length > 1 || known.length > 0 || root[0] !== only.fn) return false
  // Other functions may reach themselves through `arguments`, and a class is state itself.
  if (only.code.free.some(({ writes }) => writes) || only.code.syntax.kind !== 'arrow') return false
  const isUrl = ({ index }: ByReference): boolean => references.all[index]?.slice(0, 2).join() === 'place,object'
  return only.cells.every(({ value }) => isPrimitive(value) || (ByReference.is(value) && !isUrl(value)))
}

function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function')
}
