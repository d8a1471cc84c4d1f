import type { AttachedRegion } from './decode-binary.ts'
import { Reader } from './reader.ts'

export interface DecodeOptions {
  /** The function or class that travelled under an id. Absent: a value that holds functions is refused. */
  readonly functions?: ((id: number) => Function | undefined) | undefined
  /** Makes of a stand-in the object that it stands for. Absent: a value that holds some is refused. */
  readonly foreign?: ((data: unknown) => unknown) | undefined
  /**
   * Makes an instance for `EncodeOptions.hidden`, or fills it: called first without `hidden` and `instance` to get the
   * empty instance, then, when what was hidden is decoded, with both. Absent: such a value is refused.
   */
  readonly reveal?: Reveal | undefined
  /** Levels of nesting. Default MAX_DEPTH. */
  readonly maxDepth?: number | undefined
  /** Bytes of the message. Default MAX_VALUE_BYTES. */
  readonly maxBytes?: number | undefined
  /** True: large binary data are copies, not views of `bytes`. Default false. */
  readonly copy?: boolean | undefined
}

export interface Reveal {
  create(constructor: Function): object
  fill(instance: object, constructor: Function, hidden: unknown): void
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

/** The state of one decoding. */
export class Decoding extends Reader {
  readonly options: DecodeOptions
  readonly objects: unknown[] = []
  readonly shapes: DecodedShape[] = []
  readonly keys: string[] = []
  attachments: readonly (readonly AttachedRegion[])[] = []
  /** Set between LATER and the end of the header that follows it. */
  isLater = false
  /** The level of the container whose header is being read because of LATER. */
  level = 0
  readonly later: Deferred[] = []
  /** Levels above the container whose deferred contents are being read. */
  base = 0

  constructor(bytes: Uint8Array, options: DecodeOptions) {
    super(bytes)
    this.options = options
  }

  /** Takes the mark of LATER off: contents that are read by `fill` come after the root. */
  putOff(fill: () => void): void {
    this.isLater = false
    this.later.push({ level: this.level, fill })
  }
}
