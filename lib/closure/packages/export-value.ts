import { types } from 'node:util'
import { functionText } from '../../value/captured.ts'
import { levelOf, lookInside } from '../source/inspector.ts'

/**
 * What a module exports under a name. Compilers to CommonJS and test runners export through getters. They are not
 * called: one whose text only names a variable, or a property of one, is followed to its value. Undefined for any other.
 */
export function exportValue(object: object, key: string | symbol): unknown {
  if (types.isProxy(object)) return undefined
  try {
    const slot = Object.getOwnPropertyDescriptor(object, key)
    return slot?.get === undefined ? slot?.value : valueBehind(slot.get)
  } catch {
    // Not initialised yet.
    return undefined
  }
}

/** Elements of a list of functions or the like. Longer ones are data, as bytes are: of 16 million V8 gives no names. */
export const MAX_LIST = 5_000

/** The names of what an object holds: none of data. */
export function namesIn(object: object): string[] {
  const isData = ArrayBuffer.isView(object) || (Array.isArray(object) && object.length > MAX_LIST)
  return isData ? [] : Object.getOwnPropertyNames(object)
}

const read = String.raw`([\w$]+)(?:\.([\w$]+)|\[([\w$]+)\]|\["([^"\\]*)"\])?`
const returned = String.raw`return\s+${read}\s*;?`
const shapes = [
  String.raw`\(\)\s*=>\s*${read}`,
  String.raw`(?:\(\)\s*=>|(?:function|get)?\s*[\w$]*\s*\(\))\s*\{\s*${returned}\s*\}`,
  String.raw`(?:\(\)\s*=>|(?:function|get)?\s*[\w$]*\s*\(\))\s*\{\s*try\s*\{\s*${returned}\s*\}\s*catch\s*(?:\(\w+\)\s*)?\{\s*\}\s*;?\s*\}`,
].map(shape => new RegExp(`^${shape}$`))

/** The same in a process of PiCloud's own, where a getter may be called that does nothing but name a variable: that is much faster. */
export function exportValueByCall(object: object, key: string | symbol): unknown {
  if (types.isProxy(object)) return undefined
  const get = Object.getOwnPropertyDescriptor(object, key)?.get
  const [, name, ...more] = (get && shapeOf(get)) ?? []
  if (get === undefined || name === undefined || more.some(part => part !== undefined)) return exportValue(object, key)
  try {
    return Reflect.apply(get, undefined, [])
  } catch {
    return undefined
  }
}

function shapeOf(getter: () => unknown): RegExpExecArray | undefined {
  const text = functionText(getter)
  return shapes.map(shape => shape.exec(text)).find(match => match !== null) ?? undefined
}

function valueBehind(getter: () => unknown): unknown {
  const found = shapeOf(getter)
  if (found === undefined) return undefined
  const [, name = '', member, variable, literal] = found
  const { scopes } = lookInside(getter)
  const variableOf = (it: string): unknown => scopes[levelOf(scopes, it)]?.object[it]
  const base = variableOf(name)
  const key = member ?? literal ?? (variable === undefined ? undefined : variableOf(variable))
  if (key === undefined) return variable === undefined ? base : undefined
  return typeof base === 'object' && base !== null && typeof key === 'string' ? exportValue(base, key) : undefined
}
