import { CloudException } from '../../protocol/errors.ts'
import type { Callable } from '../../value/captured.ts'
import { decode } from '../../value/decode.ts'
import {
  type BundleHeader,
  type CodeHeader,
  type FunctionRecord,
  idOfOwn,
  idOfReference,
  partName,
  standIn,
  type WireFunction,
} from '../bundle-format.ts'
import { PlaceUrl } from './assets.ts'
import { applyExtras } from './extras.ts'
import { list, refuse } from './open-bundle.ts'
import { bodyOf, byText, type RevealPrivate, takeAccess } from './private-state.ts'
import { putWeak } from './weak-entries.ts'
import { WithBlocks } from './with-blocks.ts'

/** What a job's functions are revived beside. */
export interface Surroundings {
  /** A function of another bundle that this job has, by the bundle's hash and its id there. */
  readonly known?: ((hash: string, id: number) => unknown) | undefined
  /** Makes of the encoder's stand-ins what they stand for. */
  readonly foreign?: ((data: unknown) => unknown) | undefined
  /** Puts private fields back. Default: by the texts of their classes. */
  readonly reveal?: RevealPrivate | undefined
}

/** What a bundle held. */
export interface Revived {
  /** Of `capture(fn)`: the function. Of a parcel: its value. */
  readonly value: unknown
  /** By id; then what is here by reference, in the order of the table. */
  readonly functions: readonly unknown[]
  /** Objects and unique symbols of the data, by number. */
  readonly objects: readonly unknown[]
}

/** A scope of the emitted script: entering it gives a setter for its variables, makers of its functions, and inner scopes. */
export type Factory = (
  withObject?: unknown,
) => readonly [fill: 0 | Fill, makers: readonly Maker[], inner: readonly Factory[]]
type Fill = (values: Record<number, unknown>) => void
export type Maker = (superclass: Callable | null, keys: readonly unknown[], take: typeof takeAccess) => Callable

/** What all instantiations of a code share. */
export interface Code {
  readonly root: Factory
  /** Of each scope, its place among the inner scopes of the one around it. */
  readonly places: readonly number[]
  readonly references: readonly unknown[]
  /** Where nothing of the code runs: stands for a member of a class that is not there; `root` is then any scope. */
  readonly absent?: () => Callable
}

/** Of each scope, its place among the inner scopes of the one around it. */
export function placesOf({ scopes }: CodeHeader): readonly number[] {
  const counts = new Map<number, number>()
  return scopes.map(parent => {
    const place = counts.get(parent) ?? 0
    counts.set(parent, place + 1)
    return place
  })
}

/** Makes the functions of a bundle: they share nothing with those of other calls. */
export function instantiate(code: Code, header: BundleHeader, data: Uint8Array, surroundings: Surroundings): Revived {
  try {
    return new Instantiation(code, header, surroundings).run(data)
  } catch (error) {
    if (CloudException.isCloudException(error)) throw error
    // What was changed on its way may be of any shape: a getter that is no function, a class that is its own base.
    throw refuse('what it holds does not fit together', error)
  }
}

class Instantiation {
  readonly #code: Code
  readonly #header: BundleHeader
  readonly #surroundings: Surroundings
  readonly #entered: (ReturnType<Factory> | undefined)[] = []
  readonly #functions: (Callable | undefined)[] = []
  readonly #reveal: RevealPrivate
  readonly #keys = new Map<number, readonly unknown[]>()
  readonly #withs: WithBlocks

  constructor(code: Code, header: BundleHeader, surroundings: Surroundings) {
    this.#code = code
    this.#header = header
    this.#surroundings = surroundings
    this.#reveal = surroundings.reveal ?? byText
    this.#withs = new WithBlocks(header, code.references)
  }

  run(data: Uint8Array): Revived {
    const { functions } = this.#header
    const objects: unknown[] = []
    const [, root] = list(
      decode(data, { functions: this.#function, foreign: this.#foreign, reveal: this.#reveal, objects }),
      2,
    )
    const [value, records, weak = []] = list(root)
    for (let index = 0; index < functions.length; index++) this.#own(index)
    this.#fill(records)
    putWeak(weak)
    return { value, functions: [...this.#functions, ...this.#code.references], objects }
  }

  /** Enters an instance when it is first needed: one inside of a class needs the class. */
  #entry(index: number): ReturnType<Factory> {
    const known = this.#entered[index]
    if (known !== undefined) return known
    const { instances, owners } = this.#header
    const { root, places, absent } = this.#code
    const scope = instances[index * 2] as number
    const around = instances[index * 2 + 1] as number
    const owner = owners?.[index] ?? -1
    let factory: Factory | undefined
    const ownerId = owner < 0 ? idOfReference(-2 - owner) : idOfOwn(owner)
    if (owner !== -1) factory = bodyOf(this.#function(ownerId)) ?? (absent && root)
    else factory = around < 0 ? root : this.#entry(around)[2][places[scope] as number]
    if (!factory || around < 0 !== (scope === 0)) throw refuse('its code lacks a scope that it names')
    const entered = factory(this.#withs.of(index))
    this.#entered[index] = entered
    return entered
  }

  #own(index: number): Callable {
    const made = this.#functions[index]
    if (made !== undefined) return made
    // One after another, the highest first: a class may stand below thousands.
    for (const base of this.#basesOf(index)) this.#make(base)
    return this.#make(index)
  }

  /** Superclasses that are still to be made. */
  #basesOf(index: number): readonly number[] {
    const bases: number[] = []
    const { functions } = this.#header
    for (let base = functions[index]?.base; base !== undefined && base % 4 === 0; base = functions[base >> 2]?.base) {
      if (this.#functions[base >> 2] !== undefined) break
      if (bases.push(base >> 2) > functions.length) throw refuse('a class in it is its own superclass')
    }
    return bases.reverse()
  }

  #make(index: number): Callable {
    const record = this.#header.functions[index]
    if (record?.of !== undefined) return this.#member(record, index)
    const maker = record && this.#entry(record.instance)[1][record.member]
    if (record === undefined || maker === undefined) throw refuse('its code lacks a function that it names')
    const superclass = record.base === undefined ? null : this.#function(record.base)
    return this.#keep(maker(superclass, this.#keys.get(index) ?? [], takeAccess), record, index)
  }

  #keep(fn: Callable, { name }: WireFunction, index: number): Callable {
    if (name !== undefined) Object.defineProperty(fn, 'name', { value: name, configurable: true })
    this.#functions[index] = fn
    return fn
  }

  /** As the class's text made it: what a program put in its place comes with the class's extras, later. */
  #member(record: WireFunction, index: number): Callable {
    const { of, part = 0 } = record
    const owner = this.#function(of as number)
    const holder = (part < 3 ? owner.prototype : owner) as object
    const [key] = this.#keys.get(index) ?? []
    const fn: unknown = Object.getOwnPropertyDescriptor(holder, key as string)?.[partName(part)]
    const found = typeof fn === 'function' ? fn : this.#code.absent?.()
    if (found === undefined) throw refuse('its class lacks a member that it names')
    return this.#keep(found, record, index)
  }

  readonly #function = (id: number): Callable => {
    const index = id >> 2
    if (id % 4 === 0) return this.#own(index)
    const found = id % 4 === 1 ? this.#code.references[index] : this.#elsewhere(index)
    if (typeof found !== 'function') throw refuse('a function that it names is not here')
    return found as Callable
  }

  #elsewhere(index: number): unknown {
    const { known } = this.#header
    const hash = known[index * 2]
    const id = known[index * 2 + 1]
    return typeof hash === 'string' && typeof id === 'number' ? this.#surroundings.known?.(hash, id) : undefined
  }

  readonly #foreign = (data: unknown): unknown => {
    const [kind, what] = list(data, 2)
    if (kind === standIn.KEYS) return this.#takeKeys(list(what))
    if (kind === standIn.REFERENCE && typeof what === 'number' && what in this.#code.references) {
      const found = this.#code.references[what]
      return PlaceUrl.is(found) ? found.make() : found
    }
    if (kind === standIn.PROTOTYPE && typeof what === 'number') return this.#function(what).prototype
    if (kind === standIn.WITH && this.#withs.made[what as number]) return this.#withs.made[what as number]
    if (kind === standIn.OTHER && this.#surroundings.foreign !== undefined) return this.#surroundings.foreign(what)
    throw refuse('a stand-in is unknown')
  }

  #takeKeys(list: readonly unknown[]): readonly unknown[] {
    for (let at = 0; at < list.length; at += 2) {
      const [index, keys] = [list[at], list[at + 1]]
      if (typeof index === 'number' && Array.isArray(keys)) this.#keys.set(index, keys)
    }
    return list
  }

  /** Gives variables and functions what the data hold for them. */
  #fill(records: unknown): void {
    const values: Record<number, unknown>[] = []
    for (const [index, each] of list(records, this.#functions.length).entries()) {
      const { cells } = this.#header.functions[index] as WireFunction
      const record = list(each, cells.length / 2 + 1)
      const [extras] = record as FunctionRecord
      for (let cell = 0; cell < cells.length; cell += 2) {
        const instance = cells[cell] as number
        const held = values[instance] ?? {}
        values[instance] = held
        held[cells[cell + 1] as number] = record[cell / 2 + 1]
      }
      if (extras !== undefined) applyExtras(this.#functions[index] as Callable, extras, this.#reveal)
    }
    for (const [instance, held] of values.entries()) {
      const fill = this.#entry(instance)[0]
      if (held === undefined) continue
      if (typeof fill === 'function') fill(held)
      this.#withs.fill(instance, held[1] as object)
    }
  }
}
