import { CaptureError } from '../capture-error.ts'
import { firstFrom } from '../names/names.ts'
import { type Reference, withsAround } from '../names/scope.ts'
import type { Edit, FunctionCode } from '../source/function-code.ts'
import { placeOf } from '../source/script.ts'
import type { Cell, Environments } from '../variables/environments.ts'
import { type Instance, slotOf } from '../variables/instances.ts'
import type { LiveVariables } from '../variables/live-imports.ts'
import { propertyOfItself } from './script-writer.ts'

/**
 * A variable that one file exports and assigns, and that another imports, is one variable of the emitted script: beside all
 * files, under a name that no file has. A variable that a package assigns is a property of what the bundled package has.
 */
export class LiveBindings {
  readonly #live: LiveVariables
  readonly #environments: Environments

  constructor(environments: Environments) {
    this.#environments = environments
    this.#live = environments.imports.live()
    for (const number of new Set(this.#live.numbers.values())) slotOf(environments.globals, nameOf(number))
  }

  /** The code with that name in the place of the file's own. */
  share(code: FunctionCode): FunctionCode {
    if (this.#live.numbers.size === 0 && this.#environments.insides.taken.size === 0) return code
    const edits: Edit[] = []
    const { references } = code.script.names
    for (let at = firstFrom(references, code.start, each => each.start); at < references.length; at++) {
      const reference = references[at] as Reference
      if (reference.start >= code.end) break
      const edit = this.#edit(reference)
      const isGone = code.edits.some(({ start, end }) => start <= reference.start && end >= reference.end)
      if (edit !== undefined && !isGone) edits.push(edit)
    }
    if (edits.length === 0) return code
    if (withsAround(code.syntax.scope).length > 0) throw withRefusal(code)
    return { ...code, edits: [...edits, ...code.edits].sort((a, b) => a.start - b.start) }
  }

  #edit({ binding, start, end, shorthand, name, member, memberEnd }: Reference): Edit | undefined {
    const { numbers, members } = this.#live
    const number = binding && numbers.get(binding)
    if (number !== undefined) return { start, end, text: `${shorthand ? `${name}: ` : ''}${nameOf(number)}` }
    if (binding !== undefined && this.#environments.insides.taken.has(binding)) {
      return { start, end, text: `${shorthand ? `${name}: ` : ''}${propertyOfItself(name)}` }
    }
    const ofMember = binding && member !== undefined ? members.get(binding)?.get(member) : undefined
    return ofMember === undefined || memberEnd === undefined
      ? undefined
      : { start, end: memberEnd, text: nameOf(ofMember) }
  }

  /** Where a function's record puts what it saw. */
  placeOf(cell: Cell, { free }: FunctionCode): { readonly instance: Instance; readonly slot: number } {
    if (this.#live.numbers.size === 0) return cell
    const binding = free.find(({ name }) => name === cell.name)?.binding
    const number = binding && this.#live.numbers.get(binding)
    if (number === undefined) return cell
    if (free.some(({ perhaps }) => perhaps)) throw evalRefusal(cell.name)
    const { globals, globalInstance } = this.#environments
    return { instance: globalInstance, slot: slotOf(globals, nameOf(number)) }
  }
}

/** The object may come to have the file's own name. */
function withRefusal({ script, start }: FunctionCode): CaptureError {
  return new CaptureError('it was written inside of `with`, and uses a variable of another file that is assigned', {
    path: [],
    place: placeOf(script, start),
    hint: 'Name the properties that it needs.',
  })
}

/** Evaluated text would look for the file's own name. */
function evalRefusal(name: string): CaptureError {
  return new CaptureError('it is imported elsewhere and assigned, and a function that calls `eval` uses it', {
    path: [name],
    hint: 'Export a function that returns it, and call that.',
  })
}

function nameOf(number: number): string {
  return `picloud$live${number}`
}
