import type { Kind } from './kind.ts'
import type { BundleSent } from './spec-frame.ts'
import { KEPT_SPECS } from './wire.ts'

/** Specs to which the parent still refers: half of those that the child keeps, as older jobs may lie in it. */
const USED_SPECS = KEPT_SPECS / 2

/** What one child was told: the specs that it knows, and the package bundles that it has. */
export class Told {
  readonly #specs = new Map<Kind, number>()
  readonly #modules = new Set<string>()
  #next = 0

  /** Undefined when the child never heard of it, or may have forgotten. */
  get(kind: Kind): number | undefined {
    return this.#specs.get(kind)
  }

  add(kind: Kind): number {
    const id = this.#next++
    this.#specs.set(kind, id)
    if (this.#specs.size > USED_SPECS)
      for (const [old, each] of this.#specs) if (each <= id - USED_SPECS) this.#specs.delete(old)
    return id
  }

  /** A function's own bundle goes with each spec, package bundles only once. */
  missing([own, ...modules]: readonly BundleSent[]): readonly BundleSent[] {
    const missing = modules.filter(({ hash }) => !this.#modules.has(hash))
    for (const { hash } of missing) this.#modules.add(hash)
    return own === undefined ? missing : [own, ...missing]
  }
}
