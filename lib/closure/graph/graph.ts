import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { encode, gather } from '../../value/encode.ts'
import type { EncodeOptions } from '../../value/encoding.ts'
import type { Inside } from '../../value/inside.ts'
import { intrinsicName } from '../../value/intrinsics.ts'
import { ValueError } from '../../value/value-error.ts'
import { type FunctionRecord, idOfKnown, idOfOwn, idOfReference } from '../bundle-format.ts'
import { CaptureError } from '../capture-error.ts'
import { computedKeys } from '../nodes/class-keys.ts'
import { classOf } from '../nodes/class-of.ts'
import { instanceOfNodes, judgeInstance, privateOfPackage } from '../nodes/class-refusals.ts'
import { displayName, givenName } from '../nodes/function-name.ts'
import { extrasOf, membersWithMore } from '../nodes/function-record.ts'
import { PrivateFields } from '../nodes/private-fields.ts'
import { promiseInside } from '../nodes/promises.ts'
import { proxyInside } from '../nodes/proxies.ts'
import { ByReference, ReferenceTable } from '../nodes/reference-table.ts'
import { isInsideNode, resolveFunction, textRefusal } from '../nodes/resolve-function.ts'
import { superclassOf } from '../nodes/superclass.ts'
import { refuseTakenOff } from '../nodes/taken-off.ts'
import { indexPackages } from '../packages/package-index.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { type Cell, Environments } from '../variables/environments.ts'
import type { Instance } from '../variables/instances.ts'
import { ClassMembers, type MemberPlace } from './class-members.ts'
import { standInFor } from './stand-in-for.ts'

/** A function that travels by value. */
export interface CapturedFunction {
  readonly fn: Callable
  readonly name: string | undefined
  readonly code: FunctionCode
  readonly home: Instance
  readonly cells: readonly Cell[]
  /** Of a derived class; `base` is its id. */
  readonly superclass: Callable | undefined
  readonly base: number | undefined
  /** Of a class: what its computed keys came to be. */
  readonly keys: readonly (string | symbol)[]
  /** Of a function that comes with the text of a class. */
  readonly member: MemberPlace | undefined
}

export interface GraphOptions {
  /** Bundle and id of a function that the receiver has already. */
  readonly known?: ((fn: Callable) => readonly [hash: string, id: number] | undefined) | undefined
  readonly foreign?: ((object: object) => unknown) | undefined
  /** Outcomes of trying whether a value can travel. */
  readonly trials?: Map<unknown, boolean> | undefined
  /** Package bundles come along in the bundle. */
  readonly carry?: boolean | undefined
}

/**
 * Everything that travels with a value. The encoder asks `idOf` for each function that it meets, which adds a record to
 * the root; records that came too late for a pass of the encoder are in the next one.
 */
export class Graph {
  readonly functions: CapturedFunction[] = []
  readonly references = new ReferenceTable()
  readonly known: (string | number)[] = []
  /** Classes with computed keys, and these, in turns. What is made needs them first, so the data start with them. */
  readonly keys: unknown[] = []
  /** What is encoded behind the keys. */
  readonly root: readonly [value: unknown, records: FunctionRecord[]]
  readonly environments: Environments
  readonly members = new ClassMembers()
  readonly #ids = new Map<Callable, number | Inside>()
  readonly #proxies = new Map<object, Inside>()
  /** Functions that the encoder asked for since this was last emptied. */
  readonly met = new Set<Callable>()
  readonly argumentsMet = new Set<object>()
  readonly #options: GraphOptions
  #readAt = 0

  constructor(value: unknown, options: GraphOptions = {}) {
    this.root = [value, []]
    this.#options = options
    this.environments = new Environments(this.references, this.#sends)
  }

  /** Private fields travel with classes whose text does, and with those that the receiver has. */
  readonly privates = new PrivateFields(owner => {
    const id = this.idOf(owner, 'value')
    if (typeof id !== 'number' || id % 4 !== 1) return
    throw privateOfPackage(displayName(owner))
  })

  readonly idOf = (fn: Callable, use: 'value' | 'class'): number | Inside => {
    this.met.add(fn)
    const known = this.#ids.get(fn)
    if (use === 'class' && known === undefined && isInsideNode(fn)) throw instanceOfNodes(displayName(fn))
    const id = known ?? this.#admit(fn)
    if (known === undefined) this.#ids.set(fn, id)
    if (use === 'class' && typeof id === 'number') judgeInstance(id, this)
    return id
  }

  /** Whether a value can travel, by trying. What is being tried is taken to. */
  readonly #sends = (value: unknown): boolean => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || ByReference.is(value))
      return true
    const trials = this.#options.trials ?? new Map<unknown, boolean>()
    const known = trials.get(value)
    if (known !== undefined) return known
    trials.set(value, true)
    const can = canEncode(new Graph(value, { ...this.#options, trials }))
    trials.set(value, can)
    return can
  }

  /** What proxies, promises and bound functions hold. */
  readonly inside = (object: object): Inside | undefined => {
    if (types.isPromise(object)) return promiseInside(object)
    if (typeof object === 'function') {
      const known = this.#ids.get(object)
      return typeof known === 'object' ? known : undefined
    }
    const known = this.#proxies.get(object) ?? proxyInside(object)
    this.#proxies.set(object, known)
    return known
  }

  readonly foreign = (object: object): unknown => standInFor(object, this, this.#options.foreign)

  /** How much travels along: functions of all kinds, and references. */
  get size(): number {
    return this.#ids.size + this.references.all.length + this.environments.imports.members + this.privates.version
  }

  takes(fn: Callable): boolean {
    return this.#ids.has(fn)
  }

  /** Looks again at what functions have beyond their texts, where a class came that may have given them something. */
  readFunctionsAgain(): void {
    if (this.#readAt === this.privates.version) return
    this.#readAt = this.privates.version
    for (const [index, { fn, code, keys }] of this.functions.entries()) {
      ;(this.root[1][index] as unknown as unknown[])[0] = extrasOf(fn, code, keys, this.privates)
    }
  }

  /** Takes in the functions that stand close by, so that the encoder need not pass twice. */
  findFunctions(): void {
    this.#look(this.root[0])
    for (let index = 0; index < this.functions.length; index++) {
      for (const { value } of (this.functions[index] as CapturedFunction).cells) this.#look(value)
    }
  }

  #look(value: unknown): void {
    const found = typeof value === 'function' ? value : classOf(value)
    if (found === undefined) return
    try {
      if (intrinsicName(found) === undefined) this.idOf(found, 'value')
    } catch {
      // The encoder will meet it too, and knows the path to it.
    }
  }

  #admit(fn: Callable): number | Inside {
    const elsewhere = this.#options.known?.(fn)
    if (elsewhere !== undefined) {
      this.privates.admit(fn)
      return idOfKnown(this.known.push(...elsewhere) / 2 - 1)
    }
    const resolved = resolveFunction(fn)
    if (resolved.by === 'reference') return idOfReference(this.references.add(resolved.reference))
    if (resolved.by === 'package') return idOfReference(this.references.add(this.references.ofPackage(resolved.path)))
    if (resolved.by === 'inside') return resolved.inside
    const { code, scopes } = resolved
    if (fn === this.root[0] && this.#options.carry !== true) refuseTakenOff(fn, code)
    indexPackages(code.script, scopes)
    const member = this.members.find(fn, code)
    const refusal = member === undefined ? textRefusal(fn, code) : undefined
    if (refusal !== undefined) this.members.wait(fn, code, refusal)
    const isApart = member === undefined && refusal === undefined
    const { home, cells } = isApart
      ? this.environments.enter(fn, code, scopes)
      : { home: this.environments.globalInstance, cells: [] }
    const superclass = superclassOf(fn, code)
    const keys = computedKeys(fn, code, scopes)
    this.privates.admit(fn)
    const record: FunctionRecord = [extrasOf(fn, code, keys, this.privates), ...cells.map(cell => cell.value)]
    // Not before: its private fields may have brought their class.
    const index = this.functions.length
    const name = givenName(fn)
    const captured = { fn, name, code, home, cells, superclass, base: undefined as number | undefined, keys, member }
    if (keys.length > 0) this.keys.push(index, keys)
    if (member !== undefined) this.keys.push(index, [member.key])
    this.functions.push(captured)
    this.root[1].push(record)
    const id = idOfOwn(index)
    this.#ids.set(fn, id)
    if (code.syntax.kind === 'class') this.#takeMembers(captured, id)
    const base = superclass && this.idOf(superclass, 'value')
    if (typeof base === 'number') captured.base = base
    return id
  }

  /** Methods that came before their class. */
  #takeMembers({ fn, code, keys }: CapturedFunction, id: number): void {
    for (const [method, place] of this.members.admit({ fn, code, keys, id })) {
      const index = this.functions.findIndex(other => other.fn === method)
      this.functions[index] = { ...(this.functions[index] as CapturedFunction), member: place, cells: [] }
      ;(this.root[1][index] as unknown as unknown[]).length = 1
      this.keys.push(index, [place.key])
    }
    for (const method of membersWithMore(fn, code, keys)) this.idOf(method, 'value')
  }

  /** Lets the next pass of the encoder meet those anew whose class did not come. False when there are none. */
  refuseAlone(): boolean {
    for (const fn of this.members.refused.keys()) this.#ids.delete(fn)
    return this.members.waitNoMore()
  }
}

/** The graph's data. */
export function encodeGraph(graph: Graph): Uint8Array {
  graph.findFunctions()
  for (;;) {
    graph.readFunctionsAgain()
    const { size } = graph
    graph.met.clear()
    const encoded = encodeOnce(graph)
    // A function that was met inside of an object brought a record that this pass has not seen.
    if (graph.size === size && !graph.refuseAlone()) return encoded
  }
}

export function encodeOnce(graph: Graph): Uint8Array {
  const { keys, root, privates } = graph
  privates.clear()
  return gather(encode([keys, root], encodeOptions(graph)))
}

/** How the encoder deals with what values do not hold themselves. */
export function encodeOptions({ idOf, foreign, privates, inside }: Graph): EncodeOptions {
  return { functions: idOf, foreign, hidden: privates.hidden, inside }
}

function canEncode(graph: Graph): boolean {
  try {
    encodeGraph(graph)
    return true
  } catch (error) {
    if (error instanceof CaptureError || error instanceof ValueError) return false
    throw error
  }
}
