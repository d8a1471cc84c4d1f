import type { WireReference } from '../bundle-format.ts'
import type { PackageEntry } from '../packages/bundle-packages.ts'
import type { PackagePath } from '../packages/package-index.ts'

/** Stands in a cell for what travels by reference. */
export class ByReference {
  /** In the message's table. */
  readonly index: number
  readonly #own = true

  /** Asks no prototype, as that of a proxy is its trap's to tell. */
  static is(value: unknown): value is ByReference {
    return typeof value === 'object' && value !== null && #own in value && value.#own
  }

  constructor(index: number) {
    this.index = index
  }
}

/** What a message takes by reference, each once. */
export class ReferenceTable {
  readonly all: WireReference[] = []
  readonly packages: PackageEntry[] = []
  readonly #numbers = new Map<string, number>()

  /** Its number; it gets the next one when it is new. */
  add(reference: WireReference): number {
    const key = JSON.stringify(reference)
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.all.length)
    return this.all.push(reference) - 1
  }

  stand(reference: WireReference): ByReference {
    return new ByReference(this.add(reference))
  }

  ofPackage({ entry, path }: PackagePath): WireReference {
    const { specifier, from, by } = entry
    let number = this.packages.findIndex(it => it.specifier === specifier && it.from === from && it.by === by)
    if (number < 0) number = this.packages.push(entry) - 1
    return ['module', `m${number}`, ...path]
  }
}
