import { types } from 'node:util'
import { intrinsicName } from '../../value/intrinsics.ts'
import type { WireReference } from '../bundle-format.ts'
import { builtInPathOf } from './built-ins.ts'
import { isInsideNode } from './resolve-function.ts'
import { standardStream } from './standard-streams.ts'

/** Objects that a process has one of, by what they inherit from. The receiver has its own. */
const single: ReadonlyMap<string, WireReference> = new Map([
  ['Crypto.prototype', ['builtin', 'node:crypto', 'webcrypto']],
  ['SubtleCrypto.prototype', ['builtin', 'node:crypto', 'webcrypto', 'subtle']],
  ['Performance.prototype', ['builtin', 'node:perf_hooks', 'performance']],
  ['Navigator.prototype', ['intrinsic', 'globalThis', 'navigator']],
])

/**
 * How `crypto`, `navigator`, `process.stdout` and the like travel, which are behind getters, and namespaces
 * of built-in modules; undefined for all other objects.
 */
export function globalObject(object: object): WireReference | undefined {
  const prototype = Object.getPrototypeOf(object) as object | null
  // Most are such, and many.
  if (prototype === Object.prototype || prototype === Array.prototype) return undefined
  if (prototype === null) return builtInNamespace(object)
  const reference = single.get(intrinsicName(prototype) ?? '')
  if (reference === undefined) return standardStream(object, prototype)
  return ownOf(reference) === object ? reference : undefined
}

function ownOf([kind, name = '', ...path]: WireReference): unknown {
  if (kind === 'builtin') {
    const exports = process.getBuiltinModule(name) as unknown
    return path.reduce((at, key) => (at as Record<string, unknown>)[key], exports)
  }
  // A program may have put a getter of its own there.
  const get = Object.getOwnPropertyDescriptor(globalThis, path[0] ?? '')?.get
  return get !== undefined && isInsideNode(get) ? Reflect.apply(get, globalThis, []) : undefined
}

/**
 * Of the namespace that `import * as` gives of a built-in module: it has all of its exports, and these as `default`. In a
 * job it is a frozen object.
 */
function builtInNamespace(object: object): WireReference | undefined {
  if (!types.isModuleNamespaceObject(object) && !Object.isFrozen(object)) return undefined
  const exports = ownDefault(object)
  const [name, ...path] = (exports !== undefined && builtInPathOf(exports)) || []
  if (exports === undefined || name === undefined || path.length > 0) return undefined
  const names = Object.keys(object).filter(key => key !== 'default')
  const isAll = names.length === Object.keys(exports).length && names.every(key => Object.hasOwn(exports, key))
  return isAll ? ['builtin', `*${name}`] : undefined
}

function ownDefault(namespace: object): object | undefined {
  try {
    const value: unknown = Object.getOwnPropertyDescriptor(namespace, 'default')?.value
    return (typeof value === 'object' || typeof value === 'function') && value !== null ? value : undefined
  } catch {
    // Not initialised yet.
    return undefined
  }
}
