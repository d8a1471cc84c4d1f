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
  readonly edge_types: readonly [readonly string[], ...unknown[]]
}

let current: Heap | undefined

/** A function, and which of the scopes that it sees is asked for. */
export interface Seat {
  readonly fn: Callable
  /** Innermost 0. */
  readonly level: number
}

/** What V8 holds a scope's variables in, as numbers that are one where they are one. Undefined where that can't be told. */
export function contextsOf(seats: readonly Seat[]): readonly number[] | undefined {
  return ask(heap => contextsIn(heap, seats))
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

function contextsIn(heap: Heap, seats: readonly Seat[]): readonly number[] | undefined {
  const contexts = seats.map(({ fn, level }) => heap.contextOf(idOf(fn), level))
  return contexts.every(context => context !== undefined) ? contexts : undefined
}

/** V8 numbers objects when a snapshot is taken. */
function idOf(fn: Callable): number {
  type Answer = { readonly heapSnapshotObjectId: string }
  const objectId = remoteIdOf(fn)
  return Number(post<Answer>('HeapProfiler.getHeapObjectId', { objectId }).heapSnapshotObjectId)
}

function objectOf(id: number): unknown {
  type Answer = { readonly result: RemoteObject }
  return liveValue(post<Answer>('HeapProfiler.getObjectByHeapObjectId', { objectId: String(id) }).result)
}

/** Nodes are named by their position in the snapshot's list. */
class Heap {
  readonly #snapshot = takeSnapshot()
  readonly #nodeSize: number
  readonly #edgeSize: number
  readonly #idField: number
  readonly #kinds: readonly string[]
  readonly #nodes = new Map<number, number>()
  /** Of each node, its first edge. */
  readonly #firstEdges: readonly number[]

  constructor() {
    const { nodes, snapshot } = this.#snapshot
    const { node_fields, edge_fields, edge_types } = snapshot.meta
    this.#nodeSize = node_fields.length
    this.#edgeSize = edge_fields.length
    this.#kinds = edge_types[0]
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

  contextOf(id: number, level: number): number | undefined {
    const fn = this.#nodes.get(id)
    let context = fn === undefined ? undefined : this.#follow(fn, 'context')
    for (let left = level; left > 0 && context !== undefined; left--) context = this.#follow(context, 'previous')
    return context
  }

  /** The ids of what the variables without a name hold that stand closest around a function. */
  namelessAround(id: number): number[] | undefined {
    const fn = this.#nodes.get(id)
    const context = fn === undefined ? undefined : this.#follow(fn, 'context')
    if (context === undefined) return undefined
    const { nodes, edges } = this.#snapshot
    const found: number[] = []
    const index = context / this.#nodeSize
    const end = this.#firstEdges[index + 1] as number
    for (let at = this.#firstEdges[index] as number; at < end; at += this.#edgeSize) {
      if (this.#kinds[edges[at] as number] !== 'hidden') continue
      found.push(nodes[(edges[at + 2] as number) + this.#idField] as number)
    }
    return found
  }

  #follow(node: number, name: string): number | undefined {
    const { edges, strings } = this.#snapshot
    const index = node / this.#nodeSize
    const end = this.#firstEdges[index + 1] as number
    for (let at = this.#firstEdges[index] as number; at < end; at += this.#edgeSize) {
      // Type, name, node: in this order since snapshots exist.
      if (this.#kinds[edges[at] as number] === 'internal' && strings[edges[at + 1] as number] === name)
        return edges[at + 2]
    }
    return undefined
  }
}

function takeSnapshot(): Snapshot {
  const stream = getHeapSnapshot()
  stream.setEncoding('utf8')
  let text = ''
  for (let chunk: unknown = stream.read(); typeof chunk === 'string'; chunk = stream.read()) text += chunk
  return JSON.parse(text) as Snapshot
}
