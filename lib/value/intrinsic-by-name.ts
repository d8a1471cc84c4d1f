import process from 'node:process'
import * as own from './captured-base.ts'
import { isBuiltIn, isObject, unnamed } from './intrinsic-roots.ts'
import { languageGlobals, nodeGlobals } from './standard-globals.ts'

/** Found before: what a program puts in the place of a built-in later is not it. */
const found = new Map<string, object>()

/**
 * The built-in of a name that `intrinsicName` gave, in this process. Follows the name from its global on, through own
 * properties alone: the table of all built-ins takes some milliseconds to make, and a receiver asks for few.
 */
export function intrinsicByName(name: string): object | undefined {
  if (name === 'process.env') return process.env
  const known = found.get(name)
  if (known !== undefined) return known
  const object = follow(name)
  if (object !== undefined) found.set(name, object)
  return object
}

/** The global that a name starts with, or what stands under no global. */
const ROOT = /^(?:(?:\w+Iterator|IteratorHelper|Async(?:Generator)?Function|GeneratorFunction)\.prototype|\w+)/
/** A key: a name, or a symbol as text. */
const KEY = /(?:\.([^.[ ]+)|\[(Symbol\([^)]*\))\])( \((?:get|set)\))?/y

function follow(name: string): object | undefined {
  const [root = ''] = ROOT.exec(name) ?? []
  let object = rootOf(root)
  const native = !nodeGlobals.has(root)
  KEY.lastIndex = root.length
  while (object !== undefined && KEY.lastIndex < name.length) {
    const [text, key = '', symbol, half] = KEY.exec(name) ?? []
    if (text === undefined || object === globalThis) return undefined
    const slot = slotOf(object, key, symbol)
    const value: unknown = half === undefined ? slot?.value : half === ' (get)' ? slot?.get : slot?.set
    object = builtIn(value, name, native)
  }
  return object
}

/** Behind accessors, or what has no name but this. */
const direct: Readonly<Record<string, object>> = { Buffer, process, globalThis }

function rootOf(root: string): object | undefined {
  const special = unnamed.find(([name]) => name === root)?.[1]
  if (special !== undefined) return special
  if (own.hasOwn(direct, root)) return direct[root]
  const native = languageGlobals.has(root)
  if (!native && !nodeGlobals.has(root)) return undefined
  return builtIn(own.getOwnPropertyDescriptor(globalThis, root)?.value, root, native)
}

function builtIn(value: unknown, name: string, native: boolean): object | undefined {
  if (!isObject(value) || own.isProxy(value)) return undefined
  return isBuiltIn({ name, object: value, native }) ? value : undefined
}

function slotOf(object: object, key: string, symbol: string | undefined): PropertyDescriptor | undefined {
  const actual =
    symbol === undefined ? key : own.ownKeys(object).find(each => typeof each === 'symbol' && String(each) === symbol)
  return actual === undefined ? undefined : own.getOwnPropertyDescriptor(object, actual)
}
