import { ByReference } from '../nodes/reference-table.ts'

/**
 * Which values can travel of those that may stay behind: what only evaluated text may name. To try one encodes all that it leads
 * to, so at first, without outcomes, they are taken to; who is refused then tries again with them.
 */
export class Trials {
  /** Something was taken along untried. */
  hasAssumed = false
  readonly #outcomes: Map<unknown, boolean> | undefined
  readonly #canTravel: (value: unknown) => boolean

  constructor(outcomes: Map<unknown, boolean> | undefined, canTravel: (value: unknown) => boolean) {
    this.#outcomes = outcomes
    this.#canTravel = canTravel
  }

  readonly sends = (value: unknown): boolean => {
    if ((typeof value !== 'object' && typeof value !== 'function') || value === null || ByReference.is(value))
      return true
    if (this.#outcomes === undefined) {
      this.hasAssumed = true
      return true
    }
    const known = this.#outcomes.get(value)
    if (known !== undefined) return known
    // What is being tried is taken to.
    this.#outcomes.set(value, true)
    const can = this.#canTravel(value)
    this.#outcomes.set(value, can)
    return can
  }
}
