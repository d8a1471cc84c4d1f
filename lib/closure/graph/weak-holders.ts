import { types } from 'node:util'
import { type Callable, functionText } from '../../value/captured.ts'
import { displayName } from '../nodes/function-name.ts'
import type { ReferenceTable } from '../nodes/reference-table.ts'
import { isPackaged } from '../nodes/resolve-function.ts'
import { packageOfFile } from '../packages/bundle-refusal.ts'
import { exportValue, namesIn } from '../packages/export-value.ts'
import { exportedWeak, noteInside } from '../packages/package-index.ts'
import { type LiveScope, lookInside } from '../source/inspector.ts'
import { lookAtPrivate } from '../source/private-entries.ts'
import { scriptOf } from '../source/script.ts'
import { reachedFiles } from './reached-files.ts'

/** A WeakMap or WeakSet of a package. */
export interface WeakHolder {
  readonly name: string
  readonly weak: WeakMap<object, unknown> | WeakSet<object>
  /** Where the receiver finds its own: as what the package exports, only inside of a file, or as what travels itself; undefined for nowhere. */
  readonly place: 'export' | 'inside' | 'itself' | undefined
}

const hasInMap = WeakMap.prototype.has
const hasInSet = WeakSet.prototype.has
const getOfMap = WeakMap.prototype.get

export function isHeldBy({ weak }: WeakHolder, object: object): boolean {
  return Reflect.apply(types.isWeakMap(weak) ? hasInMap : hasInSet, weak, [object]) as boolean
}

/** Undefined in a WeakSet. */
export function heldFor({ weak }: WeakHolder, object: object): unknown {
  return types.isWeakMap(weak) ? Reflect.apply(getOfMap, weak, [object]) : undefined
}

/** Those that stand below the exports of packages that a message uses. */
export function exportedHolders({ packages }: ReferenceTable): WeakHolder[] {
  const used = new Set(packages.map(({ entry }) => packageOfFile(entry.file)))
  return exportedWeak()
    .filter(([, { entry }]) => used.has(packageOfFile(entry.file)))
    .map(([weak, { path }]) => ({ name: path.join('.'), weak, place: 'export' }))
}

/** What the files hold that packages' classes above objects lead to, and their functions. */
export class HoldersBeside {
  readonly #known = new Set<object>()
  /** By prototype, what its class leads to. */
  readonly #ofClasses = new Map<object, ReadonlySet<object>>()
  readonly #files = new Map<Callable, readonly WeakHolder[]>()
  readonly #own: ReadonlySet<Callable>
  readonly #all = new Map<object, WeakHolder>()

  /** @param own classes and functions that travel themselves */
  constructor(own: ReadonlySet<Callable>) {
    this.#own = own
  }

  get all(): readonly WeakHolder[] {
    return [...this.#all.values()]
  }

  /** Looks at the classes above an object. */
  meet(object: object): void {
    let prototype = Object.getPrototypeOf(object) as object | null
    while (prototype !== null && prototype !== Object.prototype && !types.isProxy(prototype)) {
      if (this.#known.has(prototype)) return
      this.#known.add(prototype)
      const owner: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
      if (typeof owner === 'function' && !this.#own.has(owner as Callable)) {
        this.#ofClasses.set(prototype, this.meetFunction(owner as Callable))
      }
      prototype = Object.getPrototypeOf(prototype) as object | null
    }
  }

  /** @returns what a function leads to */
  meetFunction(fn: Callable): ReadonlySet<object> {
    const found = new Set<object>()
    if (types.isProxy(fn) || isOfUser.has(fn)) return found
    const files = reachedFiles(fn)
    if (files.length === 0) isOfUser.add(fn)
    const held = [...privateStatics(fn), ...files.flatMap(file => this.#heldIn(file))]
    for (const holder of held) {
      found.add(holder.weak)
      if (!this.#all.has(holder.weak)) this.#all.set(holder.weak, holder)
    }
    return found
  }

  #heldIn(file: Callable): readonly WeakHolder[] {
    const known = this.#files.get(file)
    if (known !== undefined) return known
    const found = holdersIn(file)
    this.#files.set(file, found)
    return found
  }

  /** Whether a holder is one that an object's class, or one above it, leads to. */
  isOfItsClass({ weak }: WeakHolder, object: object): boolean {
    let at = types.isProxy(object) ? null : object
    while (at !== null && !types.isProxy(at)) {
      if (this.#ofClasses.get(at)?.has(weak) === true) return true
      at = Object.getPrototypeOf(at) as object | null
    }
    return false
  }
}

/** Functions that are of no package. */
const isOfUser = new WeakSet<object>()

function privateStatics(owner: Callable): WeakHolder[] {
  if (isOfUser.has(owner) || !functionText(owner).includes('#')) return []
  return lookAtPrivate(owner).flatMap(({ name, value }) =>
    isWeak(value) ? [{ name: `${displayName(owner)}.${name}`, weak: value, place: undefined }] : [],
  )
}

/** Those that variables of a file hold, and objects in these. */
function holdersIn(fn: Callable): WeakHolder[] {
  const { location, scopes } = lookInside(fn)
  const held = scopes.flatMap(variablesOf).flatMap(([name, value]) => weakIn([name], value))
  if (held.length === 0 || location === undefined) return []
  const { scriptId } = location
  return held.map(({ path, weak }): WeakHolder => {
    let place: WeakHolder['place'] | null = null
    return {
      name: path.join('.'),
      weak,
      // Most hold nothing that travels.
      get place() {
        if (place !== null) return place
        const script = scriptOf(scriptId, displayName(fn))
        place = isPackaged(script.url) && noteInside(weak, script, path) ? 'inside' : undefined
        return place
      },
    }
  })
}

interface Held {
  readonly path: readonly [variable: string, ...below: string[]]
  readonly weak: WeakHolder['weak']
}

function weakIn(path: Held['path'], value: unknown): Held[] {
  if (isWeak(value)) return [{ path, weak: value }]
  if (typeof value !== 'object' || value === null || types.isProxy(value) || path.length > 1) return []
  if (types.isModuleNamespaceObject(value) || Array.isArray(value)) return []
  return namesIn(value).flatMap(key => {
    const below: unknown = Object.getOwnPropertyDescriptor(value, key)?.value
    return isWeak(below) ? [{ path: [...path, key] as const, weak: below }] : []
  })
}

function variablesOf({ object, description }: LiveScope): (readonly [name: string, value: unknown])[] {
  if (description === 'Global') return []
  return Object.keys(object).map(name => [name, exportValue(object, name)])
}

function isWeak(value: unknown): value is WeakHolder['weak'] {
  return types.isWeakMap(value) || types.isWeakSet(value)
}
