import type { Callable } from '../../value/captured.ts'
import type { CapturedFunction } from '../graph/captured-function.ts'
import type { Graph } from '../graph/graph.ts'
import { outerFirst, type Scope } from '../names/scope.ts'
import { nameOf, writtenName } from '../nodes/function-name.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { type CodeScope, type Instance, newInstance, settled } from '../variables/instances.ts'
import type { Factory, Member } from './script-writer.ts'

/** Which scope of the emitted script each instance is of, and how the instances are numbered. */
export class Factories {
  readonly root: Factory
  /** By number: outer ones first. */
  readonly all: Factory[] = []
  /** Two numbers an instance: its scope, and the instance around it or -1. */
  readonly instances: number[] = []
  /** Of each instance, the index of the class that it stands inside of; -1 for none, -2 - n for reference n. */
  readonly owners: number[] = []
  /** Instances that are `with` blocks and the numbers of their objects, in turns. */
  readonly withs: number[] = []
  /** The scopes inside of the texts of packages' classes. */
  readonly inPackages = new Map<Callable, Factory>()
  readonly #graph: Graph
  readonly #share: (code: FunctionCode) => FunctionCode
  /** By scope, then by the classes in whose texts it stands. */
  readonly #found = new Map<CodeScope, Map<string, Factory>>()
  readonly #numbers = new Map<Instance, number>()
  readonly #tops = new Map<CodeScope, Instance>()

  /** @param share changes a function's code where it shares something with others */
  constructor(graph: Graph, share: (code: FunctionCode) => FunctionCode) {
    this.#graph = graph
    this.#share = share
    const { globals, globalInstance, chains } = graph.environments
    this.root = this.#add(globals, '', undefined)
    this.#tops.set(globals, globalInstance)
    const inner: CodeScope[] = []
    for (const of of chains.scopes.values()) {
      if (of.scope?.parent === undefined) this.#add(of, '', this.root)
      else inner.push(of)
    }
    inner.sort((a, b) => outerFirst(a.scope as Scope, b.scope as Scope))
    for (const of of inner) this.#factory(of, [])
    this.numberOf(globalInstance)
  }

  /** Puts a function's text into its scope. */
  memberOf(captured: CapturedFunction): Member {
    const { code, fn } = captured
    const { members } = this.#of(this.homeOf(captured))
    const known = members.get(code.syntax)
    if (known !== undefined) return known
    const name = writtenName(code) ?? nameOf(fn) ?? ''
    const made: Member = { member: members.size, code: this.#share(code), name, body: undefined }
    members.set(code.syntax, made)
    return made
  }

  homeOf({ fn, home }: CapturedFunction): Instance {
    return settled(this.#graph.environments.chains.homeOf(fn) ?? home)
  }

  /** Numbers an instance, those around it first, and makes those between them that nobody captured of. */
  numberOf(given: Instance): number {
    const instance = settled(given)
    const known = this.#numbers.get(instance)
    if (known !== undefined) return known
    const { parent, number } = this.#of(instance)
    const owner = instance.owner && this.#numberOfOwner(instance.owner)
    const above = parent === undefined ? -1 : this.numberOf(this.#around(instance, parent, owner))
    const made = this.instances.push(number, above) / 2 - 1
    this.#numbers.set(instance, made)
    this.owners.push(owner ?? -1)
    const { withObject } = instance
    if (withObject !== undefined) this.withs.push(made, this.#graph.environments.withs.numberOf(withObject) as number)
    return made
  }

  #around(instance: Instance, parent: Factory, owner: number | undefined): Instance {
    if (owner !== undefined && owner < 0) return this.#graph.environments.globalInstance
    if (owner !== undefined) return this.homeOf(this.#graph.functions[owner] as CapturedFunction)
    if (parent.of.scope?.parent === undefined) {
      const top = this.#graph.environments.chains.topInstance(parent.of) ?? this.#tops.get(parent.of)
      if (top !== undefined) return top
      const made = newInstance(parent.of)
      this.#tops.set(parent.of, made)
      return made
    }
    const known = instance.outer.get(parent.of)
    if (known !== undefined) return known
    const made = newInstance(parent.of, new Map(instance.outer))
    instance.outer.set(parent.of, made)
    return made
  }

  #numberOfOwner(owner: Callable): number {
    const index = this.#graph.functions.findIndex(({ fn }) => fn === owner)
    return index < 0 ? -2 - ((this.#graph.idOf(owner, 'value') as number) >> 2) : index
  }

  #of(given: Instance): Factory {
    const instance = settled(given)
    return this.#factory(instance.of, bodiesAround(instance))
  }

  /** @param bodies of classes in whose texts it stands, outermost first */
  #factory(of: CodeScope, bodies: readonly Instance[]): Factory {
    const key = bodies.map(body => this.#memberKey(body)).join()
    const known = this.#found.get(of)?.get(key)
    if (known !== undefined) return known
    const body = bodies.at(-1)
    if (body?.of === of) return this.#body(body, key)
    const { scopes } = this.#graph.environments.chains
    let above = of.scope?.parent
    while (above !== undefined && !scopes.has(above)) above = above.parent
    const around = above === undefined ? this.#graph.environments.globals : (scopes.get(above) as CodeScope)
    return this.#add(
      of,
      key,
      this.#factory(
        around,
        bodies.filter(({ of: { scope } }) => isInside(around, scope)),
      ),
    )
  }

  /** The scope inside of a class's text. */
  #body(body: Instance, key: string): Factory {
    const owner = this.#graph.functions.find(({ fn }) => fn === body.owner)
    if (owner === undefined) return this.#bodyInPackage(body, key)
    const home = this.#of(this.homeOf(owner))
    const member = this.memberOf(owner)
    member.body ??= this.#add(body.of, key, home, true)
    return member.body
  }

  /** The package's own file has the class: what is inside of its text is put in there. */
  #bodyInPackage(body: Instance, key: string): Factory {
    const made = this.#add(body.of, key, this.root, true)
    this.inPackages.set(body.owner as Callable, made)
    return made
  }

  /** Two classes of one text have one scope inside of it. */
  #memberKey({ owner }: Instance): string {
    const captured = this.#graph.functions.find(({ fn }) => fn === owner)
    if (captured === undefined) return `${this.#numberOfOwner(owner as Callable)}`
    return `${this.#of(this.homeOf(captured)).number}.${captured.code.start}`
  }

  #add(of: CodeScope, key: string, parent: Factory | undefined, isBody = false): Factory {
    const made: Factory = { of, number: this.all.length, parent, isBody, children: [], members: new Map() }
    this.all.push(made)
    parent?.children.push(made)
    const ofScope = this.#found.get(of) ?? new Map<string, Factory>()
    this.#found.set(of, ofScope.set(key, made))
    return made
  }
}

function isInside({ scope }: CodeScope, body: CodeScope['scope']): boolean {
  return scope !== undefined && body !== undefined && scope.start >= body.start && scope.end <= body.end
}

/** The scopes of classes around an instance, and it itself if it is one, outermost first. */
function bodiesAround(instance: Instance, found = new Set<Instance>()): readonly Instance[] {
  if (instance.owner !== undefined) found.add(instance)
  for (const around of instance.outer.values()) bodiesAround(settled(around), found)
  return [...found].sort((a, b) => (a.of.scope?.start ?? 0) - (b.of.scope?.start ?? 0))
}
