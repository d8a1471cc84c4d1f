import * as own from './captured.ts'
import { languageGlobals, nodeGlobals } from './standard-globals.ts'

interface Entry {
  /** As `Math.max`, `Map.prototype.size (get)` or `Array.prototype[Symbol(Symbol.iterator)]`. */
  readonly name: string
  readonly object: object
  /** Below a global of the language, where only native functions are what every process has. */
  readonly native: boolean
}

/** Objects and functions that every process has. Made when first asked for: it takes some milliseconds. */
let names: Map<object, string> | undefined
let objects: Map<string, object> | undefined

/** How V8 prints every function that is not written in JavaScript. */
const nativeText = /\{ \[native code\] \}$/

export function intrinsicName(object: object): string | undefined {
  return table().get(object)
}

export function intrinsicByName(name: string): object | undefined {
  table()
  return objects?.get(name)
}

/** The built-in class below which an object stands, other than Object, by its prototype. */
export function intrinsicClassOf(prototype: object): string | undefined {
  for (let above: object | null = prototype; above !== null && !own.isProxy(above); above = own.getPrototypeOf(above)) {
    if (above === Object.prototype) return undefined
    const name = table().get(above)
    if (name?.endsWith('.prototype') === true) return name.slice(0, -'.prototype'.length)
  }
  return undefined
}

function table(): Map<object, string> {
  if (names !== undefined) return names
  names = new Map([[globalThis, 'globalThis']])
  objects = new Map([['globalThis', globalThis]])
  const queue = globals()
  for (let index = 0; index < queue.length; index++) {
    const entry = queue[index] as Entry
    const { name, object } = entry
    if (names.has(object) || own.isProxy(object) || !isBuiltIn(entry)) continue
    names.set(object, name)
    objects.set(name, object)
    // The data of `process` (its arguments, its settings) are of this process.
    if (name !== 'process.env') pushMembers(entry, queue)
  }
  return names
}

function globals(): Entry[] {
  const queue: Entry[] = []
  for (const [list, native] of [
    [languageGlobals, true],
    [nodeGlobals, false],
  ] as const) {
    for (const name of list) {
      const value: unknown = own.getOwnPropertyDescriptor(globalThis, name)?.value
      if (isObject(value)) queue.push({ name, object: value, native })
    }
  }
  return queue
}

function isBuiltIn({ name, object, native }: Entry): boolean {
  if (typeof object === 'function') return !native || nativeText.test(own.functionText(object))
  return !name.startsWith('process.') || name === 'process.env'
}

// By descriptors, so that no lazy member is loaded and no getter runs.
function pushMembers({ name: above, object: owner, native }: Entry, queue: Entry[]): void {
  for (const key of own.ownKeys(owner)) {
    const name = typeof key === 'symbol' ? `${above}[${String(key)}]` : `${above}.${key}`
    const { value, get, set } = own.getOwnPropertyDescriptor(owner, key) as PropertyDescriptor
    if (isObject(value)) queue.push({ name, object: value, native })
    if (get !== undefined) queue.push({ name: `${name} (get)`, object: get, native })
    if (set !== undefined) queue.push({ name: `${name} (set)`, object: set, native })
  }
  const prototype = own.getPrototypeOf(owner) as object | null
  if (prototype !== null) queue.push({ name: `${above}[prototype]`, object: prototype, native })
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function'
}
