import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { encode, gather } from '../../value/encode.ts'
import { constructorOf } from '../../value/encode-class.ts'
import type { EncodeOptions } from '../../value/encoding.ts'
import type { Inside } from '../../value/inside.ts'
import { intrinsicName } from '../../value/intrinsics.ts'
import { Refusal, ValueError } from '../../value/value-error.ts'
import { type FunctionRecord, idOfKnown, idOfOwn, idOfReference, standIn } from '../bundle-format.ts'
import { CaptureError } from '../capture-error.ts'
import { builtInPathOf } from '../nodes/built-ins.ts'
import { extrasOf, nameOf } from '../nodes/function-record.ts'
import { hostPathOf } from '../nodes/host-modules.ts'
import { privateStateRefusal } from '../nodes/private-state.ts'
import { promiseInside } from '../nodes/promises.ts'
import { proxyInside } from '../nodes/proxies.ts'
import { ByReference, ReferenceTable } from '../nodes/reference-table.ts'
import { displayName, isInsideNode, resolveFunction } from '../nodes/resolve-function.ts'
import { indexPackages, packagePathOf } from '../packages/package-index.ts'
import type { FunctionCode } from '../source/function-code.ts'
import { type Cell, Environments } from '../variables/environments.ts'
import type { Instance } from '../variables/instances.ts'
import { nodeWords } from '../words.ts'

/** A function that travels by value. */
export interface CapturedFunction {
  readonly fn: Callable
  readonly code: FunctionCode
  readonly home: Instance
  readonly cells: readonly Cell[]
  /** Of a derived class; `base` is its id. */
  readonly superclass: Callable | undefined
  readonly base: number | undefined
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
  /** What is encoded. */
  readonly root: readonly [value: unknown, records: FunctionRecord[]]
  readonly environments: Environments
  readonly #ids = new Map<Callable, number | Inside>()
  readonly #proxies = new Map<object, Inside>()
  /** Functions that the encoder asked for since this was last emptied. */
  readonly met = new Set<Callable>()
  readonly #options: GraphOptions

  constructor(value: unknown, options: GraphOptions = {}) {
    this.root = [value, []]
    this.#options = options
    this.environments = new Environments(this.references, this.#sends)
  }

  readonly idOf = (fn: Callable, use: 'value' | 'class'): number | Inside => {
    this.met.add(fn)
    const known = this.#ids.get(fn)
    if (use === 'class' && known === undefined && isInsideNode(fn)) throw instanceOfNodes(displayName(fn))
    const id = known ?? this.#admit(fn)
    if (known === undefined) this.#ids.set(fn, id)
    if (use === 'class' && typeof id === 'number') this.#judgeInstance(id)
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

  readonly foreign = (object: object): unknown => {
    if (ByReference.is(object)) return [standIn.REFERENCE, object.index]
    const host = hostPathOf(object)
    if (host !== undefined) return [standIn.REFERENCE, this.references.add(['host', ...host])]
    const maker = constructorOf(object)
    if (maker !== undefined && intrinsicName(object) === undefined) {
      const id = this.idOf(maker, 'value')
      if (typeof id === 'number') return [standIn.PROTOTYPE, id]
    }
    const builtIn = builtInPathOf(object)
    if (builtIn !== undefined && intrinsicName(object) === undefined) {
      return [standIn.REFERENCE, this.references.add(['builtin', ...builtIn])]
    }
    const installed = packagePathOf(object)
    if (installed !== undefined) return [standIn.REFERENCE, this.references.add(this.references.ofPackage(installed))]
    const other = this.#options.foreign?.(object)
    return other === undefined ? undefined : [standIn.OTHER, other]
  }

  /** How much travels along: functions of all kinds, and references. */
  get size(): number {
    return this.#ids.size + this.references.all.length + this.environments.imports.members
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

  /** Nothing: what instances hide is refused. */
  readonly hidden = (instance: object, maker: Callable): undefined => {
    const refusal = privateStateRefusal(maker)
    if (refusal !== undefined) throw new Refusal(instance, refusal.reason, refusal.hint, refusal)
  }

  #admit(fn: Callable): number | Inside {
    const elsewhere = this.#options.known?.(fn)
    if (elsewhere !== undefined) return idOfKnown(this.known.push(...elsewhere) / 2 - 1)
    const resolved = resolveFunction(fn)
    if (resolved.by === 'reference') return idOfReference(this.references.add(resolved.reference))
    if (resolved.by === 'package') return idOfReference(this.references.add(this.references.ofPackage(resolved.path)))
    if (resolved.by === 'inside') return resolved.inside
    const { code, scopes } = resolved
    indexPackages(code.script, scopes)
    const index = this.functions.length
    const { home, cells } = this.environments.enter(fn, code, scopes)
    const superclass = code.derived ? superclassOf(fn) : undefined
    const record: FunctionRecord = [extrasOf(fn, code), ...cells.map(cell => cell.value)]
    const captured = { fn, code, home, cells, superclass, base: undefined as number | undefined }
    this.functions.push(captured)
    this.root[1].push(record)
    const id = idOfOwn(index)
    this.#ids.set(fn, id)
    if (superclass !== undefined) captured.base = this.#idOfSuperclass(superclass)
    return id
  }

  /** A bound class or a proxy of one is what the class inherits from; it is made with any other. */
  #idOfSuperclass(superclass: Callable): number {
    const id = this.idOf(superclass, 'value')
    return typeof id === 'number' ? id : idOfReference(this.references.add(['intrinsic', 'Object']))
  }

  /** Instances below a class of Node's hold what their properties don't show, all but emitters. */
  #judgeInstance(id: number): void {
    let above: number | undefined = id
    while (above !== undefined && above % 4 === 0) above = this.functions[above / 4]?.base
    const reference = above === undefined || above % 4 !== 1 ? undefined : this.references.all[(above - 1) / 4]
    if (
      reference?.[0] !== 'builtin' ||
      reference.at(-1) === 'EventEmitter' ||
      reference.join() === 'builtin,node:events'
    )
      return
    throw instanceOfNodes(reference.at(-1) ?? '')
  }
}

function instanceOfNodes(name: string): CaptureError {
  const { why, hint } = nodeWords(name)
  return new CaptureError(why, { path: [], hint })
}

function superclassOf(fn: Callable): Callable {
  const above: unknown = Object.getPrototypeOf(fn)
  if (typeof above === 'function') return above
  throw new CaptureError('its superclass is no function', {
    path: [nameOf(fn) ?? 'class'],
    hint: 'Give it the superclass back that it was written with.',
  })
}

function classOf(value: unknown): Callable | undefined {
  if (typeof value !== 'object' || value === null || types.isProxy(value)) return undefined
  const prototype = Object.getPrototypeOf(value) as object | null
  return prototype === null || prototype === Object.prototype ? undefined : constructorOf(prototype)
}

/** The graph's data. */
export function encodeGraph(graph: Graph): Uint8Array {
  graph.findFunctions()
  for (;;) {
    const { size } = graph
    graph.met.clear()
    const encoded = encodeOnce(graph)
    // A function that was met inside of an object brought a record that this pass has not seen.
    if (graph.size === size) return encoded
  }
}

export function encodeOnce(graph: Graph): Uint8Array {
  return gather(encode(graph.root, encodeOptions(graph)))
}

/** How the encoder deals with what values do not hold themselves. */
export function encodeOptions({ idOf, foreign, hidden, inside }: Graph): EncodeOptions {
  return { functions: idOf, foreign, hidden, inside }
}

function canEncode(graph: Graph): boolean {
  try {
    encodeGraph(graph)
    graph.environments.imports.check()
    return true
  } catch (error) {
    if (error instanceof CaptureError || error instanceof ValueError) return false
    throw error
  }
}
