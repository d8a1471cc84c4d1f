import { getHeapSnapshot } from 'node:v8'

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

interface Edge {
  readonly kind: string
  /** Of those without one, their number. */
  readonly name: string | number | undefined
  readonly to: number
}

/** A snapshot of the heap. Nodes are named by their position in its list, functions by V8's number. */
export class Heap {
  readonly #snapshot = takeSnapshot()
  readonly #nodeSize: number
  readonly #edgeSize: number
  readonly #idField: number
  readonly #kinds: readonly string[]
  readonly #nodeKinds: readonly string[]
  readonly #nodes = new Map<number, number>()
  #makers: ReadonlyMap<number, readonly number[]> | undefined
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

  /** What holds the variables that a function sees, innermost first. */
  contextsAround(id: number): number[] | undefined {
    const fn = this.#nodes.get(id)
    const found: number[] = []
    let context = fn === undefined ? undefined : this.#follow(fn, 'context')
    for (; context !== undefined; context = this.#follow(context, 'previous')) found.push(context)
    return fn === undefined ? undefined : found
  }

  /** The ids of what the variables of a context hold that have no name. */
  nameless(context: number): number[] {
    return this.#edges(context).flatMap(({ kind, to }) => (kind === 'hidden' ? [this.#idAt(to)] : []))
  }

  /** The ids of the functions that were made in a context. */
  madeIn(context: number): readonly number[] {
    this.#makers ??= this.#readMakers()
    return this.#makers.get(context) ?? []
  }

  #readMakers(): ReadonlyMap<number, readonly number[]> {
    const { nodes } = this.#snapshot
    const closure = this.#nodeKinds.indexOf('closure')
    const found = new Map<number, number[]>()
    for (let at = 0; at < nodes.length; at += this.#nodeSize) {
      const context = nodes[at] === closure ? this.#follow(at, 'context') : undefined
      if (context === undefined) continue
      const made = found.get(context)
      if (made === undefined) found.set(context, [this.#idAt(at)])
      else made.push(this.#idAt(at))
    }
    return found
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
