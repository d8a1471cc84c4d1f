import type { WireReference } from './bundle-format.ts'

/** What a message takes by reference, each once. */
export class ReferenceTable {
  readonly all: WireReference[] = []
  readonly #numbers = new Map<string, number>()

  /** Its number; it gets the next one when it is new. */
  add(reference: WireReference): number {
    const key = JSON.stringify(reference)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.all.length)
    return this.all.push(reference) - 1
  }
}

/** Stands in a cell for what travels by reference. */
export class ByReference {
  /** In the message's table. */
  readonly index: number

  constructor(index: number) {
    this.index = index
  }
}
