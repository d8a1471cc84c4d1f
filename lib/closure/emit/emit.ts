import type { Callable } from '../../value/captured.ts'
import {
  BUNDLE_VERSION,
  type BundleHeader,
  type CodeHeader,
  DESCRIPTOR,
  INHERIT,
  partName,
  type WireFunction,
} from '../bundle-format.ts'
import type { MemberPlace } from '../graph/class-members.ts'
import type { Graph } from '../graph/graph.ts'
import { nameIn } from '../nodes/function-name.ts'
import { ByReference } from '../nodes/reference-table.ts'
import { Factories } from './factories.ts'
import { LiveBindings } from './live-bindings.ts'
import { type Factory, ScriptWriter } from './script-writer.ts'
import { TemplateSites } from './template-sites.ts'

/** The script that makes the functions again, and who sees which instance of which scope. */
export interface Emitted {
  readonly text: string
  /** What is to stand inside of the texts of packages' classes. */
  readonly inPackages: ReadonlyMap<Callable, string>
  readonly code: CodeHeader
  readonly bundle: Omit<BundleHeader, 'code'>
}

const own = `const ${DESCRIPTOR} = Object.getOwnPropertyDescriptor, ${INHERIT} = Object.setPrototypeOf\n`

export function emit(graph: Graph): Emitted {
  const live = new LiveBindings(graph.environments)
  const sites = new TemplateSites(
    graph.functions.flatMap(({ member, code }) => (member === undefined ? [code] : [])),
    graph.templates.names,
  )
  const factories = new Factories(graph, code => live.share(sites.share(code)))
  const members = graph.functions.map(it => (it.member === undefined ? factories.memberOf(it) : fromClass(it.member)))
  const functions = graph.functions.map((captured, index): WireFunction => {
    const { member, name } = members[index] as { member: number; name: string }
    const actual = captured.name
    const place = captured.member
    return {
      instance: factories.numberOf(factories.homeOf(captured)),
      member,
      ...(place === undefined ? {} : { of: place.of, part: place.part }),
      ...(actual === undefined || actual === name ? {} : { name: actual }),
      ...(captured.base === undefined ? {} : { base: captured.base }),
      cells: captured.cells.flatMap(cell => {
        const { instance, slot } = live.placeOf(cell, captured.code)
        return [factories.numberOf(instance), slot]
      }),
    }
  })
  const writer = new ScriptWriter()
  const needsOwn = graph.functions.some(
    ({ code: { syntax, usesHome, superFrom } }) => usesHome || superFrom !== undefined || /^[gs]et$/.test(syntax.kind),
  )
  const declarations = (needsOwn ? own : '') + sites.declarations
  writer.factory(factories.root, declarations)
  return {
    text: writer.text,
    inPackages: new Map([...factories.inPackages].map(([owner, body]) => [owner, scriptOf(body, declarations)])),
    code: {
      version: BUNDLE_VERSION,
      modules: [],
      references: graph.references.all,
      scopes: factories.all.map(({ parent }) => parent?.number ?? -1),
      files: writer.positions.files,
      positions: writer.positions.table,
    },
    bundle: {
      version: BUNDLE_VERSION,
      instances: factories.instances,
      ...(factories.owners.some(owner => owner !== -1) ? { owners: factories.owners } : {}),
      ...(factories.withs.length > 0 ? { withs: factories.withs } : {}),
      functions,
      known: graph.known,
      carried: [],
      constant: isConstant(graph),
    },
  }
}

function scriptOf(factory: Factory, declarations: string): string {
  const writer = new ScriptWriter()
  writer.factory(factory, declarations)
  return writer.text
}

/** A function that a class's text makes, and the name that it gets there. */
function fromClass({ key, part }: MemberPlace): { member: number; name: string } {
  return { member: 0, name: nameIn(key, partName(part)) }
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
