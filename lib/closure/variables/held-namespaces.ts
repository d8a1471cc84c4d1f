import { types } from 'node:util'
import * as own from '../../value/captured.ts'
import { Refusal } from '../../value/value-error.ts'
import { CaptureError } from '../capture-error.ts'
import { displayName } from '../nodes/function-name.ts'
import { placeOf } from '../source/script.ts'
import type { Use } from './live-imports.ts'

/**
 * Namespaces of the user's files that stand in data, as in `{ shapes }` of `import * as shapes`. In their place travels an
 * object with their exports: the same that variables hold which were imported. That is seen only when the encoder meets one, so
 * it passes once more then.
 */
export class HeldNamespaces {
  readonly #made: (namespace: object) => Record<string, unknown>
  readonly #held = new Map<object, Record<string, unknown>>()

  /** @param made what travels in the place of a namespace, so far */
  constructor(made: (namespace: object) => Record<string, unknown>) {
    this.#made = made
  }

  get size(): number {
    return this.#held.size
  }

  /** Whether it is one that was not met before. @throws {Refusal} where an export is not initialised yet */
  take(object: object): boolean {
    if (own.getPrototypeOf(object) !== null || !types.isModuleNamespaceObject(object)) return false
    if (this.#held.has(object)) return false
    if (!isInitialised(object)) {
      const hint = 'Send it after its modules are loaded.'
      throw new Refusal(object, 'it is a namespace with exports that are not initialised yet', hint)
    }
    const made = this.#made(object)
    for (const name of Object.keys(object)) made[name] = (object as Record<string, unknown>)[name]
    this.#held.set(object, made)
    return true
  }

  /** What is encoded in the place of an object: mostly itself. Undefined where there is no namespace. */
  get instead(): ((object: object) => object) | undefined {
    return this.size === 0 ? undefined : object => this.#held.get(object) ?? object
  }

  /** @throws {CaptureError} where one of them has what a function assigns: of which file it is can't be told */
  check({ fn, code, free, value }: Use): void {
    for (const held of this.#held.values()) {
      if (!Object.values(held).some(it => Object.is(it, value))) continue
      throw new CaptureError('it is assigned, and data that the job gets hold a namespace that may have it', {
        path: [displayName(fn), free.name],
        place: placeOf(code.script, free.start),
        hint: 'Hold what you need of the namespace, as functions, in its place.',
      })
    }
  }
}

function isInitialised(namespace: object): boolean {
  try {
    Object.values(namespace)
    return true
  } catch {
    return false
  }
}
