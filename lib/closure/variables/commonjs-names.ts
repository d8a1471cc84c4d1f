import type { FreeName } from '../source/function-code.ts'
import type { LiveScope } from '../source/inspector.ts'
import type { Script } from '../source/script.ts'
import type { CompiledExports } from './compiled-exports.ts'
import type { LiveImports } from './live-imports.ts'
import type { Places } from './places.ts'

/** What a file is and gives; all else of CommonJS's `module` belongs to the process. */
const carried: ReadonlySet<string> = new Set(['exports', 'filename', 'id', 'path'])

/** What CommonJS's own names hold: `module` as an object with what functions use of it, one for each file. */
export class CommonJsNames {
  readonly #made = new Map<object, Record<string, unknown>>()
  readonly #imports: LiveImports
  readonly #places: Places
  readonly #compiled: CompiledExports

  constructor(imports: LiveImports, places: Places, compiled: CompiledExports) {
    this.#compiled = compiled
    this.#imports = imports
    this.#places = places
  }

  /** Undefined for names that mean something else, and for what can't travel. */
  take(free: FreeName, script: Script, scopes: readonly LiveScope[], read: () => unknown): unknown {
    const { name, writes, members } = free
    if (name === '__filename' || name === '__dirname') return this.#places.take(free, script, scopes)?.value ?? read()
    if (name === 'exports') return this.#compiled.take(free, read())
    return name === 'module' && !writes ? this.#module(read(), members) : undefined
  }

  #module(module: unknown, members: ReadonlySet<string> | undefined): object | undefined {
    if (typeof module !== 'object' || module === null || members === undefined) return undefined
    if (!members.isSubsetOf(carried)) return undefined
    const made = this.#made.get(module) ?? {}
    this.#made.set(module, made)
    for (const name of members) {
      const slot = Object.getOwnPropertyDescriptor(module, name)
      if (slot === undefined || !('value' in slot)) return undefined
      if (name in made) continue
      made[name] = slot.value
      this.#imports.members++
    }
    return made
  }
}
