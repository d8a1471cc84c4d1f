import { CloudException } from '../protocol/errors.ts'
import { type Path, renderPath } from './path.ts'

export interface ValueErrorOptions extends ErrorOptions {
  readonly path?: Path | undefined
  /** What the path starts from, as text. Default `value`. */
  readonly root?: string | undefined
  readonly hint?: string | undefined
}

/** A value that can't travel. Its code is `value`; nothing was sent. */
export class ValueError extends CloudException {
  static {
    Object.defineProperty(this.prototype, 'name', { value: 'ValueError', writable: true, configurable: true })
  }

  /** From the encoded value to the part that can't travel; undefined below level 0, where nobody looked. */
  readonly path: Path | undefined
  /** The reason alone, without the path. */
  readonly reason: string

  constructor(reason: string, { path, root, hint, ...options }: ValueErrorOptions = {}) {
    super(path === undefined ? `${reason}.` : `${renderPath(path, root)}: ${reason}.`, {
      ...options,
      code: 'value',
      hint,
    })
    this.reason = reason
    this.path = path
  }
}

/** Thrown inside the encoder, where the path is not known; `encode` looks for it and throws a ValueError. */
export class Refusal extends Error {
  readonly culprit: unknown
  readonly hint: string | undefined

  constructor(culprit: unknown, reason: string, hint?: string, cause?: unknown) {
    super(reason, { cause })
    this.culprit = culprit
    this.hint = hint
  }
}
