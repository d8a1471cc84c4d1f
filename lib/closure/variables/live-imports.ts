import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { CaptureError } from '../capture-error.ts'
import type { Binding } from '../names/scope.ts'
import { displayName } from '../nodes/function-name.ts'
import { hostPathOf } from '../nodes/host-modules.ts'
import { packagePathOf } from '../packages/package-index.ts'
import type { FreeName, FunctionCode } from '../source/function-code.ts'
import { placeOf } from '../source/script.ts'

/** A captured function and a name in it. */
interface Use {
  readonly fn: Callable
  readonly code: FunctionCode
  readonly free: FreeName
  readonly value: unknown
}

/**
 * What is imported from the user's own files. There an import sees what its exporter assigns later; here it is a copy.
 * So an import of what a function that travels assigns is refused.
 */
export class LiveImports {
  readonly #namespaces = new Map<object, Record<string, unknown>>()
  readonly #imports: Use[] = []
  readonly #assigned: Use[] = []
  /** Members of namespaces so far. */
  members = 0

  /** What stands for a value in a cell: of a namespace of the user's, the members that functions use. */
  take(use: Use): unknown {
    const { value, free } = use
    if (types.isModuleNamespaceObject(value)) {
      const namespace = value as object
      const isOwn = packagePathOf(namespace) === undefined && hostPathOf(namespace) === undefined
      return isOwn ? this.#namespace(use, namespace) : value
    }
    if (free.binding?.kind === 'import') this.#imports.push(use)
    return value
  }

  /** A variable at the top of a file that a function assigns. */
  assigned(use: Use): void {
    if (use.free.binding?.exported === true) this.#assigned.push(use)
  }

  #namespace(use: Use, namespace: object): object {
    const known = this.#namespaces.get(namespace)
    const made = known ?? (Object.create(null) as Record<string, unknown>)
    if (known === undefined) this.#namespaces.set(namespace, made)
    for (const name of use.free.members ?? Object.keys(namespace)) {
      if (name in made || !Object.hasOwn(namespace, name)) continue
      made[name] = memberOf(namespace as Record<string, unknown>, name, use)
      this.members++
      this.#imports.push({ ...use, value: made[name] })
    }
    return made
  }

  /** @throws {CaptureError} for an import of a variable that is assigned there */
  check(): void {
    for (const { free, value, fn, code } of this.#assigned) {
      const binding = free.binding as Binding
      for (const use of this.#imports) {
        if (use.code.script === code.script || !Object.is(use.value, value)) continue
        throw new CaptureError(`it is imported from a file in which ${displayName(fn)} assigns ${binding.name}`, {
          path: [displayName(use.fn), use.free.name],
          place: placeOf(use.code.script, use.free.start),
          hint: 'Export a function that returns it, and call that.',
        })
      }
    }
  }
}

function memberOf(namespace: Record<string, unknown>, name: string, { fn, code, free }: Use): unknown {
  try {
    return namespace[name]
  } catch (cause) {
    throw new CaptureError('it is not initialised yet', {
      path: [displayName(fn), free.name, name],
      place: placeOf(code.script, free.start),
      hint: 'Send the function after its modules are loaded.',
      cause,
    })
  }
}
