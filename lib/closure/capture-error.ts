import { CloudException } from '../protocol/errors.ts'

/** Where in the user's files something stands. */
export interface SourcePlace {
  /** The URL of the file, or what stands for it where code has none. */
  readonly url: string
  /** Counted from 1. */
  readonly line: number
  /** Counted from 1. */
  readonly column: number
}

export interface CaptureErrorOptions extends ErrorOptions {
  /** From the function that was to travel to what cannot: names of functions, variables and properties. */
  readonly path: readonly string[]
  readonly place?: SourcePlace | undefined
  /** What to do instead, in sentences. */
  readonly hint: string
}

/** A function, or something that it captured, can't travel. Thrown before anything is sent. */
export class CaptureError extends CloudException {
  static {
    Object.defineProperty(this.prototype, 'name', { value: 'CaptureError', writable: true, configurable: true })
  }

  /** From the function that was to travel to what cannot. */
  readonly path: readonly string[]
  /** Why, without path and place. */
  readonly reason: string
  /** The function at fault, in the user's files. */
  declare readonly place: SourcePlace | undefined

  /** `why` is a sentence's end: `a WeakMap can’t be sent, because …`. */
  constructor(why: string, { path, place, hint, ...options }: CaptureErrorOptions) {
    const at = place === undefined ? '' : ` (${place.url}:${place.line}:${place.column})`
    super(`${path.join(' → ')}: ${why}${at}.`, { ...options, code: 'capture', hint })
    this.path = path
    this.reason = why
    if (place !== undefined) Object.assign(this, { place })
  }
}
