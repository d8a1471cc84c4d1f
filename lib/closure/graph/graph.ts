import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import type { Numbered } from '../../value/encoding.ts'
import type { Inside } from '../../value/inside.ts'
import {
  type Extras,
  type FunctionRecord,
  idOfKnown,
  idOfOwn,
  idOfReference,
  type WeakEntry,
} from '../bundle-format.ts'
import { computedKeys } from '../nodes/class-keys.ts'
import { instanceOf, judgeInstance } from '../nodes/class-refusals.ts'
import { givenName } from '../nodes/function-name.ts'
import { extrasOf, membersWithMore } from '../nodes/function-record.ts'
import { OpenedClasses } from '../nodes/opened-classes.ts'
import { PrivateFields } from '../nodes/private-fields.ts'
import { promiseInside } from '../nodes/promises.ts'
import { proxyInside } from '../nodes/proxies.ts'
import { ReferenceTable } from '../nodes/reference-table.ts'
import { isInsideNode, resolveFunction, textRefusal } from '../nodes/resolve-function.ts'
import { searchInside } from '../nodes/search-params.ts'
import { superclassOf } from '../nodes/superclass.ts'
import { ownersAround } from '../nodes/surrounding-class.ts'
import { refuseTakenOff } from '../nodes/taken-off.ts'
import { indexPackages } from '../packages/package-index.ts'
import { Environments } from '../variables/environments.ts'
import type { CapturedFunction } from './captured-function.ts'
import { type Admitted, ClassMembers, isElsewhere } from './class-members.ts'
import { canEncode } from './encode-graph.ts'
import type { GraphOptions } from './graph-options.ts'
import { weakEntries } from './hold-late.ts'
import { KeptTemplates } from './kept-templates.ts'
import { standInFor } from './stand-in-for.ts'
import { Trials } from './trials.ts'

type Derived = CapturedFunction & { readonly superclass: Callable }

/**
 * Everything that travels with a value. The encoder asks `idOf` for each function that it meets, which adds a record to
 * the root, to be encoded in its turn: so that it takes no more passes the more functions hold one another.
 */
export class Graph {
  readonly functions: CapturedFunction[] = []
  readonly references: ReferenceTable
  readonly known: (string | number)[] = []
  /** Classes with computed keys, and these, in turns. What is made needs them first, so the data start with them. */
  readonly keys: unknown[] = []
  /** What is encoded behind the keys. */
  readonly root: readonly [value: unknown, records: FunctionRecord[], weak?: readonly WeakEntry[]]
  readonly environments: Environments
  readonly members = new ClassMembers(node => this.#classesElsewhere(node))
  /** What the last pass of the encoder numbered. */
  numbered: Numbered = { things: [], hasSymbols: false }
  readonly #ids = new Map<Callable, number | Inside>()
  readonly #proxies = new Map<object, Inside>()
  /** Their superclasses are still to be taken in. */
  readonly #derived: Derived[] = []
  /** What was asked for, and has a superclass that can't travel. */
  readonly #refused = new Map<Callable, { readonly error: unknown }>()
  /** Functions that the encoder asked for since this was last emptied. */
  readonly met = new Set<Callable>()
  readonly argumentsMet = new Set<object>()
  readonly templates = new KeptTemplates()
  /** WeakMaps and WeakSets that were refused. */
  readonly weakMet = new Set<object>()
  readonly trials: Trials
  readonly options: GraphOptions
  #readAt = 0

  constructor(value: unknown, options: GraphOptions = {}) {
    const weak = options.known === undefined ? [] : weakEntries(options.weak ?? [])
    this.root = weak.length > 0 ? [value, [], weak] : [value, []]
    this.options = options
    this.references = new ReferenceTable(options.insides)
    this.trials = new Trials(options.trials, it => canEncode(new Graph(it, { ...options, tries: true })))
    const isHeld = (object: object): boolean => options.held?.(object) !== undefined
    this.environments = new Environments(this.references, this.trials.sends, isHeld, options)
    for (const owner of options.known?.owners ?? []) this.privates.admit(owner)
  }

  /** Private fields travel with classes whose text does, those that the receiver has, and those of packages. */
  readonly opened = new OpenedClasses({
    idOf: owner => this.idOf(owner, 'value'),
    fills: owner => this.options.known?.fills(owner),
  })
  readonly privates = new PrivateFields(this.opened.admit)

  readonly idOf = (fn: Callable, use: 'value' | 'class'): number | Inside => {
    this.met.add(fn)
    const refused = this.#refused.get(fn)
    if (refused !== undefined) throw refused.error
    const known = this.#ids.get(fn)
    if (use === 'class' && known === undefined && isInsideNode(fn)) throw instanceOf(fn)
    const id = known ?? this.#admit(fn)
    if (known === undefined) this.#ids.set(fn, id)
    if (this.#derived.length > 0) this.#admitBases(fn)
    if (use === 'class' && typeof id === 'number') judgeInstance(id, this)
    return id
  }

  /** What proxies, promises, bound functions and parameters of URLs hold. */
  readonly inside = (object: object): Inside | undefined => {
    if (types.isPromise(object)) return promiseInside(object)
    if (typeof object === 'function') {
      const known = this.#ids.get(object)
      return typeof known === 'object' ? known : undefined
    }
    if (!types.isProxy(object)) return searchInside(object)
    const known = this.#proxies.get(object) ?? proxyInside(object)
    this.#proxies.set(object, known)
    return known
  }

  readonly foreign = (object: object): unknown => standInFor(object, this, this.options.foreign)

  /** How much was found that changes how others travel: functions of all kinds, references. */
  get size(): number {
    const { imports, compiled } = this.environments
    const found = this.#ids.size + this.references.all.length + this.templates.met.size
    return found + imports.size + compiled.size + this.privates.version
  }

  /** All functions that the receiver has then, by their numbers: those that travel, and of the references those of packages. */
  get functionsThere(): readonly (Callable | undefined)[] {
    return [...this.functions.map(({ fn }) => fn), ...this.references.functions]
  }

  takes(fn: Callable): boolean {
    return this.#ids.has(fn)
  }

  /** Looks again at what functions have beyond their texts, where a class came that may have given them something. */
  readFunctionsAgain(): void {
    if (this.#readAt === this.privates.version) return
    this.#readAt = this.privates.version
    for (const [index, captured] of this.functions.entries()) {
      ;(this.root[1][index] as unknown as unknown[])[0] = this.#extrasOf(captured)
    }
  }

  /** What the receiver has is left as it is there. */
  #extrasOf({ fn, code, keys, member }: Pick<CapturedFunction, 'fn' | 'code' | 'keys' | 'member'>): Extras {
    return isElsewhere(member) ? undefined : extrasOf(fn, code, keys, this.privates)
  }

  /** Of those made from a text, the classes that the receiver has. */
  #classesElsewhere(node: object): Admitted[] {
    const owners = this.options.known?.classesOf(node) ?? []
    return owners.map(({ fn, code, scopes }) => {
      return { fn, code, id: this.idOf(fn, 'value') as number, keys: computedKeys(fn, code, scopes) }
    })
  }

  #admit(fn: Callable): number | Inside {
    const elsewhere = this.options.known?.find(fn)
    if (elsewhere !== undefined) {
      this.privates.admit(fn)
      return idOfKnown(this.known.push(...elsewhere) / 2 - 1)
    }
    const resolved = resolveFunction(fn)
    if (resolved.by === 'reference') return idOfReference(this.references.add(resolved.reference))
    if (resolved.by === 'package') return idOfReference(this.references.add(this.references.ofMet(fn, resolved.path)))
    if (resolved.by === 'inside') return resolved.inside
    const { scopes } = resolved
    let { code } = resolved
    const inside = this.references.ofInsideFunction(fn, code, scopes)
    if (inside !== undefined) return idOfReference(this.references.add(inside))
    if (fn === this.root[0] && this.options.carry !== true) refuseTakenOff(fn, code)
    indexPackages(code.script, scopes)
    const member = this.members.find(fn, code)
    const refusal = member === undefined ? textRefusal(fn, code) : undefined
    if (refusal !== undefined) this.members.wait(fn, code, refusal)
    const isApart = member === undefined && refusal === undefined
    const owners = isApart ? ownersAround(fn, code, this) : []
    code = this.opened.insideOf(code, owners)
    const { home, cells } = isApart
      ? this.environments.enter(fn, code, resolved, owners)
      : { home: this.environments.globalInstance, cells: [] }
    const superclass = superclassOf(fn, code)
    const keys = computedKeys(fn, code, scopes)
    this.privates.admit(fn)
    const record: FunctionRecord = [this.#extrasOf({ fn, code, keys, member }), ...cells.map(cell => cell.value)]
    // Not before: its private fields may have brought their class.
    const index = this.functions.length
    const name = isElsewhere(member) ? undefined : givenName(fn)
    const captured: CapturedFunction = { fn, name, code, home, cells, superclass, base: undefined, keys, member }
    if (keys.length > 0) this.keys.push(index, keys)
    if (member !== undefined) this.keys.push(index, [member.key])
    this.functions.push(captured)
    this.root[1].push(record)
    const id = idOfOwn(index)
    this.#ids.set(fn, id)
    if (code.syntax.kind === 'class') this.#takeMembers(captured, id)
    if (superclass !== undefined) this.#derived.push(captured as Derived)
    return id
  }

  /** The superclasses of a function that was asked for, one after another: there may be thousands. */
  #admitBases(asked: Callable): void {
    try {
      for (let last = this.#derived.pop(); last !== undefined; last = this.#derived.pop()) {
        const { superclass } = last
        const base = this.#ids.get(superclass) ?? this.#admit(superclass)
        this.#ids.set(superclass, base)
        this.met.add(superclass)
        if (typeof base === 'number') last.base = base
      }
    } catch (error) {
      this.#derived.length = 0
      this.#refused.set(asked, { error })
      throw error
    }
  }

  /** Methods that came before their class. */
  #takeMembers({ fn, code, keys }: CapturedFunction, id: number): void {
    for (const [method, place] of this.members.admit({ fn, code, keys, id })) {
      const index = (this.#ids.get(method) as number) / idOfOwn(1)
      this.functions[index] = { ...(this.functions[index] as CapturedFunction), member: place, cells: [] }
      ;(this.root[1][index] as unknown as unknown[]).length = 1
      this.keys.push(index, [place.key])
    }
    for (const method of membersWithMore(fn, code, keys)) this.idOf(method, 'value')
  }

  /** Fetches classes that did not come, or lets the next pass of the encoder meet their methods anew. False for none. */
  fetchClasses(): boolean {
    if (this.members.fetch(this.idOf)) return true
    for (const fn of this.members.refused.keys()) this.#ids.delete(fn)
    return this.members.waitNoMore()
  }
}
