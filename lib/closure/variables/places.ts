import { existsSync } from 'node:fs'
import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { CaptureError } from '../capture-error.ts'
import { displayName } from '../nodes/function-name.ts'
import type { ByReference, ReferenceTable } from '../nodes/reference-table.ts'
import { type Asset, assetAt, isUnchanged, refusalOfSizes } from '../packages/asset.ts'
import type { FreeName, FunctionCode } from '../source/function-code.ts'
import { type LiveScope, levelOf } from '../source/inspector.ts'
import { isMetaName, placeContext } from '../source/named-places.ts'
import { type FilePlace, placeOfExpression, placeOfMeta } from '../source/place-expression.ts'
import { placeOf, type Script } from '../source/script.ts'

/**
 * Where files of the user's lie. What functions name by the place of their own file travels; there it lies in a folder of the
 * worker's, in which the files of a project lie as in the project. What says a place (`import.meta.url`, `__dirname`, constants made of them)
 * so is by reference: it means that folder where the function takes files along, else the place here.
 */
export class Places {
  /** By path. */
  readonly assets = new Map<string, Asset>()
  /** Places that are named, and at which nothing was. */
  readonly #empty = new Set<string>()
  readonly #references: ReferenceTable
  readonly #stands = new Map<string, ByReference>()
  readonly #metas = new WeakMap<object, object>()

  constructor(references: ReferenceTable) {
    this.#references = references
  }

  /** Takes the files along that a function names. @throws {CaptureError} for what can't travel */
  enter(fn: Callable, { places, script }: FunctionCode): void {
    const here = places.length === 0 ? undefined : placeContext(script)?.here
    if (here === undefined) return
    const refuse = ({ why, hint }: { why: string; hint: string }, start: number): CaptureError =>
      new CaptureError(why, { path: [displayName(fn)], place: placeOf(script, start), hint })
    for (const named of places) {
      const found = assetAt(named, here)
      if (found === undefined) {
        if (!existsSync(named.path)) this.#empty.add(named.path)
        continue
      }
      if ('why' in found) throw refuse(found, named.start)
      this.assets.set(found.path, found)
      const over = refusalOfSizes([...this.assets.values()])
      if (over !== undefined) throw refuse(over, named.start)
    }
  }

  /** Whether what was found at the places is there still, as it was, and nothing else. */
  areAsBefore(): boolean {
    return [...this.assets.values()].every(isUnchanged) && ![...this.#empty].some(path => existsSync(path))
  }

  inOrder(): readonly Asset[] {
    return [...this.assets.values()].sort((a, b) => (a.path < b.path ? -1 : 1))
  }

  /** What stands for a variable that says a place; undefined for any other. */
  take(
    { name, binding, members }: FreeName,
    script: Script,
    scopes: readonly LiveScope[],
  ): { readonly value: unknown } | undefined {
    const context = placeContext(script)
    if (context === undefined) return undefined
    const level = levelOf(scopes, name)
    const live = readable(scopes, level, name)
    if (isMetaName(name) && members?.difference(metaMembers).size === 0) return this.#meta(live, context.here)
    let place: FilePlace | undefined
    if (binding !== undefined) place = binding.init && placeOfExpression(binding.init, context)
    else if (level >= 0) place = placeOfMeta(name.replace(/^__/, ''), context.here)
    if (place === undefined || (level >= 0 && textOf(live) !== place.text)) return undefined
    return { value: this.#stand(place) }
  }

  #stand({ form, text }: FilePlace): ByReference {
    const key = `${form} ${text}`
    const known = this.#stands.get(key)
    if (known !== undefined) return known
    const made = this.#references.stand(['place', form, text])
    this.#stands.set(key, made)
    return made
  }

  /** What compilers to CommonJS and test runners put in the place of `import.meta`. */
  #meta(live: unknown, here: string): { readonly value: unknown } | undefined {
    if (typeof live !== 'object' || live === null) return undefined
    const known = this.#metas.get(live)
    if (known !== undefined) return { value: known }
    const made: Record<string, unknown> = {}
    for (const member of metaMembers) {
      const value: unknown = Object.getOwnPropertyDescriptor(live, member)?.value
      const place = placeOfMeta(member, here)
      if (place !== undefined && place.text === value) made[member] = this.#stand(place)
      else if (value !== undefined) made[member] = value
    }
    this.#metas.set(live, made)
    return { value: made }
  }
}

const metaMembers: ReadonlySet<string> = new Set(['url', 'filename', 'dirname'])

function readable(scopes: readonly LiveScope[], level: number, name: string): unknown {
  try {
    return scopes[level]?.object[name]
  } catch {
    // Not initialised yet: who reads it for its value says so.
    return undefined
  }
}

const hrefOf = Object.getOwnPropertyDescriptor(URL.prototype, 'href')?.get

/** Of a text or a `URL` of Node's own. */
function textOf(live: unknown): unknown {
  if (typeof live !== 'object' || live === null || types.isProxy(live)) return live
  return Object.getPrototypeOf(live) === URL.prototype && Reflect.ownKeys(live).length === 0 ? hrefOf?.call(live) : live
}
