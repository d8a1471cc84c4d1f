import type { Callable } from '../../value/captured.ts'
import { encode } from '../../value/encode.ts'
import { constructorOf } from '../../value/encode-class.ts'
import { type Place, pathTo, placesIn } from '../../value/find-path.ts'
import { intrinsicName } from '../../value/intrinsics.ts'
import { renderPath } from '../../value/path.ts'
import { standIn, TEMPLATE, WITH, type WireReference } from '../bundle-format.ts'
import { encodeOptions } from '../graph/encode-once.ts'
import type { Graph } from '../graph/graph.ts'
import { displayName } from '../nodes/function-name.ts'
import { ByReference } from '../nodes/reference-table.ts'
import { piecesOf } from '../source/function-code.ts'
import { placeOf } from '../source/script.ts'
import { type Instance, settled } from '../variables/instances.ts'
import { shownName } from '../variables/shown-name.ts'
import type { ExplainedPart } from './explanation.ts'
import { kindOf } from './kind.ts'
import { referenceText, travelsAs } from './reference.ts'
import { refusalOf } from './refusal.ts'

type Growing = ExplainedPart & { readonly parts: Growing[] }
type Open = readonly [part: Growing, index: number]
type Valued = readonly [part: Growing, value: object]
interface Held {
  readonly part: Growing
  readonly place: Place
}
type Facts = Omit<ExplainedPart, 'name' | 'path' | 'parts'>

/** The tree of a graph's functions and of what they see, nearest first: what is met again is told once. */
export class Parts {
  readonly #graph: Graph
  readonly #seen = new Map<unknown, readonly string[]>()
  readonly #variables = new Map<Instance, Map<number, readonly string[]>>()
  /** Functions by value whose variables are still to be told. */
  readonly #open: Open[] = []
  readonly #values: Valued[] = []
  /** How many of these were looked into, at what, and which functions they hold. */
  #lookedInto = 0
  readonly #lookedAt = new Set<unknown>()
  readonly #held = new Map<unknown, Held>()
  /** Of the graph's functions, all before that one have their place. */
  #placed = 0

  constructor(graph: Graph) {
    this.#graph = graph
  }

  /** The tree of one function. */
  of(fn: Callable): ExplainedPart {
    const name = displayName(fn)
    const root = this.#add(undefined, name, fn, [name])
    for (let at = 0; at < this.#open.length || this.#placeOther(root); at++) {
      const [part, index] = this.#open[at] as Open
      this.#variablesOf(part, index)
    }
    return root
  }

  #variablesOf(part: Growing, index: number): void {
    const { cells, superclass } = this.#graph.functions[index] as Graph['functions'][number]
    if (superclass !== undefined) this.#add(part, SUPERCLASS, superclass, [...part.path, SUPERCLASS])
    for (const { name: given, value, instance, slot } of cells) {
      // What the object of a `with` block has stands beside it, and who holds a template's strings elsewhere.
      if (given === WITH || given.startsWith(TEMPLATE)) continue
      const name = shownName(given)
      const path = [...part.path, name]
      const slots = this.#variables.get(settled(instance)) ?? new Map<number, readonly string[]>()
      this.#variables.set(settled(instance), slots)
      const before = slots.get(slot)
      if (before === undefined) slots.set(slot, path)
      if (before !== undefined && !ByReference.is(value)) this.#same(part, name, value, path, before)
      else this.#add(part, name, value, path)
    }
    const [extras] = this.#graph.root[1][index] ?? []
    if (extras !== undefined) this.#add(part, OWN_PROPERTIES, extras, [...part.path, OWN_PROPERTIES])
  }

  #add(holder: Growing | undefined, name: string, value: unknown, path: readonly string[]): Growing {
    const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function'
    const before = isObject ? this.#seen.get(value) : undefined
    if (before !== undefined && holder !== undefined) return this.#same(holder, name, value, path, before)
    if (isObject && !ByReference.is(value)) this.#seen.set(value, path)
    if (typeof value === 'function') return this.#function(holder, name, value, path)
    if (ByReference.is(value)) {
      const reference = this.#graph.references.all[value.index] as WireReference
      return this.#put(holder, name, path, { kind: 'import', ...byReference(reference, this.#graph) })
    }
    const part = this.#put(holder, name, path, {
      kind: name === OWN_PROPERTIES ? 'properties' : kindOf(value),
      travels: 'by value',
      ...this.#weigh(value, path),
    })
    if (isObject && part.refusal === undefined) this.#values.push([part, value])
    return part
  }

  #same(holder: Growing, name: string, value: unknown, path: readonly string[], sameAs: readonly string[]): Growing {
    return this.#put(holder, name, path, { kind: kindOf(value), travels: 'by value', bytes: 0, sameAs })
  }

  #put(holder: Growing | undefined, name: string, path: readonly string[], facts: Facts): Growing {
    const part: Growing = { name, path, ...facts, parts: [] }
    holder?.parts.push(part)
    return part
  }

  #function(holder: Growing | undefined, name: string, fn: Callable, path: readonly string[]): Growing {
    const graph = this.#graph
    const kind = kindOf(fn)
    const known = intrinsicName(fn)
    if (known !== undefined) return this.#put(holder, name, path, { kind, ...byReference(['intrinsic', known], graph) })
    try {
      const id = graph.idOf(fn, 'value')
      if (typeof id !== 'number') {
        const part = this.#put(holder, name, path, { kind, travels: 'by value', ...this.#weigh(fn, path) })
        this.#values.push([part, fn])
        return part
      }
      const index = id >> 2
      if (id % 4 === 1) {
        return this.#put(holder, name, path, {
          kind,
          ...byReference(graph.references.all[index] as WireReference, graph),
        })
      }
      const { code } = graph.functions[index] as Graph['functions'][number]
      const bytes = piecesOf(code).reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
      const place = placeOf(code.script, code.start)
      const part = this.#put(holder, name, path, { kind, travels: 'by value', bytes, place })
      this.#open.push([part, index])
      return part
    } catch (error) {
      return this.#put(holder, name, path, { kind, travels: 'by value', bytes: 0, refusal: refusalOf(error, path) })
    }
  }

  /** A value's bytes alone; or why it is refused. */
  #weigh(value: unknown, path: readonly string[]): Pick<Facts, 'bytes' | 'refusal'> {
    try {
      return { bytes: encode(value, encodeOptions(this.#graph)).size - MESSAGE_BYTES }
    } catch (error) {
      return { bytes: 0, refusal: refusalOf(error, path) }
    }
  }

  /** A function that no variable holds: it stands in the value of one, as methods of objects and classes of instances do. */
  #placeOther(root: Growing): boolean {
    this.#lookIntoValues()
    const { functions } = this.#graph
    while (this.#placed < functions.length && this.#seen.has(functions[this.#placed]?.fn)) this.#placed++
    const others = functions.slice(this.#placed).filter(({ fn }) => !this.#seen.has(fn))
    const held = others.find(({ fn }) => this.#held.has(fn))
    const [other] = others
    if (held !== undefined) {
      const { part, place } = this.#held.get(held.fn) as Held
      const name = renderPath(pathTo(place), part.name).replace(/\(its prototype\)$/, '(its class)')
      this.#add(part, name, held.fn, [...part.path.slice(0, -1), name])
    } else if (other !== undefined) {
      this.#add(root, displayName(other.fn), other.fn, [...root.path, displayName(other.fn)])
    }
    return other !== undefined
  }

  /** Each object once: the first value that holds a function is where it stands. */
  #lookIntoValues(): void {
    const { inside } = this.#graph
    const options = { foreign: (object: object) => this.#classOr(object), inside }
    for (; this.#lookedInto < this.#values.length; this.#lookedInto++) {
      const [part, value] = this.#values[this.#lookedInto] as Valued
      for (const place of placesIn(value, options, this.#lookedAt)) {
        const { value: fn, step } = place
        if (typeof fn === 'function' && step !== undefined && !this.#held.has(fn)) this.#held.set(fn, { part, place })
      }
    }
  }

  #classOr(object: object): unknown {
    const other = this.#graph.foreign(object)
    return Array.isArray(other) && other[0] === standIn.PROTOTYPE ? constructorOf(object) : other
  }
}

/** What a function has beyond its text: statics, properties that were put on it. */
const OWN_PROPERTIES = '(its own properties)'
const SUPERCLASS = '(its superclass)'
/** An encoding's version. */
const MESSAGE_BYTES = 1

function byReference(reference: WireReference, graph: Graph): Pick<Facts, 'travels' | 'reference' | 'bytes'> {
  return { travels: travelsAs(reference), reference: referenceText(reference, graph), bytes: 0 }
}
