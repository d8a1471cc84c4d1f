import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { displayName } from '../nodes/function-name.ts'
import type { ReferenceTable } from '../nodes/reference-table.ts'
import { isPackaged } from '../nodes/resolve-function.ts'
import { packageOfFile } from '../packages/bundle-refusal.ts'
import { exportValue } from '../packages/export-value.ts'
import { exportedWeak, noteInside } from '../packages/package-index.ts'
import { scriptFacts } from '../source/debugged-scripts.ts'
import { type LiveScope, lookInside } from '../source/inspector.ts'
import { lookAtPrivate } from '../source/private-entries.ts'
import { scriptOf } from '../source/script.ts'

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

/** What the files of the packages' classes above objects hold. */
export class HoldersAbove {
  readonly #known = new Map<object, readonly WeakHolder[]>()
  readonly #own: ReadonlySet<Callable>

  /** @param own functions that travel themselves */
  constructor(own: ReadonlySet<Callable>) {
    this.#own = own
  }

  get areAny(): boolean {
    return [...this.#known.values()].some(found => found.length > 0)
  }

  of(object: object): readonly WeakHolder[] {
    const prototype = Object.getPrototypeOf(object) as object | null
    if (prototype === null || prototype === Object.prototype || types.isProxy(prototype)) return []
    const before = this.#known.get(prototype)
    if (before !== undefined) return before
    const owner: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value
    const here = typeof owner === 'function' && !this.#own.has(owner as Callable) ? holdersOf(owner as Callable) : []
    const found = [...here, ...this.of(prototype)]
    this.#known.set(prototype, found)
    return found
  }
}

const ofPackages = new WeakMap<Callable, boolean>()

function holdersOf(owner: Callable): WeakHolder[] {
  if (types.isProxy(owner) || ofPackages.get(owner) === false) return []
  const { location, scopes } = lookInside(owner)
  const url = location === undefined ? '' : (scriptFacts(location.scriptId)?.url ?? '')
  // In a job all packages are one script.
  const isOfPackage = isPackaged(url) || url.startsWith('picloud-packages:')
  ofPackages.set(owner, isOfPackage)
  if (!isOfPackage || location === undefined) return []
  const name = displayName(owner)
  const statics = lookAtPrivate(owner).map(it => [`${name}.${it.name}`, it.value] as const)
  const held = [...scopes.flatMap(variablesOf), ...statics].filter(([, value]) => isWeak(value))
  if (held.length === 0) return []
  const script = scriptOf(location.scriptId, name)
  return held.map(([variable, value]): WeakHolder => {
    const weak = value as WeakHolder['weak']
    return { name: variable, weak, place: isPackaged(url) && noteInside(weak, script, variable) ? 'inside' : undefined }
  })
}

function variablesOf({ object, description }: LiveScope): (readonly [name: string, value: unknown])[] {
  if (description === 'Global') return []
  return Object.keys(object).map(name => [name, exportValue(object, name)])
}

function isWeak(value: unknown): value is WeakHolder['weak'] {
  return types.isWeakMap(value) || types.isWeakSet(value)
}
