import process from 'node:process'
import * as own from './captured.ts'
import { type Entry, isBuiltIn, isNative, isObject, unnamed } from './intrinsic-roots.ts'
import { languageGlobals, nodeGlobals } from './standard-globals.ts'

/** Objects and functions that every process has. Made when first asked for: it takes some milliseconds. */
let names: Map<object, string> | undefined

const ofPrograms = new WeakSet<object>()

/** Says that a function is a program's own, so that the table need not be made to find that out. */
export function noteProgramFunction(fn: own.Callable): void {
  ofPrograms.add(fn)
}

/** Of functions that are written in JavaScript: Node's own. */
const ofNode = new WeakSet<object>()
let isOfProgram: ((fn: own.Callable) => boolean) | undefined

/** Who can tell whether a program made a function: what it put on Node's globals looks like what Node has there. */
export function judgeFunctionsBy(judge: (fn: own.Callable) => boolean): void {
  isOfProgram = judge
}

/** Whether the table is there, and asking costs nothing. */
export function knowsIntrinsics(): boolean {
  return names !== undefined
}

export function intrinsicName(object: object): string | undefined {
  if (names === undefined && ofPrograms.has(object)) return undefined
  if (isEnvironment(object)) return 'process.env'
  const name = table().get(object)
  return name !== undefined && typeof object === 'function' && wasPutThere(object as own.Callable) ? undefined : name
}

function wasPutThere(fn: own.Callable): boolean {
  if (isOfProgram === undefined || ofNode.has(fn)) return false
  if (isNative(fn) || !isOfProgram(fn)) {
    ofNode.add(fn)
    return false
  }
  ofPrograms.add(fn)
  names?.delete(fn)
  return true
}

/** Looks like any plain object, but is the process's own, and holds its secrets. Some programs replace it. */
export function isEnvironment(object: object): boolean {
  return object === process.env
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

/**
 * Even to look at the descriptor of one of these globals loads the module behind it, which takes 20 to 30 ms. Who holds
 * one has loaded it.
 */
const lazyGlobals: ReadonlyMap<string, string> = new Map([
  ...'FormData Headers Request Response MessageEvent CloseEvent WebSocket'
    .split(' ')
    .map(name => [name, 'NativeModule internal/deps/undici/undici'] as const),
  ...'Crypto CryptoKey SubtleCrypto'.split(' ').map(name => [name, 'NativeModule internal/crypto/webcrypto'] as const),
])
const loadList = (process as unknown as { readonly moduleLoadList: readonly string[] }).moduleLoadList
const loaded = new Set<string>()
let seen = 0

/** Whether a module behind such globals was loaded since this was last asked. */
function lazyGlobalsCame(): boolean {
  const before = loaded.size
  for (; seen < loadList.length; seen++) {
    const name = loadList[seen] as string
    if (name.endsWith('/undici') || name.endsWith('/webcrypto')) loaded.add(name)
  }
  return loaded.size > before
}

function isThere(global: string): boolean {
  const behind = lazyGlobals.get(global)
  return behind === undefined || loaded.has(behind)
}

function table(): Map<object, string> {
  if (!lazyGlobalsCame() && names !== undefined) return names
  names = new Map([[globalThis, 'globalThis']])
  const queue = globals()
  for (let index = 0; index < queue.length; index++) {
    const entry = queue[index] as Entry
    const { name, object } = entry
    if (names.has(object) || ofPrograms.has(object) || own.isProxy(object) || !isBuiltIn(entry)) continue
    names.set(object, name)
    pushMembers(entry, queue)
  }
  return names
}

// The first ones under their best-known names; `Buffer` and `process` are behind accessors.
function globals(): Entry[] {
  const queue: Entry[] = [
    { name: 'Object.prototype', object: Object.prototype, native: true },
    { name: 'Function.prototype', object: Function.prototype, native: true },
    { name: 'Buffer', object: Buffer, native: false },
    { name: 'process', object: process, native: false },
  ]
  for (const [list, native] of [
    [languageGlobals, true],
    [nodeGlobals, false],
  ] as const) {
    for (const name of list) {
      if (!isThere(name)) continue
      const value: unknown = own.getOwnPropertyDescriptor(globalThis, name)?.value
      if (isObject(value)) queue.push({ name, object: value, native })
    }
  }
  for (const [name, object] of unnamed) queue.push({ name, object, native: true })
  return queue
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
}
