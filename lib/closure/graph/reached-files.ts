import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { isOfPackages } from '../nodes/resolve-function.ts'
import { ownFiles } from '../own-files.ts'
import { exportValue, namesIn } from '../packages/export-value.ts'
import { scriptFacts } from '../source/debugged-scripts.ts'
import { type LiveScope, lookInside } from '../source/inspector.ts'

/** Files that one file of a package is followed to, at most. */
export const MAX_FILES = 200
/** Functions that are looked at on the way, at most: V8 tells which file each is of, in some 40 µs. */
export const MAX_LOOKS = 1_000
/** Properties of an object that are followed, at most: those of the widest namespaces. */
export const MAX_FOLLOWED = 100

interface File {
  readonly scriptId: string
  /** One of its functions. */
  readonly fn: Callable
}

/** By script: the files that it leads to. */
const known = new Map<string, readonly WeakRef<Callable>[]>()
/** By script: the functions that its functions see. */
const seen = new Map<string, readonly WeakRef<Callable>[]>()
/** The script of a function of a package; undefined of others. */
const scripts = new WeakMap<Callable, string | undefined>()

/**
 * The files that a function of a package leads to by what it sees, its own first: of each, one of its functions. What a class
 * keeps of its instances may stand in any of them. None for functions that are of no package.
 */
export function reachedFiles(fn: Callable): readonly Callable[] {
  const scriptId = scriptOfPackage(fn)
  if (scriptId === undefined) return []
  const before = alive(known.get(scriptId) ?? [])
  if (before.length > 0) return before
  const found = follow({ scriptId, fn })
  known.set(scriptId, weakly(found))
  return found
}

function follow(start: File): readonly Callable[] {
  const files = new Map([[start.scriptId, start.fn]])
  const open = new Set(functionsSeen(start))
  let looks = 1
  // A set goes on to what is added meanwhile.
  for (const fn of open) {
    if (looks++ === MAX_LOOKS || files.size === MAX_FILES) break
    const scriptId = scriptOfPackage(fn)
    if (scriptId === undefined || files.has(scriptId)) continue
    files.set(scriptId, fn)
    for (const near of functionsSeen({ scriptId, fn })) open.add(near)
  }
  return [...files.values()]
}

function functionsSeen({ scriptId, fn }: File): readonly Callable[] {
  const before = seen.get(scriptId)
  if (before !== undefined) return alive(before)
  const found = [...new Set(lookInside(fn).scopes.flatMap(valuesIn).flatMap(functionsOf))]
  seen.set(scriptId, weakly(found))
  return found
}

function scriptOfPackage(fn: Callable): string | undefined {
  if (scripts.has(fn)) return scripts.get(fn)
  const { location } = lookInside(fn)
  const scriptId = location !== undefined && isOfPackage(location.scriptId) ? location.scriptId : undefined
  scripts.set(fn, scriptId)
  return scriptId
}

function weakly(functions: readonly Callable[]): readonly WeakRef<Callable>[] {
  return functions.map(fn => new WeakRef(fn))
}

function alive(functions: readonly WeakRef<Callable>[]): readonly Callable[] {
  return functions.flatMap(it => it.deref() ?? [])
}

function isOfPackage(scriptId: string): boolean {
  const url = scriptFacts(scriptId)?.url ?? ''
  return isOfPackages(url) && !url.startsWith(ownFiles)
}

function valuesIn({ object, description }: LiveScope): unknown[] {
  return description === 'Global' ? [] : Object.keys(object).map(name => exportValue(object, name))
}

/** A function, or those that an object holds. */
export function functionsOf(value: unknown): Callable[] {
  if ((typeof value !== 'object' && typeof value !== 'function') || value === null || types.isProxy(value)) return []
  if (typeof value === 'function') return [value as Callable]
  const keys = namesIn(value).slice(0, MAX_FOLLOWED)
  return keys
    .map(key => exportValue(value, key))
    .filter(it => typeof it === 'function' && !types.isProxy(it)) as Callable[]
}
