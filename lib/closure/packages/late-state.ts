import { fileURLToPath } from 'node:url'
import { types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { scriptFacts } from '../source/debugged-scripts.ts'
import { releaseRemotes } from '../source/end-of-capture.ts'
import { lookInside } from '../source/inspector.ts'
import type { PackageUse } from './entry-text.ts'
import { exportValue } from './export-value.ts'
import { type FreshState, labelOf } from './fresh-state.ts'
import type { ModuleBundle } from './module-bundle.ts'
import { forgetPath, liveRoots, notePath } from './package-index.ts'

/** A property that something of a package has here and not where the package was just loaded. */
export interface Late {
  readonly object: object
  readonly key: string | symbol
  readonly slot: PropertyDescriptor
}

interface Standing {
  readonly value: unknown
  readonly path: readonly string[]
  /** Its number among what was just loaded. */
  readonly fresh: number
}

/**
 * What packages came to hold since they were loaded: made as they were used, or put there by the program.
 * @param files that are in the bundle
 * @param isOfProcess of what Node and the language bring: packages hold that too, and it is not theirs
 */
export function lateState(
  uses: readonly PackageUse[],
  fresh: FreshState,
  files: readonly string[],
  isOfProcess: (value: object) => boolean,
): Late[] {
  const found: Late[] = []
  const own = new Set(files)
  const functions = new Set(fresh.functions)
  const seen = new Set<object>()
  for (const [number, use] of uses.entries()) {
    const queue = liveRoots(use).map((root): Standing => {
      return { ...root, fresh: fresh.roots[JSON.stringify([`m${number}`, ...root.path])] ?? -1 }
    })
    for (const standing of queue) {
      const { value, path } = standing
      const held = fresh.objects[standing.fresh]
      if (held === undefined || !isOpen(value) || seen.has(value) || isOfProcess(value)) continue
      seen.add(value)
      const late = compare(value, held, { own, functions }, (key, below) => {
        queue.push({ value: exportValue(value, key), path: [...path, key], fresh: below })
      })
      found.push(...late)
      if (late.length > 0) notePath(value, { entry: use.entry, path })
      for (const { key, slot } of late) if (isObject(slot.value)) forgetPath(slot.value, [...path, key])
    }
  }
  return found
}

interface Fresh {
  /** Files that are in the bundle. */
  readonly own: ReadonlySet<string>
  /** See `FreshState`. */
  readonly functions: ReadonlySet<number>
}

/** What one object has that is late; tells of what it has there too. */
function compare(
  object: object,
  held: Readonly<Record<string, number>>,
  { own, functions }: Fresh,
  both: (key: string, below: number) => void,
): Late[] {
  const late: Late[] = []
  // They have what they have.
  const isNamespace = types.isModuleNamespaceObject(object)
  for (const key of Reflect.ownKeys(object)) {
    const below = held[labelOf(key)]
    const slot = isNamespace ? undefined : Object.getOwnPropertyDescriptor(object, key)
    const isOther = below === undefined || isForeign(slot?.value, own) || isReplaced(slot?.value, below, functions)
    if (slot !== undefined && isOther) late.push({ object, key, slot })
    else if (below !== undefined && below >= 0 && typeof key === 'string') both(key, below)
  }
  return late
}

/** What packages compute when it is first asked for, they keep in the place of the function that computes it. */
function isReplaced(value: unknown, below: number, functions: ReadonlySet<number>): boolean {
  return typeof value === 'object' && value !== null && functions.has(below)
}

/** Lists are data. */
function isOpen(value: unknown): value is object {
  if (!isObject(value) || types.isProxy(value)) return false
  return !Array.isArray(value) && !ArrayBuffer.isView(value)
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}

/** How far below what is used functions are looked for that are not the package's. */
const DEPTH = 2
const MAX_OBJECTS = 2_000

/** Whether the program, or a plugin, put functions on what is used of packages: those of files that are not in the bundle. */
export function hasForeignFunctions(uses: readonly PackageUse[], { files }: ModuleBundle): boolean {
  const own = new Set(files)
  const seen = new Set<object>()
  let level: unknown[] = uses.flatMap(use => liveRoots(use).map(({ value }) => value))
  try {
    for (let depth = 0; depth <= DEPTH; depth++) {
      const open = level.filter(isOpen).filter(value => !seen.has(value))
      level = []
      for (const value of open.slice(0, MAX_OBJECTS)) {
        seen.add(value)
        const held = heldIn(value)
        if (!types.isModuleNamespaceObject(value) && held.some(it => isForeign(it, own))) return true
        level.push(...held)
      }
    }
    return false
  } finally {
    releaseRemotes()
  }
}

function heldIn(value: object): unknown[] {
  const keys = Object.getOwnPropertyNames(value).filter(key => key !== 'constructor')
  if (types.isModuleNamespaceObject(value)) return keys.map(key => exportValue(value, key))
  return keys.map(key => Object.getOwnPropertyDescriptor(value, key)?.value as unknown)
}

const filesOf = new WeakMap<object, string>()

function isForeign(fn: unknown, own: ReadonlySet<string>): boolean {
  if (typeof fn !== 'function' || types.isProxy(fn)) return false
  const known = filesOf.get(fn) ?? fileOf(fn as Callable)
  filesOf.set(fn, known)
  return known !== '' && !own.has(known)
}

/** Of a function; empty where it is in none. */
function fileOf(fn: Callable): string {
  const { location } = lookInside(fn)
  const url = location === undefined ? '' : (scriptFacts(location.scriptId)?.url ?? '')
  if (url.startsWith('/')) return url
  return url.startsWith('file:') ? fileURLToPath(url.replace(/[?#].*$/, '')) : ''
}
