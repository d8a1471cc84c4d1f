import type { BundleHeader } from '../bundle-format.ts'

/**
 * The objects of `with` blocks. They are there before the functions that see them, which what they hold may be: so they
 * are made empty.
 */
export class WithBlocks {
  /** By number. */
  readonly made: object[] = []
  readonly #ofInstances = new Map<number, unknown>()

  constructor({ withs = [] }: BundleHeader, references: readonly unknown[]) {
    for (let at = 0; at < withs.length; at += 2) {
      const number = withs[at + 1] as number
      if (number >= 0) this.made[number] ??= {}
      this.#ofInstances.set(withs[at] as number, number < 0 ? references[-1 - number] : this.made[number])
    }
  }

  /** What an instance is a block of; undefined for others. */
  of(instance: number): unknown {
    return this.#ofInstances.get(instance)
  }

  /** Gives an instance's object what a copy of it has. */
  fill(instance: number, copy: object): void {
    const made = this.of(instance) as object
    if (!this.made.includes(made)) return
    Object.setPrototypeOf(made, Object.getPrototypeOf(copy) as object | null)
    Object.defineProperties(made, Object.getOwnPropertyDescriptors(copy))
    // What its properties can't do they have from their descriptors.
    if (!Object.isExtensible(copy)) Object.preventExtensions(made)
  }
}
