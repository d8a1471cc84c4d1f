import { INSIDE_NOW } from '../bundle-format.ts'
import { CaptureError } from '../capture-error.ts'
import type { Binding } from '../names/scope.ts'
import type { ByReference, ReferenceTable } from '../nodes/reference-table.ts'
import type { FreeName } from '../source/function-code.ts'
import type { Script } from '../source/script.ts'
import type { Cell } from './environments.ts'
import { slotOf } from './instances.ts'

/**
 * Variables that a package keeps at the top of a file and assigns, and that functions which it handed out see. In their place
 * stands an object that has the bundled file's own as a property. What they hold here is put there, where it can travel.
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

  /**
   * What such a variable holds, as a cell beside the one that stands for it; undefined for other variables, and where it can't travel.
   * @param read gives its value and where it was found; throws where it has none
   */
  nowOf(
    { binding, name }: FreeName,
    { instance }: Pick<Cell, 'instance'>,
    read: () => Pick<Cell, 'value' | 'level'>,
    sends: (value: unknown) => boolean,
  ): Cell | undefined {
    if (binding === undefined || !this.taken.has(binding)) return undefined
    try {
      const { value, level } = read()
      if (!sends(value)) return undefined
      return { instance, slot: slotOf(instance.of, INSIDE_NOW + name), name, value, assigned: true, level }
    } catch (error) {
      if (error instanceof CaptureError) return undefined
      throw error
    }
  }
}
