import { constants, Script } from 'node:vm'
import { decode } from '../value/decode.ts'
import { type CodeHeader, type FunctionRecord, standIn, type WireFunction } from './bundle-format.ts'
import { applyExtras } from './revive-extras.ts'
import { type OpenBundle, openBundle, openCode, refuse } from './revive-format.ts'
import { type ReferenceHost, resolveReferences } from './revive-references.ts'
import { type Frames, framesOf } from './revive-stack.ts'

/** What a job's functions are revived beside. */
export interface Surroundings {
  /** A function of another bundle that this job has, by the bundle's hash. */
  readonly known?: ((hash: string, id: number) => Function | undefined) | undefined
  /** Makes of the encoder's stand-ins what they stand for. */
  readonly foreign?: ((data: unknown) => unknown) | undefined
}

/** What a bundle held. */
export interface Revived {
  /** Of `capture(fn)`: the function. Of a parcel: its value. */
  readonly value: unknown
  /** By id. */
  readonly functions: readonly Function[]
}

/** Code that is compiled, its packages loaded. Serves any number of jobs. */
export interface Prepared {
  /** Makes functions that share nothing with those of other calls: a job starts from the captured state. */
  instantiate(bundle: Pick<OpenBundle, 'header' | 'data'>, surroundings?: Surroundings): Revived
  /** Puts the user's files and lines into a stack trace. */
  mapStack(stack: string): string
}

/** A scope of the emitted script: entering it gives a setter for its variables, makers of its functions, and inner scopes. */
type Factory = () => readonly [fill: 0 | Fill, makers: readonly Maker[], inner: readonly Factory[]]
type Fill = (values: Record<number, unknown>) => void
type Maker = (superclass?: unknown) => Function

/**
 * Compiles the code of a bundle. Once for each code and process.
 * @param name of the script in stack traces, unique to the code: its hash
 */
export function prepare(code: Uint8Array, name: string, host: ReferenceHost): Prepared {
  const { header, text } = openCode(code)
  const references = resolveReferences(header, host)
  const filename = `picloud:${name}`
  const root = compile(text, filename)
  const paths = scopePaths(header)
  const frames: Frames = framesOf(filename, header)
  return {
    instantiate: ({ header, data }, surroundings = {}) => {
      return new Instantiation(root, paths, references, header.functions, surroundings).run(
        header.instances,
        header.known,
        data,
      )
    },
    mapStack: frames.map,
  }
}

/** Opens, prepares and instantiates at once. */
export function revive(bundle: Uint8Array, name: string, host: ReferenceHost, surroundings?: Surroundings): Revived {
  const opened = openBundle(bundle)
  return prepare(opened.code, name, host).instantiate(opened, surroundings)
}

function compile(text: string, filename: string): Factory {
  try {
    const script = new Script(text, { filename, importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER })
    const root: unknown = script.runInThisContext()
    if (typeof root === 'function') return root as Factory
  } catch (cause) {
    throw refuse(`its script does not compile here (${String(cause)})`, cause)
  }
  throw refuse('its script makes no functions')
}

/** Of each scope, its place among the inner scopes of the one around it. */
function scopePaths({ scopes }: CodeHeader): readonly number[] {
  const counts = new Map<number, number>()
  return scopes.map(parent => {
    const place = counts.get(parent) ?? 0
    counts.set(parent, place + 1)
    return place
  })
}

class Instantiation {
  readonly #root: Factory
  readonly #places: readonly number[]
  readonly #references: readonly unknown[]
  readonly #records: readonly WireFunction[]
  readonly #surroundings: Surroundings
  readonly #entered: ReturnType<Factory>[] = []
  readonly #functions: (Function | undefined)[]
  #known: readonly (string | number)[] = []

  constructor(
    root: Factory,
    places: readonly number[],
    references: readonly unknown[],
    records: readonly WireFunction[],
    surroundings: Surroundings,
  ) {
    this.#root = root
    this.#places = places
    this.#references = references
    this.#records = records
    this.#surroundings = surroundings
    this.#functions = new Array(records.length)
  }

  run(instances: readonly number[], known: readonly (string | number)[], data: Uint8Array): Revived {
    this.#known = known
    for (let at = 0; at < instances.length; at += 2) this.#enter(instances[at] as number, instances[at + 1] as number)
    for (let index = 0; index < this.#records.length; index++) this.#own(index)
    const root = decode(data, { functions: id => this.#function(id), foreign: this.#foreign })
    if (!Array.isArray(root) || root.length !== 2) throw refuse('its data are not of the right shape')
    this.#fill(root[1])
    return { value: root[0], functions: this.#functions as Function[] }
  }

  #enter(scope: number, around: number): void {
    const place = this.#places[scope]
    const factory = around < 0 ? this.#root : this.#entered[around]?.[2][place ?? -1]
    if (factory === undefined || (around < 0 && scope !== 0))
      throw refuse('it names a scope that its code does not have')
    this.#entered.push(factory())
  }

  #own(index: number): Function {
    const made = this.#functions[index]
    if (made !== undefined) return made
    const record = this.#records[index]
    const maker = record && this.#entered[record.instance]?.[1][record.member]
    if (record === undefined || maker === undefined) throw refuse('it names a function that its code does not have')
    const fn = record.base === undefined ? maker() : maker(this.#function(record.base))
    if (record.name !== undefined) Object.defineProperty(fn, 'name', { value: record.name, configurable: true })
    this.#functions[index] = fn
    return fn
  }

  #function(id: number): Function {
    const index = id >> 2
    if (id % 4 === 0) return this.#own(index)
    const found = id % 4 === 1 ? this.#references[index] : this.#elsewhere(index)
    if (typeof found !== 'function') throw refuse('it names a function that is not here')
    return found
  }

  #elsewhere(index: number): Function | undefined {
    const hash = this.#known[index * 2]
    const id = this.#known[index * 2 + 1]
    return typeof hash === 'string' && typeof id === 'number' ? this.#surroundings.known?.(hash, id) : undefined
  }

  readonly #foreign = (data: unknown): unknown => {
    if (!Array.isArray(data) || data.length !== 2) throw refuse('a stand-in in it is broken')
    const [kind, what] = data as [unknown, unknown]
    if (kind === standIn.REFERENCE && typeof what === 'number' && what in this.#references)
      return this.#references[what]
    if (kind === standIn.PROTOTYPE && typeof what === 'number') return this.#function(what).prototype
    if (kind === standIn.OTHER && this.#surroundings.foreign !== undefined) return this.#surroundings.foreign(what)
    throw refuse('a stand-in in it is unknown')
  }

  /** Gives variables and functions what the data hold for them. */
  #fill(chain: unknown): void {
    const values: (Record<number, unknown> | undefined)[] = []
    let at = chain
    for (let index = 0; index < this.#records.length; index++) {
      if (!Array.isArray(at) || !Array.isArray(at[0])) throw refuse('its data are fewer than its functions')
      const [extras, ...cells] = at[0] as unknown as FunctionRecord
      const { cells: slots } = this.#records[index] as WireFunction
      if (cells.length * 2 !== slots.length) throw refuse('its data do not fit its functions')
      for (const [cell, value] of cells.entries()) {
        const held = (values[slots[cell * 2] as number] ??= {})
        held[slots[cell * 2 + 1] as number] = value
      }
      if (extras !== undefined) applyExtras(this.#functions[index] as Function, extras)
      at = at[1]
    }
    for (const [instance, held] of values.entries()) {
      const fill = this.#entered[instance]?.[0]
      if (held !== undefined && typeof fill === 'function') fill(held)
    }
  }
}
