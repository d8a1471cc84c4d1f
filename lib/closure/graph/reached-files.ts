import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { isPackaged } from '../nodes/resolve-function.ts'
import { ownFiles } from '../own-files.ts'
import { exportValue } from '../packages/export-value.ts'
import { scriptFacts } from '../source/debugged-scripts.ts'
import { type LiveScope, lookInside } from '../source/inspector.ts'

/** Files that one file of a package is followed to, at most. */
export const MAX_FILES = 200
/** Functions that are looked at on the way, at most: V8 tells which file each is of, in some 40 µs. */
export const MAX_LOOKS = 1_000
/** Properties of an object that are followed, at most: those of the widest namespaces. */
export const MAX_FOLLOWED = 100

const known = new Map<string, readonly WeakRef<Callable>[]>()

/**
 * The files that a function of a package leads to by what it sees, its own first: of each, one of its functions. What a class
 * keeps of its instances may stand in any of them. None for functions that are of no package.
 */
export function reachedFiles(fn: Callable): readonly Callable[] {
  const { location } = lookInside(fn)
  if (location === undefined || !isOfPackage(location.scriptId)) return []
  const before = known.get(location.scriptId)?.flatMap(it => it.deref() ?? [])
  if (before !== undefined && before.length > 0) return before
  const found = follow(fn)
  known.set(
    location.scriptId,
    found.map(it => new WeakRef(it)),
  )
  return found
}

function follow(start: Callable): readonly Callable[] {
  const files = new Map<string, Callable>()
  const open = new Set([start])
  let looks = 0
  // A set goes on to what is added meanwhile.
  for (const fn of open) {
    if (looks++ === MAX_LOOKS || files.size === MAX_FILES) break
    const { location, scopes } = lookInside(fn)
    if (location === undefined || files.has(location.scriptId) || !isOfPackage(location.scriptId)) continue
    files.set(location.scriptId, fn)
    for (const value of scopes.flatMap(valuesIn)) for (const near of functionsOf(value)) open.add(near)
  }
  return [...files.values()]
}

/** In a job all packages are one script. */
function isOfPackage(scriptId: string): boolean {
  const url = scriptFacts(scriptId)?.url ?? ''
  return (isPackaged(url) && !url.startsWith(ownFiles)) || url.startsWith('picloud-packages:')
}

function valuesIn({ object, description }: LiveScope): unknown[] {
  return description === 'Global' ? [] : Object.keys(object).map(name => exportValue(object, name))
}

function functionsOf(value: unknown): Callable[] {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || types.isProxy(value)) return []
  if (typeof value === 'function') return [value as Callable]
  const keys = Object.getOwnPropertyNames(value).slice(0, MAX_FOLLOWED)
  return keys
    .map(key => exportValue(value, key))
    .filter(it => typeof it === 'function' && !types.isProxy(it)) as Callable[]
}
