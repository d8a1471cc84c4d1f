import { getHeapSnapshot, setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import type { Callable } from '../../value/captured.ts'
import { liveValue, post, type RemoteObject, remoteIdOf } from './inspector.ts'

/**
 * Who holds which variables, from a snapshot of the heap: exact, and nothing of the user's runs. It takes 0.1 s in a
 * small process and seconds in a large one, so it is asked only where nothing else can tell.
 */

/** Bytes of live heap beyond which no snapshot is taken: it would take longer than a call may. */
const MAX_SNAPSHOT_HEAP_BYTES = 128 * 1024 ** 2

interface Snapshot {
  readonly snapshot: { readonly meta: Meta }
  readonly nodes: readonly number[]
  readonly edges: readonly number[]
  readonly strings: readonly string[]
}
interface Meta {
  readonly node_fields: readonly string[]
  readonly edge_fields: readonly string[]
  readonly node_types: readonly [readonly string[], ...unknown[]]
  readonly edge_types: readonly [readonly string[], ...unknown[]]
}

let current: Heap | undefined

/**
 * What V8 holds the variable of a name in that each function sees, as numbers that are one where they are one. Undefined
 * where that can't be told.
 */
export function contextsOf(functions: readonly Callable[], name: string): readonly number[] | undefined {
  return ask(heap => {
    const contexts = functions.map(fn => heap.contextWith(idOf(fn), name))
    return contexts.every(context => context !== undefined) ? contexts : undefined
  })
}

/** What a variable holds that no scope lists, as `this`. Undefined where that can't be told. */
export function hiddenVariable(fn: Callable, name: string): { readonly value: unknown } | undefined {
  const held = ask(heap => heap.heldBy(idOf(fn), name))
  if (held === undefined || held === 'undefined') return held && { value: undefined }
  const value = objectOf(held)
  return value === undefined ? undefined : { value }
}

const homes = new WeakMap<Callable, object>()

/**
 * The object in whose literal a method with `super` was written: that whose prototype `super` means. V8 keeps it in a
 * variable without a name around the method. Undefined where that can't be told.
 */
export function homeOf(fn: Callable): object | undefined {
  const known = homes.get(fn)
  if (known !== undefined) return known
  const held = ask(heap => heap.namelessAround(idOf(fn)))
  const home = held?.length === 1 ? objectOf(held[0] as number) : undefined
  if (typeof home !== 'object' || home === null) return undefined
  homes.set(fn, home)
  return home
}

function ask<T>(question: (heap: Heap) => T | undefined): T | undefined {
  const before = current && question(current)
  if (before !== undefined) return before
  if (isTooLarge()) return undefined
  const heap = new Heap()
  current = heap
  // One capture asks for many functions, and none of them can change while it lasts.
  queueMicrotask(() => {
    current = undefined
  })
  return question(heap)
}

/** Judged by what is alive: by what was let go, as earlier snapshots, it would be a matter of chance. */
function isTooLarge(): boolean {
  const isAbove = (): boolean => process.memoryUsage().heapUsed > MAX_SNAPSHOT_HEAP_BYTES
  if (!isAbove()) return false
  collect ??= collector()
  collect()
  return isAbove()
}

let collect: (() => void) | undefined

/** V8's own collector, which is a name of new contexts for as long as the flag is set. */
function collector(): () => void {
  setFlagsFromString('--expose-gc')
  try {
    return runInNewContext('gc') as () => void
  } finally {
    setFlagsFromString('--no-expose-gc')
  }
}

/** V8 numbers objects when a snapshot is taken. */
function idOf(fn: Callable): number {
  type Answer = { readonly heapSnapshotObjectId: string }
  const objectId = remoteIdOf(fn)
  return Number(post<Answer>('HeapProfiler.getHeapObjectId', { objectId }).heapSnapshotObjectId)
}

/** Undefined for what is no object. */
function objectOf(id: number): unknown {
  type Answer = { readonly result: RemoteObject }
  try {
    return liveValue(post<Answer>('HeapProfiler.getObjectByHeapObjectId', { objectId: String(id) }).result)
  } catch {
    return undefined
  }
}

interface Edge {
  readonly kind: string
  /** Of those without one, their number. */
  readonly name: string | number | undefined
  readonly to: number
}

/** Nodes are named by their position in the snapshot's list. */
class Heap {
  readonly #snapshot = takeSnapshot()
  readonly #nodeSize: number
  readonly #edgeSize: number
  readonly #idField: number
  readonly #kinds: readonly string[]
  readonly #nodeKinds: readonly string[]
  readonly #nodes = new Map<number, number>()
  /** Of each node, its first edge. */
  readonly #firstEdges: readonly number[]

  constructor() {
    const { nodes, snapshot } = this.#snapshot
    const { node_fields, edge_fields, node_types, edge_types } = snapshot.meta
    this.#nodeSize = node_fields.length
    this.#edgeSize = edge_fields.length
    this.#kinds = edge_types[0]
    this.#nodeKinds = node_types[0]
    const id = node_fields.indexOf('id')
    this.#idField = id
    const count = node_fields.indexOf('edge_count')
    const firstEdges: number[] = []
    let edge = 0
    for (let at = 0; at < nodes.length; at += this.#nodeSize) {
      this.#nodes.set(nodes[at + id] as number, at)
      firstEdges.push(edge)
      edge += (nodes[at + count] as number) * this.#edgeSize
    }
    firstEdges.push(edge)
    this.#firstEdges = firstEdges
  }

  /** The closest around a function that has a variable of that name. */
  contextWith(id: number, name: string): number | undefined {
    const fn = this.#nodes.get(id)
    let context = fn === undefined ? undefined : this.#follow(fn, 'context')
    while (context !== undefined && !this.#has(context, name)) context = this.#follow(context, 'previous')
    return context
  }

  /** The id of what such a variable holds. Small numbers are no nodes of their own. */
  heldBy(id: number, name: string): number | 'undefined' | undefined {
    const context = this.contextWith(id, name)
    const edge = context === undefined ? undefined : this.#edges(context).find(it => it.name === name)
    if (edge === undefined) return undefined
    return this.#nameOf(edge.to) === 'undefined' ? 'undefined' : this.#idAt(edge.to)
  }

  /** The ids of what the variables without a name hold that stand closest around a function. */
  namelessAround(id: number): number[] | undefined {
    const fn = this.#nodes.get(id)
    const context = fn === undefined ? undefined : this.#follow(fn, 'context')
    if (context === undefined) return undefined
    return this.#edges(context).flatMap(({ kind, to }) => (kind === 'hidden' ? [this.#idAt(to)] : []))
  }

  /**
   * Whether a context has a variable. Those that hold small numbers have no edge; what V8 knows of the scope lists the
   * names of all. Behind these it has the function's own name, if any, and a number, which leaves a gap.
   */
  #has(context: number, name: string): boolean {
    const edges = this.#edges(context)
    if (edges.some(it => it.kind === 'context' && it.name === name)) return true
    const scope = edges.find(it => it.name === 'scope_info')?.to
    const listed = scope === undefined ? [] : this.#edges(scope).filter(({ kind }) => kind === 'hidden')
    const names = listed.filter(({ to }, at) => listed[at]?.name === at && this.#isText(to))
    const hasOwnName = listed[names.length]?.name !== names.length
    const table = listed[0] && this.#nameOf(listed[0].to) === '(context local names)' ? listed[0].to : undefined
    const held = table === undefined ? (hasOwnName ? names.slice(0, -1) : names) : this.#edges(table)
    return held.some(({ to }) => this.#isText(to) && this.#nameOf(to) === name)
  }

  #isText(node: number): boolean {
    return this.#nodeKinds[this.#snapshot.nodes[node] as number] === 'string'
  }

  // Type, name, id: in this order since snapshots exist.
  #nameOf(node: number): string | undefined {
    const { nodes, strings } = this.#snapshot
    return strings[nodes[node + 1] as number]
  }

  #idAt(node: number): number {
    return this.#snapshot.nodes[node + this.#idField] as number
  }

  #follow(node: number, name: string): number | undefined {
    return this.#edges(node).find(it => it.kind === 'internal' && it.name === name)?.to
  }

  #edges(node: number): readonly Edge[] {
    const { edges, strings } = this.#snapshot
    const index = node / this.#nodeSize
    const end = this.#firstEdges[index + 1] as number
    const found: Edge[] = []
    for (let at = this.#firstEdges[index] as number; at < end; at += this.#edgeSize) {
      const kind = this.#kinds[edges[at] as number] as string
      const name = edges[at + 1] as number
      const isNumbered = kind === 'element' || kind === 'hidden'
      found.push({ kind, name: isNumbered ? name : strings[name], to: edges[at + 2] as number })
    }
    return found
  }
}

function takeSnapshot(): Snapshot {
  const stream = getHeapSnapshot()
  stream.setEncoding('utf8')
  let text = ''
  for (let chunk: unknown = stream.read(); typeof chunk === 'string'; chunk = stream.read()) text += chunk
  return JSON.parse(text) as Snapshot
}
