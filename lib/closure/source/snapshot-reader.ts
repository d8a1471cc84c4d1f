import { getHeapSnapshot } from 'node:v8'
import { SnapshotStrings } from './snapshot-strings.ts'

/** The objects of the heap and what holds which, as numbers. Objects are named by their position in the snapshot. */
export interface SnapshotNumbers {
  /** V8's number of each object. */
  readonly ids: Uint32Array
  readonly nodeTypes: Uint8Array
  readonly nodeNames: Uint32Array
  /** Of each object, the first of its edges; one more at the end. */
  readonly firstEdges: Uint32Array
  readonly edgeTypes: Uint8Array
  /** Of edges with a name its position among the strings, of others their number. */
  readonly edgeNames: Uint32Array
  /** To which object. */
  readonly edgeTargets: Uint32Array
  readonly nodeTypeNames: readonly string[]
  readonly edgeTypeNames: readonly string[]
  readonly strings: SnapshotStrings
}

interface Header {
  readonly snapshot: {
    readonly meta: {
      readonly node_fields: readonly string[]
      readonly edge_fields: readonly string[]
      readonly node_types: readonly [readonly string[], ...unknown[]]
      readonly edge_types: readonly [readonly string[], ...unknown[]]
    }
    readonly node_count: number
    readonly edge_count: number
  }
}

/**
 * Takes a snapshot. V8 writes it as JSON, tens of megabytes and more: it is read chunk by chunk as it is written, and only
 * its numbers are kept, with the text of its strings as it is.
 */
export function readHeapSnapshot(): SnapshotNumbers {
  const reader = new SnapshotReader()
  const stream = getHeapSnapshot()
  let failure: { readonly error: unknown } | undefined
  // V8 writes all of it while this one call lasts, and the stream would hold it.
  stream.push = (chunk: Buffer | null): boolean => {
    try {
      if (chunk !== null && failure === undefined) reader.feed(chunk)
    } catch (error) {
      failure = { error }
    }
    return true
  }
  stream.read(0)
  stream.destroy()
  if (failure !== undefined) throw failure.error
  return reader.end()
}

const NODES = Buffer.from('"nodes":[')
const STRINGS = Buffer.from('"strings":[')
const ZERO = 0x30
/** No number has begun. */
const NONE = -1

/**
 * The parts of the text in their order: the header, up to the numbers of the nodes; these; those of the edges; what is of
 * no use, up to the strings; these. A chunk may end anywhere.
 */
class SnapshotReader {
  #part: (chunk: Buffer, at: number) => number = this.#header
  #text: Buffer = Buffer.alloc(0)
  #meta: Header['snapshot']['meta'] | undefined
  #nodeFields: readonly string[] = []
  #edgeFields = 0
  #ids = new Uint32Array(0)
  #nodeTypes = new Uint8Array(0)
  #nodeNames = new Uint32Array(0)
  #firstEdges = new Uint32Array(0)
  #edgeTypes = new Uint8Array(0)
  #edgeNames = new Uint32Array(0)
  #edgeTargets = new Uint32Array(0)
  /** The number that is being read. */
  #value = NONE
  /** Objects or edges that were read, and the field of the next number. */
  #index = 0
  #field = 0
  /** How much of the mark before the strings was met. */
  #matched = 0
  readonly #strings: Buffer[] = []

  feed(chunk: Buffer): void {
    for (let at = 0; at < chunk.length; ) at = this.#part(chunk, at)
  }

  end(): SnapshotNumbers {
    if (this.#meta === undefined || this.#part !== this.#rest) throw new Error('V8’s snapshot of the heap ends early.')
    return {
      ids: this.#ids,
      nodeTypes: this.#nodeTypes,
      nodeNames: this.#nodeNames,
      firstEdges: this.#firstEdges,
      edgeTypes: this.#edgeTypes,
      edgeNames: this.#edgeNames,
      edgeTargets: this.#edgeTargets,
      nodeTypeNames: this.#meta.node_types[0],
      edgeTypeNames: this.#meta.edge_types[0],
      strings: new SnapshotStrings(this.#strings),
    }
  }

  #header(chunk: Buffer, at: number): number {
    const before = this.#text.length
    this.#text = Buffer.concat([this.#text, chunk.subarray(at)])
    const end = this.#text.indexOf(NODES)
    if (end < 0) return chunk.length
    const json = this.#text.toString('utf8', 0, end).trimEnd().replace(/,$/, '')
    const { snapshot } = JSON.parse(`${json}}`) as Header
    const { meta, node_count, edge_count } = snapshot
    this.#meta = meta
    this.#nodeFields = meta.node_fields
    this.#edgeFields = meta.edge_fields.length
    this.#ids = new Uint32Array(node_count)
    this.#nodeTypes = new Uint8Array(node_count)
    this.#nodeNames = new Uint32Array(node_count)
    this.#firstEdges = new Uint32Array(node_count + 1)
    this.#edgeTypes = new Uint8Array(edge_count)
    this.#edgeNames = new Uint32Array(edge_count)
    this.#edgeTargets = new Uint32Array(edge_count)
    this.#part = this.#nodes
    return at + end + NODES.length - before
  }

  #nodes(chunk: Buffer, from: number): number {
    const [type, name, id, count] = ['type', 'name', 'id', 'edge_count'].map(field => this.#nodeFields.indexOf(field))
    const take = (value: number, field: number, index: number): void => {
      if (field === type) this.#nodeTypes[index] = value
      else if (field === name) this.#nodeNames[index] = value
      else if (field === id) this.#ids[index] = value
      else if (field === count) this.#firstEdges[index + 1] = (this.#firstEdges[index] as number) + value
    }
    return this.#numbers(chunk, from, this.#nodeFields.length, this.#ids.length, take, this.#edges)
  }

  #edges(chunk: Buffer, from: number): number {
    const fields = this.#nodeFields.length
    // Type, name, object: in this order since snapshots exist. Objects are told by where their numbers start.
    const take = (value: number, field: number, index: number): void => {
      if (field === 0) this.#edgeTypes[index] = value
      else if (field === 1) this.#edgeNames[index] = value
      else if (field === 2) this.#edgeTargets[index] = value / fields
    }
    return this.#numbers(chunk, from, this.#edgeFields, this.#edgeTypes.length, take, this.#between)
  }

  /** Reads records of so many fields, up to the last of them. */
  #numbers(
    chunk: Buffer,
    from: number,
    fields: number,
    records: number,
    take: (value: number, field: number, index: number) => void,
    next: (chunk: Buffer, at: number) => number,
  ): number {
    let value = this.#value
    for (let at = from; at < chunk.length; at++) {
      const digit = (chunk[at] as number) - ZERO
      if (digit >= 0 && digit <= 9) {
        value = value < 0 ? digit : value * 10 + digit
        continue
      }
      if (value < 0) continue
      take(value, this.#field, this.#index)
      value = NONE
      this.#field++
      if (this.#field < fields) continue
      this.#field = 0
      this.#index++
      if (this.#index < records) continue
      this.#index = 0
      this.#value = NONE
      this.#part = next
      return at + 1
    }
    this.#value = value
    return chunk.length
  }

  #between(chunk: Buffer, from: number): number {
    for (let at = from; at < chunk.length; at++) {
      const byte = chunk[at]
      // No part of the mark starts as the mark does, but for its first byte.
      this.#matched = byte === STRINGS[this.#matched] ? this.#matched + 1 : byte === STRINGS[0] ? 1 : 0
      if (this.#matched < STRINGS.length) continue
      this.#part = this.#rest
      return at + 1
    }
    return chunk.length
  }

  #rest(chunk: Buffer, from: number): number {
    this.#strings.push(chunk.subarray(from))
    return chunk.length
  }
}
