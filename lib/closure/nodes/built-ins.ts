import { builtinModules, isBuiltin } from 'node:module'
import { promisify, types } from 'node:util'
import type { Callable } from '../../value/captured.ts'
import { emitterSymbols } from '../../value/emitter-symbols.ts'
import { EMITTER_SYMBOLS, PROMISIFIED } from '../bundle-format.ts'
import { scriptFacts } from '../source/debugged-scripts.ts'
import { lookInside } from '../source/inspector.ts'

/** Node's own modules travel by name, and their exports by module and path. */

let index: Map<object | symbol, readonly string[]> | undefined
let indexed = 0

/** `fs` of `node:fs` and of `fs`; undefined for what is no built-in module. */
export function builtInName(specifier: string): string | undefined {
  if (!isBuiltin(specifier)) return undefined
  return specifier.startsWith('node:') ? specifier : `node:${specifier}`
}

/** The module and the path to the value in it, for what a built-in module exports; looks at loaded modules only. */
export function builtInPathOf(value: object | symbol): readonly string[] | undefined {
  // Nothing of Node's that travels by name is an array, and most that is asked for is.
  if (Array.isArray(value)) return undefined
  const { length } = loadList
  if (index === undefined || length !== indexed) {
    index = build()
    indexed = length
  }
  const path = index.get(value)
  return path !== undefined && path.length > 2 && isPutThere(path) ? undefined : path
}

/** Of paths to a member of a module, whether a program put a function there, which has members of its own: fake timers do. */
const putThere = new WeakMap<object, boolean>()

function isPutThere([module, member]: readonly string[]): boolean {
  const holder = process.getBuiltinModule(module as string) as object
  const held: unknown = Object.getOwnPropertyDescriptor(holder, member as string)?.value
  if (typeof held !== 'function' || types.isProxy(held)) return false
  const known = putThere.get(held)
  if (known !== undefined) return known
  const { location } = lookInside(held as Callable)
  const isOfProgram = location !== undefined && scriptFacts(location.scriptId)?.url.startsWith('node:') === false
  putThere.set(held, isOfProgram)
  return isOfProgram
}

/** Grows by a line with each module that Node loads for itself. */
const loadList = (process as unknown as { readonly moduleLoadList: readonly string[] }).moduleLoadList

function loadedModules(): readonly string[] {
  // `process` is there without its module.
  const loaded = new Set([...loadList, 'NativeModule process'])
  return builtinModules.filter(name => loaded.has(`NativeModule ${name}`))
}

// `EventEmitter.prototype.on` stands three levels below its module.
const DEPTH = 3

type Found = readonly [object: object | symbol, path: readonly string[]]

function build(): Map<object | symbol, readonly string[]> {
  const found = new Map<object | symbol, readonly string[]>()
  let level = loadedModules().map((name): Found => [process.getBuiltinModule(name) as object, [`node:${name}`]])
  for (let depth = 0; depth <= DEPTH; depth++) {
    const next: Found[] = []
    for (const [object, path] of level) {
      if (found.has(object)) continue
      found.set(object, path)
      next.push(...membersOf(object, path))
    }
    level = next
  }
  for (const [description, symbol] of Object.entries(emitterSymbols())) {
    found.set(symbol, ['node:events', EMITTER_SYMBOLS, description])
  }
  return found
}

function membersOf(object: object | symbol, path: readonly string[]): Found[] {
  const members: Found[] = []
  if (typeof object === 'symbol') return members
  const promisified: unknown = Object.getOwnPropertyDescriptor(object, promisify.custom)?.value
  if (typeof promisified === 'function') members.push([promisified, [...path, PROMISIFIED]])
  for (const key of Object.getOwnPropertyNames(object)) {
    // What Node keeps for itself may hold the caller's own objects: listeners, loaded modules.
    if (key.startsWith('_') || key === 'constructor') continue
    const value: unknown = Object.getOwnPropertyDescriptor(object, key)?.value
    if (travelsByName(value)) members.push([value, [...path, key]])
  }
  return members
}

function travelsByName(value: unknown): value is object | symbol {
  if (typeof value === 'function' || typeof value === 'symbol') return true
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
