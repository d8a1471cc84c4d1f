import type { Binding } from '../names/scope.ts'
import type { ByReference, ReferenceTable } from '../nodes/reference-table.ts'
import type { FreeName } from '../source/function-code.ts'
import type { Script } from '../source/script.ts'

/**
 * Variables that a package keeps at the top of a file and assigns, and that functions which it handed out see. In their place
 * stands an object that has the bundled file's own as a property.
 */
export class InsideVariables {
  readonly taken = new Set<Binding>()
  readonly #references: ReferenceTable

  constructor(references: ReferenceTable) {
    this.#references = references
  }

  take({ binding }: FreeName, script: Script): { readonly value: ByReference } | undefined {
    const reference = binding && this.#references.ofInsideVariable(binding, script)
    if (binding === undefined || reference === undefined) return undefined
    this.taken.add(binding)
    return { value: this.#references.stand(reference) }
  }
}
