import type { BundleHeader } from '../bundle-format.ts'
import { refuse } from './open-bundle.ts'

/**
 * The objects of `with` blocks. They are there before the functions that see them, which what they hold may be: so they
 * are made empty.
 */
export class WithBlocks {
  /** By instance. */
  readonly #numbers = new Map<number, number>()
  readonly #made = new Map<number, object>()
  readonly #references: readonly unknown[]

  constructor({ withs = [] }: BundleHeader, references: readonly unknown[]) {
    this.#references = references
    for (let at = 0; at < withs.length; at += 2) this.#numbers.set(withs[at] as number, withs[at + 1] as number)
    for (const number of this.#numbers.values()) if (number >= 0) this.#made.set(number, {})
  }

  /** What an instance is a block of; undefined for others. */
  objectOf(instance: number): object | undefined {
    const number = this.#numbers.get(instance)
    if (number === undefined || number >= 0) return this.#made.get(number ?? -1)
    const found = this.#references[-1 - number]
    if ((typeof found !== 'object' && typeof found !== 'function') || found === null) throw unknown()
    return found
  }

  object(number: number): object {
    const made = this.#made.get(number)
    if (made === undefined) throw unknown()
    return made
  }

  /** Gives an instance's object what a copy has; false where it is none that is to be filled. */
  fill(instance: number, copy: unknown): boolean {
    const number = this.#numbers.get(instance)
    if (number === undefined) return false
    if (typeof copy !== 'object' || copy === null || number < 0) throw unknown()
    const made = this.object(number)
    // Blocks may have one object.
    if (Object.isExtensible(made)) give(made, copy)
    return true
  }
}

function give(made: object, copy: object): void {
  Object.setPrototypeOf(made, Object.getPrototypeOf(copy) as object | null)
  Object.defineProperties(made, Object.getOwnPropertyDescriptors(copy))
  if (!Object.isExtensible(copy)) Object.preventExtensions(made)
}

function unknown(): Error {
  return refuse('the object of a `with` block is not here')
}
