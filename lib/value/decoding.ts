import type { Callable } from './captured-base.ts'
import type { AttachedRegion } from './decode-binary.ts'
import { nothing, Reader } from './reader.ts'
import * as tag from './tags.ts'

export interface DecodeOptions {
  /** The function or class that travelled under an id. Absent: a value that holds functions is refused. */
  readonly functions?: ((id: number) => Callable | undefined) | undefined
  /** Makes of a stand-in the object that it stands for. Absent: a value that holds some is refused. */
  readonly foreign?: ((data: unknown) => unknown) | undefined
  /** Takes the objects and unique symbols, by number. */
  readonly objects?: unknown[] | undefined
  /** Makes and fills what `EncodeOptions.hidden` told of. Absent: such a value is refused. */
  readonly reveal?: Reveal | undefined
  /** Levels of nesting. Default MAX_DEPTH. */
  readonly maxDepth?: number | undefined
  /** Bytes of the message. Default MAX_VALUE_BYTES. */
  readonly maxBytes?: number | undefined
  /** True: large binary data are copies, not views of `bytes`. Default false. */
  readonly copy?: boolean | undefined
}

export interface Reveal {
  /** A new object of the class that alone can make it, without own properties. */
  create(maker: Callable): object
  /** Gives a new object what it held. Its properties are not there yet. */
  fill(object: object, state: unknown): void
}

/** A key sequence, and an object with these keys to copy. */
export interface DecodedShape {
  readonly keys: readonly string[]
  /** Of plain objects: own keys, so that filling a copy never meets a setter. */
  readonly template: Record<string, unknown> | undefined
  readonly prototype: object | null
  /** Whether each key is new to the prototype, so that plain assignment creates it. */
  readonly assignable: boolean
}

/** Contents that come after the root, and the level at which they stand. */
export interface Deferred {
  readonly level: number
  readonly fill: () => void
}

/** Marks the number of an object that is not made yet. */
export const PENDING: unique symbol = Symbol('pending')

/** Reads a value that is no atom, given its tag. */
type Container = (decoding: Decoding, first: number, depth: number) => unknown

const noOptions: DecodeOptions = {}
const none: readonly (readonly AttachedRegion[])[] = []

/** The state of one decoding. One is used for message after message. */
export class Decoding extends Reader {
  options: DecodeOptions = noOptions
  readonly #container: Container
  objects: unknown[] = []
  shapes: DecodedShape[] = []
  keys: string[] = []
  attachments = none
  /** Set between LATER and the end of the header that follows it. */
  isLater = false
  /** The level of the container whose header is being read because of LATER. */
  level = 0
  later: Deferred[] = []
  /** Levels above the container whose deferred contents are being read. */
  base = 0
  /** Bound functions and proxies around the one that is being read. */
  chain = 0

  constructor(container: Container) {
    super()
    this.#container = container
  }

  start(bytes: Uint8Array, options: DecodeOptions): void {
    this.read(bytes)
    this.options = options
    if (options.objects !== undefined) this.objects = options.objects
  }

  /** Ready for another message, holding on to nothing of this one. */
  reset(): void {
    this.read(nothing)
    if (this.objects.length > 0 || this.options.objects !== undefined) this.objects = []
    this.options = noOptions
    if (this.shapes.length > 0) this.shapes = []
    if (this.keys.length > 0) this.keys = []
    if (this.later.length > 0) this.later = []
    this.attachments = none
    this.isLater = false
    this.level = 0
    this.base = 0
    this.chain = 0
  }

  value(depth: number): unknown {
    const first = this.bytes[this.at++] as number
    if (first >= tag.SMALL_INTEGER) return first - tag.SMALL_INTEGER
    if (first >= tag.SHORT_STRING) return this.short(first - tag.SHORT_STRING)
    switch (first) {
      case tag.UNDEFINED:
        return undefined
      case tag.NULL:
        return null
      case tag.TRUE:
        return true
      case tag.FALSE:
        return false
      case tag.INTEGER:
        return this.varint()
      case tag.NEGATIVE:
        return -1 - this.varint()
      case tag.DOUBLE:
        return this.double()
      case tag.BIGINT:
        return this.bigint()
      case tag.LATIN:
        return this.latin()
      case tag.WIDE:
        return this.wide()
      case tag.REF:
        return this.#reference()
      default:
        return this.#container(this, first, depth)
    }
  }

  #reference(): unknown {
    const number = this.varint()
    const object = this.objects[number]
    if (number >= this.objects.length || object === PENDING) this.lacks(`object ${number}`)
    return object
  }

  get reveal(): Reveal {
    return this.options.reveal ?? this.refuse('it holds private state of an instance, and none is taken here')
  }

  lacks(what: string): never {
    return this.refuse(`it refers to ${what}, which is not there`)
  }

  /** Takes the mark of LATER off: contents that are read by `fill` come after the root. */
  putOff(fill: () => void): void {
    this.isLater = false
    this.later.push({ level: this.level, fill })
  }
}
