import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { CaptureError } from '../capture-error.ts'
import type { Binding } from '../names/scope.ts'
import { displayName } from '../nodes/function-name.ts'
import { hostPathOf } from '../nodes/host-modules.ts'
import { packagePathOf } from '../packages/package-index.ts'
import type { FreeName, FunctionCode } from '../source/function-code.ts'
import { placeOf } from '../source/script.ts'
import { exportedVariable } from './exported-variable.ts'
import { HeldNamespaces } from './held-namespaces.ts'
import { takeMembers, viteModule } from './vite-module.ts'

/** A captured function and a name in it. */
export interface Use {
  readonly fn: Callable
  readonly code: FunctionCode
  readonly free: FreeName
  readonly value: unknown
}

interface ImportUse extends Use {
  /** Of a namespace: the member that is meant. */
  readonly member?: string
}

/** Variables that a function which travels assigns and that other files import: there they are one variable too. */
export interface LiveVariables {
  /** Of the exported variables, and of imports of them: its number. */
  readonly numbers: ReadonlyMap<Binding, number>
  /** Of imports of namespaces, by member. */
  readonly members: ReadonlyMap<Binding, ReadonlyMap<string, number>>
}

/**
 * What is imported from the user's own files. There an import sees what its exporter assigns later, and a copy would not:
 * an import of what a function that travels assigns means the same variable there.
 */
export class LiveImports {
  readonly #namespaces = new Map<object, Record<string, unknown>>()
  readonly #imports: ImportUse[] = []
  readonly #assigned: Use[] = []
  /** Members of namespaces so far. */
  members = 0
  readonly held = new HeldNamespaces(namespace => this.#madeOf(namespace))

  /** How much of namespaces travels. */
  get size(): number {
    return this.members + this.held.size
  }

  /** What stands for a value in a cell: of a namespace of the user's, the members that functions use. */
  take(use: Use): unknown {
    const { free } = use
    const ofVite = viteModule(free.binding, use.value)
    const value = ofVite ?? use.value
    if (ofVite !== undefined && !types.isModuleNamespaceObject(ofVite)) return this.#part(free, ofVite)
    if (types.isModuleNamespaceObject(value)) {
      const namespace = value as object
      const isOwn = packagePathOf(namespace) === undefined && hostPathOf(namespace) === undefined
      return isOwn ? this.#namespace(use, namespace) : value
    }
    if (free.binding?.kind === 'import') this.#imports.push(use)
    return value
  }

  /** Of a module as Vite makes it. */
  #part({ members }: FreeName, module: object): object {
    if (members === undefined) return module
    const made = this.#madeOf(module)
    this.members += takeMembers(module, made, members)
    return made
  }

  /** A variable at the top of a file that a function assigns. */
  assigned(use: Use): void {
    if (use.free.binding?.exported === true) this.#assigned.push(use)
  }

  #madeOf(namespace: object): Record<string, unknown> {
    const made = this.#namespaces.get(namespace) ?? (Object.create(null) as Record<string, unknown>)
    this.#namespaces.set(namespace, made)
    return made
  }

  #namespace(use: Use, namespace: object): object {
    const made = this.#madeOf(namespace)
    for (const name of use.free.members ?? Object.keys(namespace)) {
      if (!Object.hasOwn(namespace, name)) continue
      const isNew = !(name in made)
      if (isNew) made[name] = memberOf(namespace as Record<string, unknown>, name, use)
      if (isNew) this.members++
      this.#imports.push({ ...use, value: made[name], member: name })
    }
    return made
  }

  /** @throws {CaptureError} for an import that may mean a variable that is assigned, where that can't be told */
  live(): LiveVariables {
    const numbers = new Map<Binding, number>()
    const members = new Map<Binding, Map<string, number>>()
    const assigned = new Map(this.#assigned.map(use => [use.free.binding as Binding, use]))
    if (assigned.size === 0) return { numbers, members }
    for (const use of this.#assigned) this.held.check(use)
    for (const use of this.#imports) {
      const by = this.#meant(use, assigned)
      if (by === undefined) continue
      const variable = by.free.binding as Binding
      const number = numbers.get(variable) ?? numbers.size
      const imported = use.free.binding as Binding
      numbers.set(variable, number)
      if (use.member === undefined) numbers.set(imported, number)
      else members.set(imported, (members.get(imported) ?? new Map<string, number>()).set(use.member, number))
    }
    return { numbers, members }
  }

  /** Who assigns what an import means; undefined where nobody does. */
  #meant(use: ImportUse, assigned: ReadonlyMap<Binding, Use>): Use | undefined {
    const { code, free, member, value } = use
    const { origin } = free.binding as Binding
    const name = member ?? origin?.path[0]
    if (origin === undefined || name === undefined) return undefined
    const variable = exportedVariable(origin.specifier, name, code.script.url)
    const by = variable && assigned.get(variable)
    if (variable !== undefined && by === undefined) return undefined
    const isHeld = member !== undefined && free.members === undefined
    if (by !== undefined && !isHeld) return by
    // It may be one of those that hold the same.
    const maybe = by ?? assigned.values().find(each => each.code.script !== code.script && Object.is(each.value, value))
    if (maybe === undefined) return undefined
    const { fn, free: of } = maybe
    throw new CaptureError(`it is imported from a file in which ${displayName(fn)} assigns ${of.name}`, {
      path: [displayName(use.fn), free.name],
      place: placeOf(code.script, free.start),
      hint: isHeld
        ? 'Use what you need of the namespace as `name.member`.'
        : 'Export a function that returns it, and call that.',
    })
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
