import { type BundleSent, sizeOfBundles } from './frames/spec-frame.ts'
import { KEPT_SPEC_BYTES, KEPT_SPECS } from './frames/wire.ts'
import type { Kind } from './kind.ts'

interface Entry {
  readonly id: number
  /** Bytes of all bundles that were sent up to and with this one. */
  readonly at: number
}

/**
 * What one child was told: the specs that it knows, and the package bundles that it has. The child forgets old specs by
 * itself; the parent refers to those only that are at most half as old.
 */
export class Told {
  readonly #specs = new Map<Kind, Entry>()
  readonly #modules = new Set<string>()
  #next = 0
  #bytes = 0

  /** Undefined when the child never heard of it, or may have forgotten. */
  get(kind: Kind): number | undefined {
    const entry = this.#specs.get(kind)
    return entry === undefined || this.#isOld(entry) ? undefined : entry.id
  }

  add(kind: Kind, sent: readonly BundleSent[]): number {
    const id = this.#next++
    this.#bytes += sizeOfBundles(sent)
    this.#specs.delete(kind)
    this.#specs.set(kind, { id, at: this.#bytes })
    for (const [old, entry] of this.#specs) {
      if (!this.#isOld(entry)) break
      this.#specs.delete(old)
    }
    return id
  }

  /** A function's own bundle goes with each spec, package bundles only once. */
  missing([own, ...modules]: readonly BundleSent[]): readonly BundleSent[] {
    const missing = modules.filter(({ hash }) => !this.#modules.has(hash))
    for (const { hash } of missing) this.#modules.add(hash)
    return own === undefined ? missing : [own, ...missing]
  }

  #isOld({ id, at }: Entry): boolean {
    return this.#next - id > KEPT_SPECS / 2 || this.#bytes - at > KEPT_SPEC_BYTES / 2
  }
}
