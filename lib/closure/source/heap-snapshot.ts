import { readHeapSnapshot } from './snapshot-reader.ts'

interface Edge {
  readonly kind: string
  /** Its number where it has no name, else where that stands among the strings. */
  readonly name: number
  readonly to: number
}

/** Lookups from which on a table of all nodes pays. */
const FEW_LOOKUPS = 16

/** A snapshot of the heap. Nodes are named by their position in its list, functions by V8's number. */
export class Heap {
  readonly #snapshot = readHeapSnapshot()
  #lookups = 0
  #nodes: ReadonlyMap<number, number> | undefined
  #makers: ReadonlyMap<number, readonly number[]> | undefined

  /** The closest around a function that has a variable of that name. */
  contextWith(id: number, name: string): number | undefined {
    const fn = this.#find(id)
    let context = fn === undefined ? undefined : this.#follow(fn, 'context')
    while (context !== undefined && !this.#has(context, name)) context = this.#follow(context, 'previous')
    return context
  }

  /** The id of what such a variable holds. Small numbers are no nodes of their own. */
  heldBy(id: number, name: string): number | 'undefined' | undefined {
    const context = this.contextWith(id, name)
    const edge = context === undefined ? undefined : this.#edges(context).find(it => this.#isNamed(it, name))
    if (edge === undefined) return undefined
    return this.#isCalled(edge.to, 'undefined') ? 'undefined' : this.#idAt(edge.to)
  }

  /** What holds the variables that a function sees, innermost first. */
  contextsAround(id: number): number[] | undefined {
    const fn = this.#find(id)
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

  /** Of an array of objects, where each stands in it, by its id. */
  placesIn(array: number): ReadonlyMap<number, number> {
    const node = this.#find(array)
    const elements = node === undefined ? [] : this.#edges(node).filter(({ kind }) => kind === 'element')
    return new Map(elements.map(({ name, to }) => [this.#idAt(to), name]))
  }

  #readMakers(): ReadonlyMap<number, readonly number[]> {
    const { nodeTypes, nodeTypeNames } = this.#snapshot
    const closure = nodeTypeNames.indexOf('closure')
    const found = new Map<number, number[]>()
    for (let node = 0; node < nodeTypes.length; node++) {
      const context = nodeTypes[node] === closure ? this.#follow(node, 'context') : undefined
      if (context === undefined) continue
      const made = found.get(context)
      if (made === undefined) found.set(context, [this.#idAt(node)])
      else made.push(this.#idAt(node))
    }
    return found
  }

  /**
   * Whether a context has a variable. Those that hold small numbers have no edge; what V8 knows of the scope lists the
   * names of all. Behind these it has the function's own name, if any, and a number, which leaves a gap.
   */
  #has(context: number, name: string): boolean {
    const edges = this.#edges(context)
    if (edges.some(it => it.kind === 'context' && this.#isNamed(it, name))) return true
    const scope = edges.find(it => this.#isNamed(it, 'scope_info'))?.to
    const listed = scope === undefined ? [] : this.#edges(scope).filter(({ kind }) => kind === 'hidden')
    const names = listed.filter(({ to }, at) => listed[at]?.name === at && this.#isText(to))
    const hasOwnName = listed[names.length]?.name !== names.length
    const [first] = listed
    const table = first !== undefined && this.#isCalled(first.to, '(context local names)') ? first.to : undefined
    const held = table === undefined ? (hasOwnName ? names.slice(0, -1) : names) : this.#edges(table)
    return held.some(({ to }) => this.#isText(to) && this.#isCalled(to, name))
  }

  #find(id: number): number | undefined {
    const { ids } = this.#snapshot
    this.#lookups++
    if (this.#lookups > FEW_LOOKUPS) {
      this.#nodes ??= new Map(Array.from(ids, (each, node) => [each, node]))
      return this.#nodes.get(id)
    }
    const found = ids.indexOf(id)
    return found < 0 ? undefined : found
  }

  #idAt(node: number): number {
    return this.#snapshot.ids[node] as number
  }

  #isText(node: number): boolean {
    const { nodeTypes, nodeTypeNames } = this.#snapshot
    return nodeTypeNames[nodeTypes[node] as number] === 'string'
  }

  #isCalled(node: number, text: string): boolean {
    const { nodeNames, strings } = this.#snapshot
    return nodeNames[node] === strings.indexOf(text)
  }

  #isNamed({ kind, name }: Edge, text: string): boolean {
    return kind !== 'element' && kind !== 'hidden' && name === this.#snapshot.strings.indexOf(text)
  }

  #follow(node: number, name: string): number | undefined {
    return this.#edges(node).find(it => it.kind === 'internal' && this.#isNamed(it, name))?.to
  }

  #edges(node: number): readonly Edge[] {
    const { firstEdges, edgeTypes, edgeTypeNames, edgeNames, edgeTargets } = this.#snapshot
    const found: Edge[] = []
    for (let edge = firstEdges[node] as number; edge < (firstEdges[node + 1] as number); edge++) {
      const kind = edgeTypeNames[edgeTypes[edge] as number] as string
      found.push({ kind, name: edgeNames[edge] as number, to: edgeTargets[edge] as number })
    }
    return found
  }
}
