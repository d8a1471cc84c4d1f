import type { FunctionRecord } from './bundle-format.ts'
import type { Captured } from './capture.ts'
import { type Bundled, dataOf, withData } from './emit/bundle.ts'
import type { CapturedFunction } from './graph/captured-function.ts'
import { encodeOnce } from './graph/encode-once.ts'
import type { Graph } from './graph/graph.ts'
import { isWeakStateAsBefore } from './graph/weak-look.ts'
import { givenName } from './nodes/function-name.ts'
import { extrasOf, hasUsualLength, inheritsFromText, membersWithMore } from './nodes/function-record.ts'
import { ByReference } from './nodes/reference-table.ts'
import { releaseRemotes } from './source/end-of-capture.ts'
import { lookInside } from './source/inspector.ts'
import { type VariableReader, variableReader } from './source/variable-reader.ts'
import type { Cell } from './variables/environments.ts'
import { type Instance, settled } from './variables/instances.ts'

/** Variables of one function that may hold other values now. */
interface Changing {
  readonly captured: CapturedFunction
  readonly index: number
  /** Positions in its record. */
  readonly cells: readonly number[]
  /** How often they were read, and from then on how: null where only the inspector can tell. */
  reads: number
  reader: VariableReader | null | undefined
}

/** Captures of one function from which on it pays to have what reads its variables made in its place. */
const MANY_READS = 16

/** A cell, by its function and its position in the function's record. */
interface Place {
  readonly index: number
  readonly position: number
}

/**
 * A capture that may be done again. What can't change is not looked at: constants that hold primitives and functions,
 * and the functions' texts. What can is read again, and what is different is encoded again. A change of what travels
 * (another function, another object in a variable) is left to a capture from the start.
 */
export class Recapture {
  captured: Captured
  bundled: Bundled
  readonly #changing: readonly Changing[]
  /** Of variables that several functions see: where the value is read, and where else it stands. */
  readonly #copies: (readonly [from: Place, to: Place])[] = []
  /** Objects may change inside. */
  readonly #holdsObjects: boolean
  readonly #met: number

  constructor(bundled: Bundled, captured: Captured) {
    this.bundled = bundled
    this.captured = captured
    const { graph } = bundled
    const { functions, root, met } = graph
    const read = new Map<Instance, Map<number, Place>>()
    this.#changing = functions
      .map(
        (it, index): Changing => ({
          captured: it,
          index,
          cells: changingCells(it).filter(cell => this.#isFirst(read, it, index, cell)),
          reads: 0,
          reader: undefined,
        }),
      )
      .filter(({ cells }) => cells.length > 0)
    const holds = (value: unknown): boolean => isContainer(value, graph)
    this.#holdsObjects =
      holds(root[0]) || root[1].some(([extras, ...cells]) => extras !== undefined || cells.some(holds))
    this.#met = met.size
  }

  /** Whether no function before sees the same variable: what one sees, all see. */
  #isFirst(
    read: Map<Instance, Map<number, Place>>,
    { cells }: CapturedFunction,
    index: number,
    position: number,
  ): boolean {
    const { instance, slot } = cells[position - 1] as Cell
    const ofInstance = read.get(settled(instance)) ?? new Map<number, Place>()
    read.set(settled(instance), ofInstance)
    const first = ofInstance.get(slot)
    if (first === undefined) ofInstance.set(slot, { index, position })
    else this.#copies.push([first, { index, position }])
    return first === undefined
  }

  /** The bundle as of now: the same object when nothing changed; undefined when it must be captured from the start. */
  recapture(): Bundled | undefined {
    const now = this.#asOfNow()
    return now !== undefined && isWeakStateAsBefore(now.graph) ? now : undefined
  }

  #asOfNow(): Bundled | undefined {
    const { graph } = this.bundled
    const { functions, root, privates, environments } = graph
    const { hasAbsent, withs, imports, places, compiled } = environments
    if (compiled.hasOmitted) return undefined
    if (hasAbsent || withs.made.size > 0 || imports.held.size > 0 || !places.areAsBefore()) return undefined
    privates.clear()
    for (const [index, it] of functions.entries()) if (!isAsBefore(it, root[1][index], graph)) return undefined
    if (this.#changing.length === 0 && !this.#holdsObjects) return this.bundled
    try {
      const changed = this.#changing.map(changing => this.#readAgain(changing))
      if (changed.includes(undefined)) return undefined
      for (const [from, to] of this.#copies)
        this.#record(to.index)[to.position] = this.#record(from.index)[from.position]
      return this.#holdsObjects || changed.includes(true) ? this.#encodeAgain() : this.bundled
    } finally {
      releaseRemotes()
    }
  }

  #record(index: number): unknown[] {
    return this.bundled.graph.root[1][index] as unknown as unknown[]
  }

  /** Whether a variable holds another value; undefined when it is one that may bring others along. */
  #readAgain(changing: Changing): boolean | undefined {
    const record = this.#record(changing.index)
    const now = valuesOf(changing)
    if (now === undefined) return undefined
    let changed = false
    for (const [at, position] of changing.cells.entries()) {
      const [before, value] = [record[position], now[at]]
      if (Object.is(before, value)) continue
      if (!isPrimitive(before) || !isPrimitive(value)) return undefined
      record[position] = value
      changed = true
    }
    return changed
  }

  #encodeAgain(): Bundled | undefined {
    const { graph } = this.bundled
    const { size } = graph
    graph.met.clear()
    let now: Uint8Array
    try {
      now = encodeOnce(graph)
    } catch {
      // From the start it is refused with the path.
      return undefined
    }
    if (graph.size !== size || graph.met.size !== this.#met) return undefined
    if (Buffer.compare(now, dataOf(this.bundled)) !== 0) this.bundled = withData(this.bundled, now)
    return this.bundled
  }
}

/** What its variables hold; undefined where one holds nothing yet, or what a getter gives. */
function valuesOf(changing: Changing): readonly unknown[] | undefined {
  const { captured, cells } = changing
  const variables = cells.map(position => captured.cells[position - 1] as Cell)
  const reader = readerOf(changing, variables)
  try {
    if (reader !== undefined) return reader()
  } catch {
    return undefined
  }
  const { scopes } = lookInside(captured.fn)
  const values: unknown[] = []
  for (const { level, name } of variables) {
    const object: object = level < 0 ? globalThis : (scopes[level]?.object ?? {})
    const slot = Object.getOwnPropertyDescriptor(object, name)
    if (slot === undefined || !('value' in slot)) return undefined
    values.push(slot.value)
  }
  return values
}

function readerOf(changing: Changing, variables: readonly Cell[]): VariableReader | undefined {
  if (changing.reader !== undefined || ++changing.reads < MANY_READS) return changing.reader ?? undefined
  const { fn, code } = changing.captured
  const canRead = variables.every(({ level }) => level >= 0)
  changing.reader =
    (canRead
      ? variableReader(
          fn,
          code,
          variables.map(({ name }) => name),
        )
      : undefined) ?? null
  return changing.reader ?? undefined
}

function changingCells({ cells }: CapturedFunction): readonly number[] {
  return cells.flatMap(({ assigned, value }, index) => (assigned && !ByReference.is(value) ? [index + 1] : []))
}

/** Objects, and functions that hold others: bound ones and proxies. */
function isContainer(value: unknown, graph: Graph): boolean {
  if (typeof value === 'function') return graph.inside(value) !== undefined
  return typeof value === 'object' && value !== null && !ByReference.is(value)
}

function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function')
}

/** Whether a function has nothing new beyond its text. What it had is read again. */
function isAsBefore(
  { fn, code, superclass, keys, name }: CapturedFunction,
  record: FunctionRecord | undefined,
  graph: Graph,
): boolean {
  const { kind } = code.syntax
  if (record === undefined) return false
  if (givenName(fn) !== name) return false
  // An arrow or method has a name and a length.
  const hasSuper = code.usesHome || code.superFrom !== undefined
  if ((kind === 'arrow' || kind === 'method') && !hasSuper && Reflect.ownKeys(fn).length === 2) {
    const isBare = Object.isExtensible(fn) && hasUsualLength(fn, code) && inheritsFromText(fn, code)
    return isBare && record[0] === undefined
  }
  if (superclass !== undefined && Object.getPrototypeOf(fn) !== superclass) return false
  if (kind === 'class' && !membersWithMore(fn, code, keys).every(method => graph.takes(method))) return false
  const extras = extrasOf(fn, code, keys, graph.privates)
  if (extras !== undefined && record[0] !== undefined) (record as [typeof extras, ...unknown[]])[0] = extras
  return (extras === undefined) === (record[0] === undefined)
}
