import { Attachments } from './attachments.ts'
import type { Callable } from './captured.ts'
import type { Inside } from './inside.ts'
import { Shapes } from './shapes.ts'
import * as tag from './tags.ts'
import { Refusal } from './value-error.ts'
import { Writer } from './writer.ts'

/**
 * How much an encoding takes on. One wire format for all three.
 * - 0: everything that can travel; a refusal names the path to the part at fault
 * - 1: the same, but nobody looks for the path
 * - 2: plain data only (primitives, plain objects, arrays, Map, Set, Date, binary data); refuses the rest
 */
export type Level = 0 | 1 | 2

export interface EncodeOptions {
  /** Default 0. */
  readonly level?: Level | undefined
  /**
   * The id under which a function or class travels beside the value, what it holds if it is a bound one or a proxy, or
   * throws why it can't travel. Called with `class` when an instance of it is to be sent as its properties. Absent: functions and instances of classes are refused.
   */
  readonly functions?: ((fn: Callable, use: 'value' | 'class') => number | Inside) | undefined
  /**
   * A stand-in for an object that the receiver resolves itself; undefined for objects that are not foreign. Asked once
   * for each object but proxies and promises. A stand-in is plain data and nests at most MAX_NESTED levels.
   */
  readonly foreign?: ((object: object) => unknown) | undefined
  /** The same for unique symbols. */
  readonly symbols?: ((symbol: symbol) => unknown) | undefined
  /**
   * What a proxy or promise holds, or throws why it can't travel; they are refused without it. Of functions too, to name
   * the path to what they hold. It must not touch them: traps and getters are user's code.
   */
  readonly inside?: ((object: object) => Inside | undefined) | undefined
  /**
   * What an object holds that neither its kind nor its properties show (private fields); undefined for none. Asked for
   * each object but proxies, built-ins and stand-ins. The receiver gets it through `DecodeOptions.reveal`.
   */
  readonly hidden?: ((object: object, prototype: object | null) => Hidden | undefined) | undefined
  /**
   * A stand-in for an object, a proxy, a bound function or a unique symbol that the receiver has already; undefined for
   * others. Asked before all other hooks, once for each.
   */
  readonly held?: ((thing: unknown) => unknown) | undefined
  /** What is encoded in the place of an object: mostly itself. Asked before all other hooks, also for proxies. */
  readonly instead?: ((object: object) => object) | undefined
  /** Told of what the receiver can name by its number from then on, once all is encoded. */
  readonly numbered?: ((things: Numbered) => void) | undefined
  /** Whether `arguments` of sloppy functions bring these along as their `callee`, which else throws. Default: no. */
  readonly callees?: (() => boolean) | undefined
  /** An array that the other hooks may add to while it is encoded. Needs `foreign`. */
  readonly growing?: readonly unknown[] | undefined
  /** Whether a WeakMap or WeakSet travels, for which the caller brings the entries; without it all are refused. */
  readonly weak?: ((object: object) => boolean) | undefined
  /** Bytes of the encoding. Default MAX_VALUE_BYTES. */
  readonly maxBytes?: number | undefined
  /** Levels of nesting. Default MAX_DEPTH. */
  readonly maxDepth?: number | undefined
  /** How a refusal's path names the value. Default `value`. */
  readonly root?: string | undefined
}

export interface Hidden {
  /** The class that alone can make such an object; undefined where it is made as others of its kind. */
  readonly maker: Callable | undefined
  /** Any value. */
  readonly state: unknown
  /** The same by name, for the path of a refusal: names and values, in turns. */
  readonly parts: readonly unknown[]
}

/** The objects and unique symbols of a message, in the order of their numbers. */
export interface Numbered {
  readonly things: ReadonlySet<unknown> | readonly unknown[]
  /** Whether a unique symbol is among them. */
  readonly hasSymbols: boolean
}

export interface Encoded {
  /** The encoding in order. Large binary data are parts of their own: views of the caller's memory, not copies. */
  readonly parts: readonly Uint8Array[]
  /** Bytes of all parts. */
  readonly size: number
}

/** How the values are written that are no atoms. */
export interface Writers {
  object(encoding: Encoding, object: object, depth: number): void
  function(encoding: Encoding, fn: Callable, depth: number): void
  symbol(encoding: Encoding, symbol: symbol): void
}

/** Which part of a container is to be written. */
export type Part = typeof HEADER | typeof CONTENTS | typeof BOTH
export const HEADER = 1
export const CONTENTS = 2
export const BOTH = 3

/** Up to this many objects a scan of the list beats a Set. */
const SCANNED = 8

/** The state of one encoding. */
export class Encoding extends Writer {
  readonly #writers: Writers
  options: EncodeOptions = {}
  level: Level = 0
  maxDepth = 0
  /** Objects and unique symbols by number, while they are few. */
  first: unknown[] = []
  /** All of them, from then on. */
  #seen: Set<unknown> | undefined
  /** Numbers of the objects, filled as far as repeats have asked. */
  readonly #numbers = new Map<unknown, number>()
  #unnumbered: Iterator<unknown> | undefined
  #shapes: Shapes | undefined
  #attachments: Attachments | undefined
  /** By prototype, the id of its class; -1 where it is no class's. */
  readonly classes = new Map<object, number>()
  /** By prototype, whether a built-in class stands above. */
  readonly belowBuiltIn = new Map<object, boolean>()
  /** Containers whose contents come after the root, with the level at which they stand. */
  later: unknown[] = []
  /** Whether it holds unique symbols. */
  hasSymbols = false
  /** Levels above the container whose deferred contents are being written. */
  base = 0
  /** > 0 inside a stand-in, which must be whole before what follows it. */
  standIns = 0
  /** Bound functions and proxies around the one that is being written. */
  chain = 0
  /** A stack of property values that were read and are still to be written. */
  readonly values: unknown[] = []
  /** Of that stack. It is not cut when it shrinks, as that would give its memory back each time. */
  top = 0

  constructor(writers: Writers) {
    super()
    this.#writers = writers
  }

  get shapes(): Shapes {
    this.#shapes ??= new Shapes()
    return this.#shapes
  }

  get attachments(): Attachments {
    this.#attachments ??= new Attachments()
    return this.#attachments
  }

  get hasAttachments(): boolean {
    return this.#attachments !== undefined
  }

  value(value: unknown, depth: number): void {
    if (typeof value === 'number') this.number(value)
    else if (typeof value === 'string') this.string(value)
    else if (typeof value === 'boolean') this.byte(value ? tag.TRUE : tag.FALSE)
    else if (value === null) this.byte(tag.NULL)
    else if (typeof value === 'object') this.#writers.object(this, value, depth)
    else if (value === undefined) this.byte(tag.UNDEFINED)
    else if (typeof value === 'bigint') this.bigint(value)
    else if (typeof value === 'function') this.#writers.function(this, value, depth)
    else this.#writers.symbol(this, value as symbol)
  }

  /** The number of an object that was met before, or -1 and it is numbered now. */
  numberOf(object: unknown): number {
    if (this.#seen !== undefined) {
      const count = this.#seen.size
      return this.#seen.add(object).size === count ? this.#lookUp(object) : -1
    }
    const { first } = this
    for (let index = 0; index < first.length; index++) if (first[index] === object) return index
    first.push(object)
    if (first.length === SCANNED) this.#seen = new Set(first)
    return -1
  }

  // A set keeps the order of its items, and an iterator of one goes on to those that come later.
  #lookUp(object: unknown): number {
    this.#unnumbered ??= (this.#seen as Set<unknown>).values()
    let known = this.#numbers.get(object)
    while (known === undefined) {
      const each = this.#unnumbered.next().value
      this.#numbers.set(each, this.#numbers.size)
      known = this.#numbers.get(object)
    }
    return known
  }

  /** What was numbered. The caller may keep it. */
  get numbered(): Numbered {
    return { things: this.#seen ?? this.first.slice(), hasSymbols: this.hasSymbols }
  }

  /** Ready for another message, holding on to nothing of this one. */
  reset(): void {
    if (this.first.length > 0) this.first.length = 0
    if (this.later.length > 0) this.later = []
    if (this.values.length > 0) this.values.length = 0
    this.top = 0
    this.#seen = undefined
    if (this.#numbers.size > 0) this.#numbers.clear()
    this.#unnumbered = undefined
    this.#shapes = undefined
    this.#attachments = undefined
    if (this.classes.size > 0) this.classes.clear()
    if (this.belowBuiltIn.size > 0) this.belowBuiltIn.clear()
    this.hasSymbols = false
    this.base = 0
    this.standIns = 0
    this.chain = 0
  }

  refuse(culprit: unknown, reason: string, hint?: string, cause?: unknown): never {
    throw new Refusal(culprit, reason, hint, cause)
  }
}
