import type { WireReference } from '../bundle-format.ts'
import type { PackageUse } from '../packages/entry-text.ts'
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
  readonly packages: PackageUse[] = []
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

  /** @param members that are used of the namespace, where `path` is that and no other can be */
  ofPackage({ entry, path }: PackagePath, members?: ReadonlySet<string>): WireReference {
    const { file, by } = entry
    let number = this.packages.findIndex(({ entry: it }) => it.file === file && it.by === by)
    if (number < 0) number = this.packages.push({ entry, members: new Set() }) - 1
    const use = this.packages[number] as PackageUse
    const [first] = path
    if (first === undefined && members === undefined) use.members = undefined
    else for (const name of first === undefined ? (members as ReadonlySet<string>) : [first]) use.members?.add(name)
    return ['module', `m${number}`, ...path]
  }
}
